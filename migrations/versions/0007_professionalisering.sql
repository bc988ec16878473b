-- Aanbod, activiteiten and registratie: who sees and writes what. As everywhere: where nobody has said who calls, nothing shows.

select journal_follow(name::regclass)
from unnest(array['aanbieder', 'aanbod', 'activiteit', 'bewijsstuk', 'registratieperiode', 'uitstel', 'doorhaling', 'bericht',
                  'steekproef', 'trekking', 'verificatietoestemming']) name;

-- As in 0003; but whether another employer may read an activiteit is up to the leraar, not to the bestuur that reported it.
create or replace function journal_bestuur(table_name text, state jsonb) returns text language sql immutable parallel safe as $$
    select case when state ->> 'leraar' is not null and table_name <> 'activiteit' then state ->> 'bestuur' end
$$;

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

-- Only a validator judges; whoever else changes what was judged opens the judgement again.
create function aanbod_beoordeling() returns trigger language plpgsql as $$
begin
    if current_setting('register.role', true) in ('aanbieder', 'beheer') and new.beoordeling <> 'open'
       and row(new.beoordeling, new.soort, new.titel, new.registeruren, new.vakinhoudelijk, new.vakdidactisch, new.pedagogisch,
               new.overig, new.zelfstudie, new.toets)
           is distinct from
           row(old.beoordeling, old.soort, old.titel, old.registeruren, old.vakinhoudelijk, old.vakdidactisch, old.pedagogisch,
               old.overig, old.zelfstudie, old.toets) then
        raise insufficient_privilege using message = 'only a validator judges aanbod';
    end if;
    return new;
end $$;
create trigger beoordeling before update on aanbod for each row execute function aanbod_beoordeling();

-- What the validator who calls may judge (domain.md): nothing of the validator, nor of a leraar who worked at a bestuur where the
-- validator did, on any day since the activiteit began; nor what such a bestuur reported. As a view of the owner it reads past the
-- policies, so it says itself for whom.
create view te_beoordelen as
select a.id, a.leraar, a.ingediend_op
from activiteit a
where a.status = 'ingediend' and current_setting('register.role', true) = 'validator'
  and a.leraar <> current_setting('register.leraar', true)
  and not exists (
      select from aanstelling v
      where v.leraar = current_setting('register.leraar', true)
        and v.begindatum <= nullif(current_setting('register.today', true), '')::date and coalesce(v.einddatum, 'infinity') >= a.begindatum
        and (v.bestuur = a.bestuur or exists (
            select from aanstelling w
            where w.leraar = a.leraar and w.bestuur = v.bestuur
              and w.begindatum <= nullif(current_setting('register.today', true), '')::date and coalesce(w.einddatum, 'infinity') >= a.begindatum)));

create policy read on activiteit for select to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then (bestuur = current_setting('register.bestuur', true) or gedeeld)
            and exists (select from in_zicht z where z.leraar = activiteit.leraar offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'validator' then beoordeeld_door = current_setting('register.leraar', true)
            or exists (select from te_beoordelen t where t.id = activiteit.id)
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
            or exists (select from te_beoordelen t where t.id = activiteit.id)
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

-- Who is no validator cannot approve, nor change what was approved; only being at validated aanbod counts at once, with exactly its RU.
create function activiteit_besluit() returns trigger language plpgsql as $$
begin
    if new.status not in ('goedgekeurd', 'afgewezen') or current_setting('register.role', true) not in ('bestuur', 'leraar', 'aanbieder') then
        return new;
    end if;
    if tg_op = 'UPDATE' then
        if row(new.status, new.leraar, new.einddatum, new.registeruren, new.vakinhoudelijk, new.vakdidactisch, new.pedagogisch, new.overig,
               new.beoordeeld_op, new.beoordeeld_door)
           is not distinct from
           row(old.status, old.leraar, old.einddatum, old.registeruren, old.vakinhoudelijk, old.vakdidactisch, old.pedagogisch, old.overig,
               old.beoordeeld_op, old.beoordeeld_door) then
            return new;
        end if;
    elsif new.status = 'goedgekeurd' and exists (
            select from aanbod o where o.id = new.aanbod and o.beoordeling = 'gevalideerd'
              and row(o.soort, o.registeruren, o.vakinhoudelijk, o.vakdidactisch, o.pedagogisch, o.overig)
                = row(new.soort, new.registeruren, new.vakinhoudelijk, new.vakdidactisch, new.pedagogisch, new.overig)) then
        return new;
    end if;
    raise insufficient_privilege using message = 'only a validator decides on an activiteit';
end $$;
create trigger besluit before insert or update on activiteit for each row execute function activiteit_besluit();

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

-- The past, as the present: the catalogue and the steekproeven belong to no dossier; the rest is on top of who sees the dossier.
create policy catalogus on journal for select to register_app using (
    dossier is null and case table_name
        when 'aanbieder' then current_setting('register.role', true) <> ''
        when 'aanbod' then exists (select from aanbod o where o.id = journal.object_id)
        when 'steekproef' then exists (select from steekproef s where s.id = journal.object_id)
        else false end);
create policy professionalisering on journal as restrictive for select to register_app using (
    case table_name
        when 'activiteit' then current_setting('register.role', true) in ('leraar', 'beheer')
            or exists (select from activiteit a where a.id = journal.object_id)
        when 'bewijsstuk' then current_setting('register.role', true) in ('leraar', 'beheer')
            or exists (select from bewijsstuk b where b.id = journal.object_id)
        when 'uitstel' then current_setting('register.role', true) in ('leraar', 'beheer')
        when 'doorhaling' then current_setting('register.role', true) in ('leraar', 'beheer')
        when 'bericht' then current_setting('register.role', true) in ('leraar', 'beheer')
        when 'trekking' then current_setting('register.role', true) in ('leraar', 'beheer')
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
grant select, insert, update on aanbieder, aanbod, doorhaling to register_app;
grant select, insert, update, delete on activiteit, registratieperiode to register_app;
grant select, insert, delete on bewijsstuk, uitstel, verificatietoestemming to register_app;
grant select, update on trekking to register_app;
