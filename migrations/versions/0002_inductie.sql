-- Inductietrajecten: what follows from the course of a traject, who sees what, and the wall around what was seen in a lesson.

select journal_follow(name::regclass)
from unnest(array['inductietraject', 'inductieperiode', 'onderbreking', 'verlenging', 'inductieprogramma', 'begeleiding',
                  'observatie', 'observatiescore', 'voortgangsgesprek', 'overname_instemming']) name;

-- `verloop` is what the rules made of all facts of a traject. The two triggers only copy from it, so that lists can compare dates.
create function inductietraject_datum() returns trigger language plpgsql as $$
begin
    new.verwachte_einddatum := (new.verloop ->> 'verwachteEinddatum')::date;
    return new;
end $$;

create function inductietraject_standen() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_op = 'UPDATE' then
        delete from inductiestand s using old_rows o where s.leraar = o.leraar and s.traject = o.id;
    end if;
    insert into inductiestand (traject, leraar, soort, waarde, vanaf, tot)
    select n.id, n.leraar, s.soort, s.waarde, coalesce(s.vanaf, '-infinity'), coalesce(s.tot, 'infinity')
    from new_rows n cross join lateral jsonb_to_recordset(n.verloop -> 'standen') s (soort text, waarde text, vanaf date, tot date);
    return null;
end $$;

create trigger datum before insert or update on inductietraject for each row execute function inductietraject_datum();
create trigger standen_insert after insert on inductietraject referencing new table as new_rows
    for each statement execute function inductietraject_standen();
create trigger standen_update after update on inductietraject referencing old table as old_rows new table as new_rows
    for each statement execute function inductietraject_standen();

-- As a view of the owner it reads past the policies below: until which day the caller's bestuur had the leraar of a traject with it.
create view eigen_verblijf as
select traject, leraar, max(coalesce(einddatum, 'infinity')) as tot
from inductieperiode where bestuur = current_setting('register.bestuur', true) group by traject, leraar;

create policy read on inductietraject for select to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = inductietraject.leraar offset 0)
                         or exists (select from eigen_verblijf v where v.traject = inductietraject.id offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);
create policy read on inductiestand for select to register_app using (
    case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = inductiestand.leraar offset 0)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end);

-- For counting everything that somebody sees, where the policies ask per row. As a view of the owner it reads past those, so it says
-- itself for whom. As a case it is looked at after the days, in a hash table of leraren that PostgreSQL makes once, whatever it expects.
create view inductiestand_in_zicht as
select s.traject, s.leraar, s.soort, s.waarde, s.vanaf, s.tot, t.sector, t.verwachte_einddatum
from inductiestand s join inductietraject t on t.id = s.traject
where case current_setting('register.role', true)
        when 'bestuur' then s.leraar in (select z.leraar from in_zicht z)
        when 'beheer' then true
        else false end;

-- What is written about a traject, by whoever sees the dossier now.
do $$
declare
    seen text := $sql$exists (select from in_zicht z where z.leraar = %1$I.leraar offset 0)$sql$;
    by_role text := $sql$case current_setting('register.role', true) when 'bestuur' then %s when 'beheer' then true else false end$sql$;
    name text;
    condition text;
begin
    condition := format(by_role, format(seen, 'inductietraject'));
    execute format('create policy add on inductietraject for insert to register_app with check (%s)', condition);
    execute format('create policy change on inductietraject for update to register_app using (%s)', condition);
    execute format('create policy remove on inductietraject for delete to register_app using (%s)', condition);
    -- Of the facts a bestuur reads what it wrote itself, also when the leraar has long gone; of another bestuur's facts nothing.
    foreach name in array array['inductieperiode', 'onderbreking', 'verlenging', 'inductieprogramma', 'begeleiding', 'observatie',
                                'voortgangsgesprek', 'overname_instemming'] loop
        execute format($sql$create policy read on %I for select to register_app using (
            case current_setting('register.role', true)
                when 'bestuur' then bestuur = current_setting('register.bestuur', true)
                when 'leraar' then leraar = current_setting('register.leraar', true)
                when 'beheer' then true
                else false end)$sql$, name);
        continue when name = 'overname_instemming';
        condition := format(by_role, format('bestuur = current_setting(''register.bestuur'', true) and ' || seen, name));
        execute format('create policy add on %I for insert to register_app with check (%s)', name, condition);
        execute format('create policy change on %I for update to register_app using (%s)', name, condition);
        execute format('create policy remove on %I for delete to register_app using (%s)', name, condition);
    end loop;
end $$;

-- Only the leraar agrees with a takeover, and takes that back.
create policy add on overname_instemming for insert to register_app with check (
    current_setting('register.role', true) = 'leraar' and leraar = current_setting('register.leraar', true));
create policy remove on overname_instemming for delete to register_app using (
    current_setting('register.role', true) = 'leraar' and leraar = current_setting('register.leraar', true));

-- The wall: scores are written by the leraar alone and read by nobody else, unless shared; then by the bestuur that observed.
create policy read on observatiescore for select to register_app using (
    case current_setting('register.role', true)
        when 'leraar' then leraar = current_setting('register.leraar', true)
        when 'bestuur' then gedeeld and exists (select from observatie o where o.id = observatiescore.observatie)
        else false end);
create policy own on observatiescore to register_app using (
    current_setting('register.role', true) = 'leraar' and leraar = current_setting('register.leraar', true));

-- The same in the past: who may read a row of the journal (as in 0001, with the wall and what a bestuur wrote itself).
drop policy read on journal;
create policy read on journal for select to register_app using (
    case when dossier is null then table_name in ('partnerschap', 'deelname', 'bestuur', 'school', 'vestiging', 'regeling')
         when table_name = 'observatiescore' then case current_setting('register.role', true)
            when 'leraar' then current_setting('register.leraar', true)
                = coalesce((select s.naar from samenvoeging s where s.van = journal.dossier), journal.dossier)
            -- What is shared no longer is closed in the past as well.
            when 'bestuur' then state ->> 'gedeeld' = 'true' and exists (select from observatiescore s where s.id = journal.object_id)
            else false end
         else case current_setting('register.role', true)
            when 'bestuur' then
                bestuur = current_setting('register.bestuur', true)
                    and table_name in ('inductieperiode', 'onderbreking', 'verlenging', 'inductieprogramma', 'begeleiding',
                                       'observatie', 'voortgangsgesprek', 'overname_instemming')
                or (bestuur is null or bestuur = current_setting('register.bestuur', true)) and exists (
                    select from in_zicht z where z.leraar = coalesce(
                        (select s.naar from samenvoeging s where s.van = journal.dossier), journal.dossier) offset 0)
            when 'leraar' then current_setting('register.leraar', true)
                = coalesce((select s.naar from samenvoeging s where s.van = journal.dossier), journal.dossier)
            when 'beheer' then true
            else false end
    end);

-- What the rules need to know of everybody's facts: days, hours and figures, no names, no kinds of leave and no words. As views of the
-- owner they read past the policies, so they say themselves for whom.
create view inductiefeiten as
select t.id as traject, t.leraar, jsonb_build_object(
    'startdatum', t.startdatum, 'norms', r.waarden, 'vrijgesteld', t.vrijstelling_grond is not null, 'gestoptOp', t.gestopt_op,
    'afronding', case when t.afgerond_op is not null then jsonb_build_object(
        'datum', t.afgerond_op, 'resultaat', t.resultaat, 'vervroegd', t.vervroegd,
        'motivering', t.motivering is not null, 'meegedeeldOp', t.meegedeeld_op) end,
    'eerder', (select jsonb_build_object('verloop', e.verloop, 'gestoptOp', e.gestopt_op) from inductietraject e where e.id = t.vervolg_op),
    'verblijven', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'bestuur', f.bestuur, 'vestiging', f.vestiging,
        'begindatum', f.begindatum, 'einddatum', f.einddatum)), '[]') from inductieperiode f where f.traject = t.id),
    'onderbrekingen', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'begindatum', f.begindatum,
        'einddatum', f.einddatum)), '[]') from onderbreking f where f.traject = t.id),
    'verlengingen', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'maanden', f.maanden,
        'besluitdatum', f.besluitdatum)), '[]') from verlenging f where f.traject = t.id),
    'programmas', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'jaar', f.jaar, 'lesreductie', f.lesreductie,
        'gepland', jsonb_strip_nulls(jsonb_build_object(
            'werkdrukvermindering', f.werkdrukvermindering_gepland, 'enculturatie', f.enculturatie_gepland,
            'professioneleOntwikkeling', f.professionele_ontwikkeling_gepland,
            'observatieEnBegeleiding', f.observatie_en_begeleiding_gepland,
            'intervisieEnBegeleiding', f.intervisie_en_begeleiding_gepland)),
        'gerealiseerd', jsonb_strip_nulls(jsonb_build_object(
            'werkdrukvermindering', f.werkdrukvermindering_gerealiseerd, 'enculturatie', f.enculturatie_gerealiseerd,
            'professioneleOntwikkeling', f.professionele_ontwikkeling_gerealiseerd,
            'observatieEnBegeleiding', f.observatie_en_begeleiding_gerealiseerd,
            'intervisieEnBegeleiding', f.intervisie_en_begeleiding_gerealiseerd)))), '[]') from inductieprogramma f where f.traject = t.id),
    'begeleidingen', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'rol', f.rol, 'begindatum', f.begindatum,
        'einddatum', f.einddatum)), '[]') from begeleiding f where f.traject = t.id),
    'gesprekken', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'datum', f.datum)), '[]')
        from voortgangsgesprek f where f.traject = t.id),
    'observaties', (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'datum', f.datum)), '[]')
        from observatie f where f.traject = t.id)) as feiten
from inductietraject t join regeling r on r.id = t.regeling
where case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = t.leraar)
        when 'leraar' then t.leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end;

create view inductieomgeving as
select l.registratienummer as leraar, jsonb_build_object(
    'aanstellingen', (select coalesce(jsonb_agg(jsonb_build_object('vestiging', a.vestiging, 'begindatum', a.begindatum,
        'einddatum', a.einddatum, 'betrekkingsomvang', a.betrekkingsomvang, 'soort', a.soort)), '[]')
        from aanstelling a where a.leraar = l.registratienummer),
    'bevoegdheden', (select coalesce(jsonb_agg(jsonb_build_object('behaaldOp', b.behaald_op, 'geldigTot', b.geldig_tot)), '[]')
        from bevoegdheid b where b.leraar = l.registratienummer and b.verificatie <> 'afgewezen')) as omgeving
from leraar l
where case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = l.registratienummer)
        when 'leraar' then l.registratienummer = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end;

-- A takeover ends what another bestuur left open: its stay, when the leraar agrees, and its guidance. Nothing else of it can be touched.
create function inductie_afsluiten(welk uuid, dag date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    wie text := nullif(current_setting('register.bestuur', true), '');
begin
    if current_setting('register.role', true) <> 'bestuur' or not exists (
            select from inductietraject t join in_zicht z on z.leraar = t.leraar where t.id = welk) then
        raise insufficient_privilege using message = 'only a bestuur that sees the leraar';
    end if;
    if exists (select from inductieperiode where traject = welk and bestuur <> wie and coalesce(einddatum, 'infinity') > dag)
       and not exists (select from overname_instemming where traject = welk and bestuur = wie) then
        raise insufficient_privilege using message = 'the leraar has not agreed';
    end if;
    update inductieperiode set einddatum = dag
    where traject = welk and bestuur <> wie and coalesce(einddatum, 'infinity') > dag and begindatum <= dag;
    update begeleiding set einddatum = dag
    where traject = welk and bestuur <> wie and coalesce(einddatum, 'infinity') > dag and begindatum <= dag;
end $$;
revoke execute on function inductie_afsluiten from public;
grant execute on function inductie_afsluiten to register_app;

-- Who sees a leraar is asked per row of every list. The planner took the GiST index of this constraint for it, for it knew leraren by
-- themselves: ten times as slow as the B-tree made for that question. Of leraar and vestiging in one it says the same, and is left alone.
alter table aanstelling drop constraint aanstelling_geen_overlap;
alter table aanstelling add constraint aanstelling_geen_overlap exclude using gist (
    (leraar || ' ' || vestiging) with =, daterange(begindatum, einddatum, '[]') with &&);

alter table inductietraject enable row level security;
alter table inductiestand enable row level security;
alter table inductieperiode enable row level security;
alter table onderbreking enable row level security;
alter table verlenging enable row level security;
alter table inductieprogramma enable row level security;
alter table begeleiding enable row level security;
alter table observatie enable row level security;
alter table observatiescore enable row level security;
alter table voortgangsgesprek enable row level security;
alter table overname_instemming enable row level security;

grant select on inductiestand, inductiestand_in_zicht, eigen_verblijf, inductiefeiten, inductieomgeving to register_app;
grant select, insert, update, delete on inductietraject, inductieperiode, onderbreking, verlenging, inductieprogramma, begeleiding,
    observatie, observatiescore, voortgangsgesprek to register_app;
grant select, insert, delete on overname_instemming to register_app;
