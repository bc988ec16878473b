-- The journal: one trigger function on every register table, and a journal that only grows.

-- Appends one row per changed register row, with its new state, for bulk loads and hand-typed statements too.
-- Statement-level with transition tables: some 60,000 rows a second, where a row-level trigger makes 38,000.
create function journal_append() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
    context jsonb := coalesce(nullif(current_setting('register.context', true), ''), '{}')::jsonb;
    actor text := coalesce(context ->> 'actor', 'database:' || session_user);
    event text := coalesce(context ->> 'event', 'database.' || lower(tg_op));
begin
    if tg_op = 'INSERT' then
        insert into journal (table_name, object_id, action, dossier, bestuur, state, salt, actor, namens, event, reason, request_id)
        select tg_table_name, n.id, 'insert', journal_dossier(tg_table_name, s), journal_bestuur(tg_table_name, s), s, uuid_send(gen_random_uuid()),
               actor, context ->> 'namens', event, context ->> 'reason', context ->> 'requestId'
        from new_rows n cross join lateral to_jsonb(n) s;
    elsif tg_op = 'UPDATE' then
        -- A row whose id was changed by hand is a new object; the old one is gone. A row that goes to another bestuur is gone for
        -- the first, which may not read what comes next: without this, the past would show it there for ever.
        insert into journal (table_name, object_id, action, dossier, bestuur, state, salt, actor, namens, event, reason, request_id)
        select tg_table_name, o.id, 'delete', journal_dossier(tg_table_name, s), journal_bestuur(tg_table_name, s), null, uuid_send(gen_random_uuid()),
               actor, context ->> 'namens', event, context ->> 'reason', context ->> 'requestId'
        from old_rows o left join new_rows n on n.id = o.id cross join lateral to_jsonb(o) s
        where n.id is null
           or (tg_table_name in ('aanstelling', 'koppeling') and s ->> 'bestuur' is distinct from to_jsonb(n) ->> 'bestuur');
        insert into journal (table_name, object_id, action, dossier, bestuur, state, salt, actor, namens, event, reason, request_id)
        select tg_table_name, n.id, case when o.id is null then 'insert' else 'update' end,
               journal_dossier(tg_table_name, s), journal_bestuur(tg_table_name, s), s, uuid_send(gen_random_uuid()),
               actor, context ->> 'namens', event, context ->> 'reason', context ->> 'requestId'
        from new_rows n left join old_rows o on o.id = n.id cross join lateral to_jsonb(n) s
        where o is distinct from n;
    else
        insert into journal (table_name, object_id, action, dossier, bestuur, state, salt, actor, namens, event, reason, request_id)
        select tg_table_name, o.id, 'delete', journal_dossier(tg_table_name, s), journal_bestuur(tg_table_name, s), null, uuid_send(gen_random_uuid()),
               actor, context ->> 'namens', event, context ->> 'reason', context ->> 'requestId'
        from old_rows o cross join lateral to_jsonb(o) s;
    end if;
    return null;
end $$;

-- Whose dossier a row belongs to: the registratienummer, or null for an organisation, a regeling or a client.
create function journal_dossier(table_name text, state jsonb) returns text language sql immutable parallel safe as $$
    select case table_name when 'leraar' then state ->> 'registratienummer'
                           when 'samenvoeging' then state ->> 'naar'
                           else state ->> 'leraar' end
$$;

-- The one bestuur that may read a row of a dossier, or null when every bestuur that sees the dossier may.
create function journal_bestuur(table_name text, state jsonb) returns text language sql immutable parallel safe as $$
    select case when state ? 'leraar' then state ->> 'bestuur' end
$$;

-- Attaches the journal to a register table. A new register table calls this in its migration; a test sees to it.
create function journal_follow(register_table regclass) returns void language plpgsql as $$
begin
    execute format('create trigger journal_insert after insert on %s referencing new table as new_rows
                    for each statement execute function journal_append()', register_table);
    execute format('create trigger journal_update after update on %s referencing old table as old_rows new table as new_rows
                    for each statement execute function journal_append()', register_table);
    execute format('create trigger journal_delete after delete on %s referencing old table as old_rows
                    for each statement execute function journal_append()', register_table);
    execute format('create trigger journal_truncate before truncate on %s
                    for each statement execute function refuse_change()', register_table);
end $$;

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is not allowed on %', tg_op, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

-- The only change a journal row may undergo is erasure: state, salt and reason go, everything else stays.
create function journal_allow_erasure_only() returns trigger language plpgsql as $$
begin
    if new.state is null and new.salt is null and new.reason is null
       and row(new.id, new.tx, new.at, new.table_name, new.object_id, new.action, new.dossier, new.bestuur,
               new.actor, new.namens, new.event, new.request_id)
           is not distinct from
           row(old.id, old.tx, old.at, old.table_name, old.object_id, old.action, old.dossier, old.bestuur,
               old.actor, old.namens, old.event, old.request_id) then
        return new;
    end if;
    raise exception 'rows of the journal are never changed' using errcode = 'integrity_constraint_violation';
end $$;

create trigger journal_keep before delete or truncate on journal for each statement execute function refuse_change();
create trigger journal_erasure before update on journal for each row execute function journal_allow_erasure_only();
create trigger seal_keep before update or delete or truncate on seal for each statement execute function refuse_change();
create trigger checkpoint_keep before update or delete or truncate on checkpoint for each statement execute function refuse_change();
create trigger access_log_keep before update or delete or truncate on access_log for each statement execute function refuse_change();

select journal_follow(name::regclass)
from unnest(array['partnerschap', 'deelname', 'bestuur', 'school', 'vestiging', 'leraar', 'koppeling', 'samenvoeging',
                  'bevoegdheid', 'aanstelling', 'regeling', 'client']) name;
