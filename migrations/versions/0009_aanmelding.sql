-- Signing in. The service's role reads no account, no session and no code: it asks the functions below, which know of an identity
-- what a provider said, of a session the hash of its cookie, of a koppelcode its hash.

select journal_follow(name::regclass) from unnest(array['account', 'koppelcode']) name;

-- Sessions. How long they last is said here: 30 minutes after somebody was last seen, and 8 hours in all.
-- An account that was taken back ends them; a dossier that was merged is followed.
create function session_of(p_hash bytea, p_now timestamptz) returns table (soort text, leraar text, account uuid)
    language sql stable security definer set search_path = public, pg_temp as $$
    select a.soort, coalesce(m.naar, a.leraar), a.id
    from session s join account a on a.id = s.account left join samenvoeging m on m.van = a.leraar
    where s.hash = p_hash and s.ended_at is null and a.ingetrokken_op is null
      and s.seen_at > p_now - interval '30 minutes' and s.created_at > p_now - interval '8 hours'
$$;

-- The same, and remembers that somebody was seen: to the minute, so that a page is no write.
create function session_seen(p_hash bytea, p_now timestamptz) returns table (soort text, leraar text, account uuid)
    language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
    return query select o.soort, o.leraar, o.account from session_of(p_hash, p_now) o;
    if found then
        update session s set seen_at = p_now where s.hash = p_hash and s.seen_at <= p_now - interval '1 minute';
    end if;
end $$;

create function session_begin(p_hash bytea, p_account uuid, p_now timestamptz) returns void
    language sql volatile security definer set search_path = public, pg_temp as $$
    insert into session (hash, account, created_at, seen_at) values (p_hash, p_account, p_now, p_now)
$$;

-- Gives whose session it was.
create function session_end(p_hash bytea, p_now timestamptz) returns table (provider text, account uuid)
    language sql volatile security definer set search_path = public, pg_temp as $$
    update session s set ended_at = p_now from account a
    where s.hash = p_hash and a.id = s.account and s.ended_at is null returning a.provider, a.id
$$;

revoke execute on function session_of, session_seen, session_begin, session_end from public;
grant execute on function session_of, session_seen, session_begin, session_end to register_app;

-- A browser on its way to a provider, and back: whoever takes it, takes it away, so that it is good for one time.
create function sign_in_begin(p_state bytea, p_browser bytea, p_provider text, p_nonce text, p_verifier text, p_next text,
                              p_until timestamptz) returns void
    language sql volatile security definer set search_path = public, pg_temp as $$
    insert into sign_in (state, browser, provider, nonce, verifier, next, expires_at)
    values (p_state, p_browser, p_provider, p_nonce, p_verifier, p_next, p_until)
$$;
create function sign_in_take(p_state bytea, p_browser bytea, p_provider text, p_now timestamptz)
    returns table (nonce text, verifier text, next text)
    language sql volatile security definer set search_path = public, pg_temp as $$
    delete from sign_in s
    where s.state = p_state and s.browser = p_browser and s.provider = p_provider and s.expires_at > p_now
    returning s.nonce, s.verifier, s.next
$$;

-- Somebody whom a provider vouched for and whom we do not know, for the time it takes to find a letter with a code in it.
create function newcomer_begin(p_hash bytea, p_provider text, p_subject text, p_eck_id text, p_roles text[], p_next text,
                               p_until timestamptz) returns void
    language sql volatile security definer set search_path = public, pg_temp as $$
    insert into newcomer (hash, provider, subject, eck_id, roles, next, expires_at)
    values (p_hash, p_provider, p_subject, p_eck_id, p_roles, p_next, p_until)
$$;
create function newcomer_of(p_hash bytea, p_now timestamptz) returns table (provider text, subject text, roles text[], next text)
    language sql stable security definer set search_path = public, pg_temp as $$
    select n.provider, n.subject, n.roles, n.next from newcomer n where n.hash = p_hash and n.expires_at > p_now
$$;
revoke execute on function sign_in_begin, sign_in_take, newcomer_begin, newcomer_of from public;
grant execute on function sign_in_begin, sign_in_take, newcomer_begin, newcomer_of to register_app;

-- What the journal says of what follows: who, and what happened.
create function aanmelding_voorval(wie text, wat text) returns void language sql volatile as $$
    select set_config('register.context', (coalesce(nullif(current_setting('register.context', true), ''), '{}')::jsonb
                      || jsonb_build_object('actor', wie, 'event', wat))::text, true)
$$;

-- Who is it that a provider vouches for? One identity at a time, so that two tabs make one account.
--   aangemeld          known, and the session may begin
--   gekoppeld          new, and the eckId is that of a dossier
--   onbekend           nobody we know
--   rol-niet-toegestaan  known, but not by way of this provider any more
--   ander-eckid        this identity came with another eckId before, or the eckId is that of another dossier
--   ander-account      the dossier of this eckId has another account at this provider
create function account_aanmelden(p_provider text, p_subject text, p_eck_id text, p_soorten text[], p_now timestamptz)
    returns table (uitkomst text, account uuid)
    language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    bekend account%rowtype;
    dossier text;
    ander uuid;
begin
    perform pg_advisory_xact_lock(hashtextextended(p_provider || ' ' || p_subject, 9));
    select l.registratienummer into dossier from leraar l where l.eck_id = p_eck_id for no key update;
    select a.* into bekend from account a
    where a.provider = p_provider and a.subject = p_subject and a.ingetrokken_op is null for update;
    if bekend.id is not null then
        if not bekend.soort = any(p_soorten) then
            return query select 'rol-niet-toegestaan', bekend.id;
        elsif bekend.soort = 'leraar' and (bekend.eck_id <> p_eck_id or bekend.leraar <> dossier) then
            perform aanmelding_voorval('aanmelding', 'account.geweigerd');
            update account a set geweigerd_op = p_now where a.id = bekend.id;
            return query select 'ander-eckid', bekend.id;
        else
            if bekend.soort = 'leraar' and bekend.eck_id is null and p_eck_id is not null then
                perform aanmelding_voorval('leraar:' || bekend.leraar, 'account.gewijzigd');
                update account a set eck_id = p_eck_id where a.id = bekend.id;
            end if;
            return query select 'aangemeld', bekend.id;
        end if;
        return;
    elsif dossier is null or not 'leraar' = any(p_soorten) then
        return query select 'onbekend', null::uuid;
        return;
    end if;
    update account a set geweigerd_op = p_now
    from (select aanmelding_voorval('aanmelding', 'account.geweigerd')) context
    where a.leraar = dossier and a.provider = p_provider and a.ingetrokken_op is null returning a.id into ander;
    if ander is not null then
        return query select 'ander-account', ander;
        return;
    end if;
    perform aanmelding_voorval('leraar:' || dossier, 'account.gekoppeld');
    return query with nieuw as (
        insert into account as a (soort, provider, subject, eck_id, leraar, gekoppeld_met, gekoppeld_op)
        values ('leraar', p_provider, p_subject, p_eck_id, dossier, 'eckId', p_now) returning a.id)
        select 'gekoppeld', n.id from nieuw n;
end $$;

-- Somebody whom a provider vouched for gives a koppelcode. Whatever is wrong with it, the answer is the same ('fout'); a code that
-- exists counts each wrong try, and the fifth takes it back. With the code of a leraar goes the day of birth.
create function account_koppelen(p_newcomer bytea, p_code bytea, p_geboortedatum date, p_now timestamptz)
    returns table (uitkomst text, account uuid)
    language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    wie newcomer%rowtype;
    code koppelcode%rowtype;
    pogingen integer;
    juist boolean;
    actor text;
    nieuw uuid;
begin
    select n.* into wie from newcomer n where n.hash = p_newcomer and n.expires_at > p_now for update;
    if not found then
        return query select 'verlopen', null::uuid;
        return;
    end if;
    perform pg_advisory_xact_lock(hashtextextended(wie.provider || ' ' || wie.subject, 9));
    select k.* into code from koppelcode_secret s join koppelcode k on k.id = s.koppelcode where s.hash = p_code for update of s, k;
    -- Held until the end, so that no merge and no other account comes between.
    perform from leraar l where l.registratienummer = code.leraar for no key update;
    juist := coalesce(code.gebruikt_op is null and code.ingetrokken_op is null and code.geldig_tot > p_now
        and case when code.leraar is null then 'auditor' = any(wie.roles)
                 else 'leraar' = any(wie.roles) and exists (
                     select from leraar l where l.registratienummer = code.leraar and l.geboortedatum = p_geboortedatum) end, false);
    if code.id is null or not juist then
        update koppelcode_secret s set tries = s.tries + 1 where s.koppelcode = code.id returning s.tries into pogingen;
        if pogingen >= 5 then
            perform aanmelding_voorval('aanmelding', 'koppelcode.geblokkeerd');
            update koppelcode k set ingetrokken_op = p_now where k.id = code.id and k.ingetrokken_op is null and k.gebruikt_op is null;
            delete from koppelcode_secret s where s.koppelcode = code.id;
        end if;
        return query select 'fout', null::uuid;
        return;
    end if;
    -- The eckId of somebody else, or another account for this dossier: shown to whoever holds the right code.
    if exists (select from leraar l where l.eck_id = wie.eck_id and l.registratienummer <> code.leraar) then
        return query select 'ander-eckid', null::uuid;
        return;
    elsif exists (select from account a where a.provider = wie.provider and a.subject = wie.subject and a.ingetrokken_op is null) then
        return query select 'al-gekoppeld', null::uuid;
        return;
    end if;
    perform aanmelding_voorval('aanmelding', 'account.geweigerd');
    update account a set geweigerd_op = p_now
    where a.leraar = code.leraar and a.provider = wie.provider and a.ingetrokken_op is null returning a.id into nieuw;
    if nieuw is not null then
        return query select 'ander-account', nieuw;
        return;
    end if;
    nieuw := uuidv7();
    actor := case when code.leraar is null then 'auditor:' || nieuw else 'leraar:' || code.leraar end;
    perform aanmelding_voorval(actor, 'account.gekoppeld');
    insert into account (id, soort, provider, subject, eck_id, leraar, naam, gekoppeld_met, gekoppeld_op)
    values (nieuw, case when code.leraar is null then 'auditor' else 'leraar' end, wie.provider, wie.subject,
            case when code.leraar is not null then wie.eck_id end, code.leraar, code.naam, 'koppelcode', p_now);
    perform aanmelding_voorval(actor, 'koppelcode.gebruikt');
    update koppelcode k set gebruikt_op = p_now, account = nieuw where k.id = code.id;
    delete from koppelcode_secret s where s.koppelcode = code.id;
    delete from newcomer n where n.hash = p_newcomer;
    return query select 'gekoppeld', nieuw;
end $$;

revoke execute on function aanmelding_voorval, account_aanmelden, account_koppelen from public;
grant execute on function account_aanmelden, account_koppelen to register_app;

-- An account that hangs on an eckId goes with it: when the dossier gets another one, the first was not this person's.
create function account_volgt_eck_id() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update account a set ingetrokken_op = now()
    where a.leraar = new.registratienummer and a.gekoppeld_met = 'eckId' and a.eck_id is distinct from new.eck_id
      and a.ingetrokken_op is null;
    return null;
end $$;
create trigger account_volgt_eck_id after update of eck_id on leraar for each row
    when (old.eck_id is not null and old.eck_id is distinct from new.eck_id) execute function account_volgt_eck_id();

-- Merging two dossiers takes accounts and codes along. Where both have an account at one provider, the survivor's stays.
create function aanmelding_samenvoegen(oud text, nieuw text, p_now timestamptz) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if current_setting('register.role', true) is distinct from 'beheer' then
        raise insufficient_privilege using message = 'only the keeper merges';
    end if;
    update account a set ingetrokken_op = p_now
    where a.leraar = oud and a.ingetrokken_op is null
      and exists (select from account b where b.leraar = nieuw and b.provider = a.provider and b.ingetrokken_op is null);
    update account set leraar = nieuw where leraar = oud;
    update koppelcode set leraar = nieuw where leraar = oud;
end $$;
revoke execute on function aanmelding_samenvoegen from public;
grant execute on function aanmelding_samenvoegen to register_app;

-- Who sees what. Of accounts only the person, without what the provider calls one; of codes whoever handed them out, and the person.
alter table account enable row level security;
create policy read on account for select to register_app using (
    case current_setting('register.role', true)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);
create policy change on account for update to register_app using (
    case current_setting('register.role', true)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        else false end);
grant select (id, soort, provider, leraar, gekoppeld_met, gekoppeld_op, geweigerd_op, ingetrokken_op) on account to register_app;
grant update (ingetrokken_op) on account to register_app;

alter table koppelcode enable row level security;
create policy read on koppelcode for select to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true) and exists (
            select from in_zicht z where z.leraar = koppelcode.leraar offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);
create policy add on koppelcode for insert to register_app with check (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true) and exists (
            select from in_zicht z where z.leraar = koppelcode.leraar offset 0)
        when 'beheer' then bestuur is null
        else false end);
create policy change on koppelcode for update to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true) and exists (
            select from in_zicht z where z.leraar = koppelcode.leraar offset 0)
        when 'beheer' then true
        else false end);
grant select, insert on koppelcode to register_app;
grant update (ingetrokken_op) on koppelcode to register_app;
grant insert on koppelcode_secret to register_app;

-- As for clients of persons (0003): with what account somebody signs in is no business of a bestuur.
create policy accounts on journal as restrictive for select to register_app using (
    table_name <> 'account' or current_setting('register.role', true) in ('leraar', 'beheer'));

-- No policy at all: these are for the functions above.
alter table session enable row level security;
alter table sign_in enable row level security;
alter table newcomer enable row level security;
alter table koppelcode_secret enable row level security;
create policy add on koppelcode_secret for insert to register_app with check (current_setting('register.role', true) in ('bestuur', 'beheer'));
