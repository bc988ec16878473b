-- Aanbod, activiteiten and registratie: who sees and writes what. As everywhere: where nobody has said who calls, nothing shows.

select journal_follow(name::regclass)
from unnest(array['aanbieder', 'aanbod', 'activiteit', 'bewijsstuk', 'registratieperiode', 'uitstel', 'doorhaling', 'bericht',
                  'steekproef', 'trekking', 'verificatietoestemming']) name;

grant select (aanbieder) on client to register_app;

-- The catalogue is for everybody who calls; an aanbieder sees its own aanbod only, and what is not validated is for whom it concerns.
create policy read on aanbieder for select to register_app using (current_setting('register.role', true) <> '');
create policy add on aanbieder for insert to register_app with check (current_setting('register.role', true) = 'beheer');
create policy change on aanbieder for update to register_app using (current_setting('register.role', true) = 'beheer');

create policy read on aanbod for select to register_app using (
    case current_setting('register.role', true)
        when 'aanbieder' then aanbieder::text = current_setting('register.aanbieder', true)
        when 'beheer' then true
        when 'validator' then true
        when 'bestuur' then beoordeling = 'gevalideerd'
        when 'leraar' then beoordeling = 'gevalideerd'
        when 'auditor' then beoordeling = 'gevalideerd'
        else false end);
create policy add on aanbod for insert to register_app with check (
    case current_setting('register.role', true)
        when 'aanbieder' then aanbieder::text = current_setting('register.aanbieder', true) and beoordeling = 'open'
        when 'beheer' then beoordeling = 'open'
        else false end);
create policy change on aanbod for update to register_app using (
    case current_setting('register.role', true)
        when 'aanbieder' then aanbieder::text = current_setting('register.aanbieder', true)
        when 'beheer' then true
        when 'validator' then true
        else false end);

-- What aanbod cannot become, whoever serves the request: it stays whose it is; a validator judges, in the own name and today, and
-- changes nothing else; whoever else changes what was judged, or offers it on more days, opens the judgement again.
create function aanbod_beoordeling() returns trigger language plpgsql as $$
declare
    caller text := coalesce(current_setting('register.role', true), '');
    -- (What is searched through is made anew after this.)
    judgement text[] := array['beoordeling', 'beoordeeld_door', 'beoordeeld_op', 'afwijzing', 'zoektekst'];
    -- Who judged may go on under another number: a merge, by the keeper.
    free text[] := array['omschrijving', 'geldig_vanaf', 'geldig_tot', 'zoektekst']
        || case when current_setting('register.role', true) = 'beheer' then array['beoordeeld_door'] else '{}' end;
begin
    if row(new.id, new.aanbieder) is distinct from row(old.id, old.aanbieder) then
        raise insufficient_privilege using message = 'aanbod stays whose it is';
    elsif caller = 'validator' then
        if to_jsonb(new) - judgement is distinct from to_jsonb(old) - judgement then
            raise insufficient_privilege using message = 'a validator judges, and does nothing else';
        elsif new.beoordeeld_door is distinct from current_setting('register.leraar', true)
              or new.beoordeeld_op is distinct from nullif(current_setting('register.today', true), '')::date then
            raise insufficient_privilege using message = 'a validator judges in the own name, today';
        end if;
    elsif new.beoordeling <> 'open' and (
            to_jsonb(new) - free is distinct from to_jsonb(old) - free
            or new.geldig_vanaf < old.geldig_vanaf
            or coalesce(new.geldig_tot, 'infinity') > coalesce(old.geldig_tot, 'infinity')) then
        raise insufficient_privilege using message = 'only a validator judges aanbod';
    end if;
    return new;
end $$;
create trigger beoordeling before update on aanbod for each row execute function aanbod_beoordeling();

-- Holds the dossier of the person who calls until the end of a write, so that no merge comes between; whoever may not change a row
-- cannot hold it otherwise. Gives the number under which it goes on, which is another one after a merge; null for anybody else's.
create function houd_eigen_dossier(nummer text, alleen boolean) returns text
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if coalesce(current_setting('register.role', true), '') not in ('leraar', 'validator')
       or nummer is distinct from current_setting('register.leraar', true) then
        return null;
    elsif alleen then
        perform from leraar where registratienummer = nummer for update;
    else
        perform from leraar where registratienummer = nummer for key share;
    end if;
    return coalesce((select s.naar from samenvoeging s where s.van = nummer), nummer);
end $$;
revoke execute on function houd_eigen_dossier from public;
grant execute on function houd_eigen_dossier to register_app;

-- Whether the validator who calls may judge an activiteit (domain.md): not the own, nor that of a leraar who worked at a bestuur where
-- the validator did, on any day since it began; nor what such a bestuur reported. As a function of the owner it reads past the
-- policies, so it says itself for whom; of values and not of a row, so that a policy can ask it of a row as it will be.
create function mag_beoordelen(van text, meldend_bestuur text, sinds date) returns boolean
    language sql stable security definer set search_path = public, pg_temp as $$
    select current_setting('register.role', true) = 'validator' and van <> current_setting('register.leraar', true) and not exists (
        select from aanstelling v
        where v.leraar = current_setting('register.leraar', true)
          and v.begindatum <= nullif(current_setting('register.today', true), '')::date and coalesce(v.einddatum, 'infinity') >= sinds
          and (v.bestuur = meldend_bestuur or exists (
              select from aanstelling w
              where w.leraar = van and w.bestuur = v.bestuur
                and w.begindatum <= nullif(current_setting('register.today', true), '')::date
                and coalesce(w.einddatum, 'infinity') >= sinds)))
$$;
revoke execute on function mag_beoordelen from public;
grant execute on function mag_beoordelen to register_app;

-- What is offered to the validator who calls.
create view te_beoordelen as
select id, leraar, ingediend_op from activiteit
where current_setting('register.role', true) = 'validator' and status = 'ingediend' and mag_beoordelen(leraar, bestuur, begindatum);

create policy read on activiteit for select to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then (bestuur = current_setting('register.bestuur', true) or gedeeld)
            and exists (select from in_zicht z where z.leraar = activiteit.leraar offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'validator' then beoordeeld_door = current_setting('register.leraar', true)
            or status = 'ingediend' and mag_beoordelen(leraar, bestuur, begindatum)
        when 'aanbieder' then exists (
            select from aanbod o where o.id = activiteit.aanbod and o.aanbieder::text = current_setting('register.aanbieder', true))
        when 'beheer' then true
        else false end);
create policy add on activiteit for insert to register_app with check (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true)
            and exists (select from in_zicht z where z.leraar = activiteit.leraar offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true) and gemeld_door = 'leraar'
        when 'aanbieder' then gemeld_door = 'aanbieder' and exists (
            select from aanbod o where o.id = activiteit.aanbod and o.aanbieder::text = current_setting('register.aanbieder', true))
        when 'beheer' then true
        else false end);
create policy change on activiteit for update to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true)
            and exists (select from in_zicht z where z.leraar = activiteit.leraar offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'validator' then beoordeeld_door = current_setting('register.leraar', true)
            or status = 'ingediend' and mag_beoordelen(leraar, bestuur, begindatum)
        when 'aanbieder' then gemeld_door = 'aanbieder' and exists (
            select from aanbod o where o.id = activiteit.aanbod and o.aanbieder::text = current_setting('register.aanbieder', true))
        when 'beheer' then true
        else false end)
    with check (
    case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'validator' then status = 'ingediend' or beoordeeld_door = current_setting('register.leraar', true)
        when 'aanbieder' then gemeld_door = 'aanbieder'
        when 'beheer' then true
        else false end);
create policy remove on activiteit for delete to register_app using (
    status = 'concept' and case current_setting('register.role', true)
        when 'bestuur' then bestuur = current_setting('register.bestuur', true)
            and exists (select from in_zicht z where z.leraar = activiteit.leraar offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true) and gemeld_door = 'leraar'
        when 'beheer' then true
        else false end);

-- What an activiteit cannot become, whoever serves the request: only the leraar's keeper moves it or says who reported it; what it is
-- about changes in concept only; only the leraar shares it; a validator decides on what was submitted, or takes the own decision back, and
-- changes nothing else; nobody else decides, but being at validated aanbod counts at once, with exactly its RU.
create function activiteit_besluit() returns trigger language plpgsql as $$
declare
    caller text := coalesce(current_setting('register.role', true), '');
    decided text[] := array['beoordeeld_op', 'beoordeeld_door', 'afwijzing'];
    standing text[] := decided || array['status', 'ingediend_op', 'ingetrokken_door', 'gedeeld'];
begin
    if caller = 'beheer' then
        return new;
    elsif new.gedeeld and caller <> 'leraar' and (tg_op = 'INSERT' or not old.gedeeld) then
        raise insufficient_privilege using message = 'only the leraar shares';
    elsif tg_op = 'INSERT' then
        if new.status = 'concept' or new.status = 'goedgekeurd' and exists (
                select from aanbod o where o.id = new.aanbod and o.beoordeling = 'gevalideerd'
                  and row(o.soort, o.registeruren, o.vakinhoudelijk, o.vakdidactisch, o.pedagogisch, o.overig)
                    = row(new.soort, new.registeruren, new.vakinhoudelijk, new.vakdidactisch, new.pedagogisch, new.overig)) then
            return new;
        end if;
        raise insufficient_privilege using message = 'an activiteit begins as concept';
    end if;
    if row(new.id, new.leraar, new.gemeld_door, new.bestuur, new.aanbod)
       is distinct from row(old.id, old.leraar, old.gemeld_door, old.bestuur, old.aanbod) then
        raise insufficient_privilege using message = 'an activiteit stays whose it is';
    elsif new.status <> 'concept' and to_jsonb(new) - standing is distinct from to_jsonb(old) - standing then
        raise insufficient_privilege using message = 'an activiteit changes in concept only';
    elsif caller = 'validator' then
        if to_jsonb(new) - decided - 'status'::text is distinct from to_jsonb(old) - decided - 'status'::text
           or (old.status = 'ingediend') = (new.status = 'ingediend') or 'ingetrokken' in (old.status, new.status) then
            raise insufficient_privilege using message = 'a validator decides, and does nothing else';
        end if;
    elsif new.status in ('goedgekeurd', 'afgewezen') and row(new.status, new.beoordeeld_op, new.beoordeeld_door, new.afwijzing)
          is distinct from row(old.status, old.beoordeeld_op, old.beoordeeld_door, old.afwijzing)
          -- The leraar takes back that the leraar withdrew what came of aanbod, which was approved and still is.
          and not (caller = 'leraar' and new.aanbod is not null and old.ingetrokken_door = 'leraar'
                   and to_jsonb(new) - 'status'::text - 'ingetrokken_door'::text
                     = to_jsonb(old) - 'status'::text - 'ingetrokken_door'::text) then
        raise insufficient_privilege using message = 'only a validator decides on an activiteit';
    end if;
    if new.status <> old.status and new.status in ('ingediend', 'goedgekeurd') and not new.toets
       and (new.soort = 'zelfstudie' or 2 * new.zelfstudie > new.registeruren)
       and not exists (select from bewijsstuk b where b.activiteit = new.id) then
        raise check_violation using constraint = 'activiteit_zelfstudie_bewijs', message = 'mostly zelfstudie counts with a toets or a bewijsstuk only';
    end if;
    return new;
end $$;
create trigger besluit before insert or update on activiteit for each row execute function activiteit_besluit();

-- What is to be judged keeps its bewijsstukken. The row of the activiteit is held, so that it is not submitted meanwhile.
create function bewijsstuk_in_concept() returns trigger language plpgsql as $$
begin
    if coalesce(current_setting('register.role', true), '') <> 'beheer' then
        perform from activiteit a
        where a.id = coalesce(new.activiteit, old.activiteit) and a.status in ('concept', 'afgewezen') for no key update;
        if not found then
            raise insufficient_privilege using message = 'bewijsstukken change in concept only';
        end if;
    end if;
    return coalesce(new, old);
end $$;
create trigger in_concept before insert or delete on bewijsstuk for each row execute function bewijsstuk_in_concept();

-- A bewijsstuk is seen with its activiteit, but an aanbieder sees no dossier; it is added and removed by whoever may change that one.
create policy read on bewijsstuk for select to register_app using (
    current_setting('register.role', true) <> 'aanbieder' and exists (select from activiteit a where a.id = bewijsstuk.activiteit));
create policy add on bewijsstuk for insert to register_app with check (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from activiteit a where a.id = bewijsstuk.activiteit and a.leraar = bewijsstuk.leraar
                                    and a.bestuur = current_setting('register.bestuur', true))
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);
-- With a merge it goes along.
create policy change on bewijsstuk for update to register_app using (current_setting('register.role', true) = 'beheer');
create policy remove on bewijsstuk for delete to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from activiteit a where a.id = bewijsstuk.activiteit
                                    and a.bestuur = current_setting('register.bestuur', true))
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);

-- Of the registratie a bestuur sees the periods; why somebody got uitstel, and what was written to whom, is the leraar's own.
create policy read on registratieperiode for select to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = registratieperiode.leraar offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);
create policy add on registratieperiode for insert to register_app with check (
    case current_setting('register.role', true)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);
create policy change on registratieperiode for update to register_app using (current_setting('register.role', true) = 'beheer');
create policy remove on registratieperiode for delete to register_app using (current_setting('register.role', true) = 'beheer');

do $$
declare
    own text := $sql$case current_setting('register.role', true)
        when 'leraar' then leraar = current_setting('register.leraar', true) when 'beheer' then true else false end$sql$;
    name text;
begin
    foreach name in array array['uitstel', 'doorhaling', 'bericht', 'verificatietoestemming'] loop
        execute format('create policy read on %I for select to register_app using (%s)', name, own);
    end loop;
    execute format('create policy add on doorhaling for insert to register_app with check (%s)', own);
    execute format('create policy change on doorhaling for update to register_app using (%s)', own);
    execute format('create policy remove on doorhaling for delete to register_app using (%s)', own);
    execute format('create policy own on uitstel to register_app using (%s)', $sql$current_setting('register.role', true) = 'beheer'$sql$);
end $$;
create policy own on verificatietoestemming to register_app using (
    current_setting('register.role', true) = 'leraar' and leraar = current_setting('register.leraar', true));

create policy read on steekproef for select to register_app using (
    current_setting('register.role', true) in ('beheer', 'auditor', 'validator'));
create policy read on trekking for select to register_app using (
    case current_setting('register.role', true)
        when 'beheer' then true
        when 'auditor' then true
        when 'validator' then true
        when 'leraar' then leraar = current_setting('register.leraar', true)
        else false end);
create policy change on trekking for update to register_app using (current_setting('register.role', true) = 'validator');

-- The past, as the present: the catalogue and the steekproeven belong to no dossier; the rest is on top of who sees the dossier,
-- which those who look at a steekproef do not.
create policy steekproeven on journal for select to register_app using (
    case current_setting('register.role', true)
        when 'auditor' then table_name = 'trekking' and exists (select from trekking t where t.id = journal.object_id)
        when 'validator' then table_name = 'trekking' and exists (select from trekking t where t.id = journal.object_id)
        else false end);
create policy catalogus on journal for select to register_app using (
    dossier is null and case table_name
        when 'aanbieder' then current_setting('register.role', true) <> ''
        when 'aanbod' then exists (select from aanbod o where o.id = journal.object_id)
        when 'steekproef' then exists (select from steekproef s where s.id = journal.object_id)
        else false end);
-- Whether another employer reads an activiteit is up to the leraar, not to the bestuur that reported it. What a bestuur reported it
-- goes on reading, though it withdrew it.
create policy gedeeld on journal for select to register_app using (
    table_name = 'activiteit' and current_setting('register.role', true) = 'bestuur'
    and exists (select from activiteit a where a.id = journal.object_id offset 0));
create policy professionalisering on journal as restrictive for select to register_app using (
    case table_name
        when 'activiteit' then current_setting('register.role', true) in ('leraar', 'beheer')
            or bestuur = current_setting('register.bestuur', true) or exists (select from activiteit a where a.id = journal.object_id offset 0)
        when 'bewijsstuk' then current_setting('register.role', true) in ('leraar', 'beheer')
            or exists (select from bewijsstuk b where b.id = journal.object_id offset 0)
        when 'uitstel' then current_setting('register.role', true) in ('leraar', 'beheer')
        when 'doorhaling' then current_setting('register.role', true) in ('leraar', 'beheer')
        when 'bericht' then current_setting('register.role', true) in ('leraar', 'beheer')
        when 'trekking' then current_setting('register.role', true) in ('leraar', 'beheer', 'auditor', 'validator')
        when 'verificatietoestemming' then current_setting('register.role', true) in ('leraar', 'beheer')
        else true end);

alter table aanbieder enable row level security;
alter table aanbod enable row level security;
alter table activiteit enable row level security;
alter table bewijsstuk enable row level security;
alter table registratieperiode enable row level security;
alter table uitstel enable row level security;
alter table doorhaling enable row level security;
alter table bericht enable row level security;
alter table steekproef enable row level security;
alter table trekking enable row level security;
alter table verificatietoestemming enable row level security;

grant select on te_beoordelen, bericht, steekproef to register_app;
grant select, insert, update on aanbieder, aanbod to register_app;
grant select, insert, update, delete on activiteit, registratieperiode, doorhaling to register_app;
grant select, insert, delete on bewijsstuk, uitstel, verificatietoestemming to register_app;
grant update (leraar) on bewijsstuk to register_app;
grant select, update on trekking to register_app;
