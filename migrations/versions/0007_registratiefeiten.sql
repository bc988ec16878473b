-- What the rules of the registratie need to know of a leraar: days, hours and kinds; no names, no titles and no places. A leraar's
-- activiteiten that an employer does not see count, and so does the work at every bestuur; so this reads past the policies.

-- One question in two forms: of the tables, or of the journal as a sealed moment knew it, in which the names of the tables are
-- those of what was known (as register_service/journal/past.py does it). That way the two cannot differ.
do $do$
declare
    question text := $sql$
        select l.registratienummer, json_build_object(
            'nummer', l.registratienummer, 'geregistreerdOp', l.geregistreerd_op,
            'bevoegd', (select coalesce(json_agg(json_build_object('soort', b.soort, 'vanaf', b.behaald_op, 'tot', b.geldig_tot)), '[]')
                from bevoegdheid b where b.leraar = l.registratienummer and b.verificatie <> 'afgewezen'),
            'perioden', (select coalesce(json_agg(json_build_object('id', p.id, 'begindatum', p.begindatum, 'einddatum', p.einddatum,
                    'grond', p.grond, 'uitstelMaanden', (select coalesce(sum(u.maanden), 0) from uitstel u where u.periode = p.id))), '[]')
                from registratieperiode p where p.leraar = l.registratienummer),
            'doorhalingen', (select coalesce(json_agg(json_build_object('vanaf', d.vanaf, 'tot', d.tot)), '[]')
                from doorhaling d where d.leraar = l.registratienummer),
            'uren', (select coalesce(json_agg(json_build_object('einddatum', a.einddatum, 'geteldOp', a.beoordeeld_op,
                    'vakinhoudelijk', a.vakinhoudelijk, 'vakdidactisch', a.vakdidactisch, 'pedagogisch', a.pedagogisch,
                    'overig', a.overig)), '[]')
                from activiteit a where a.leraar = l.registratienummer and a.status = 'goedgekeurd'),
            'ingediend', (select coalesce(json_agg(json_build_object('einddatum', a.einddatum, 'registeruren', a.registeruren)), '[]')
                from activiteit a where a.leraar = l.registratienummer and a.status = 'ingediend'),
            'werk', (select coalesce(json_agg(json_build_object('begindatum', w.begindatum, 'einddatum', w.einddatum,
                    'betrekkingsomvang', w.betrekkingsomvang, 'sector', v.sector)), '[]')
                from aanstelling w join vestiging v on v.code = w.vestiging where w.leraar = l.registratienummer))
        from leraar l where l.registratienummer = any(nummers) and l.samengevoegd_met is null
    $sql$;
    then_known text := $sql$
        with known as materialized (
            select distinct on (j.object_id) j.table_name, j.dossier, j.state from journal j
            where j.object_id in (select o.object_id from journal o where o.dossier = any(nummers))
              and pg_visible_in_snapshot(j.tx, (select snapshot from checkpoint where at <= moment order by at desc limit 1))
            order by j.object_id, j.id desc)
    $sql$;
    name text;
begin
    foreach name in array array['leraar', 'bevoegdheid', 'registratieperiode', 'uitstel', 'doorhaling', 'activiteit', 'aanstelling'] loop
        then_known := then_known || format($sql$, %1$s as (
            select r.* from known k cross join lateral jsonb_populate_record(null::public.%1$s, k.state) r
            where k.table_name = %1$L and k.state is not null and k.dossier = any(nummers))$sql$, name);
    end loop;
    execute format($sql$
        create function registratiefeiten_van(nummers text[], moment timestamptz) returns table (leraar text, feiten json)
            language plpgsql stable security definer set search_path = public, pg_temp as $f$
        #variable_conflict use_column
        begin
            if moment is null then
                return query %s;
            else
                return query %s %s;
            end if;
        end $f$ $sql$, question, then_known, question);
end $do$;

-- The same for a caller: of whom the caller sees.
create function registratiefeiten(nummers text[], moment timestamptz) returns table (leraar text, feiten json)
    language sql stable security definer set search_path = public, pg_temp as $$
    select f.leraar, f.feiten from registratiefeiten_van(array(
        select n from unnest(nummers) n
        where case current_setting('register.role', true)
            when 'bestuur' then exists (select from in_zicht z where z.leraar = n offset 0)
            when 'leraar' then n = current_setting('register.leraar', true)
            when 'beheer' then true
            else false end), moment) f
$$;
revoke execute on function registratiefeiten_van, registratiefeiten from public;
grant execute on function registratiefeiten to register_app;

-- For the progress of many at once, on a day: of whom a period runs that is stored, what counts in it is added up here, as if it were
-- one activiteit, and every aanstelling one day's work, on the first day of the period. The rules make the same of it (tests/registratie/test_optellen.py)
-- and it is half the work. Of all others, and of a moment in the past, it is the facts as they are.
create function registratiefeiten_op(nummers text[], dag date, moment timestamptz) returns table (leraar text, feiten text)
    language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
    gezien text[];
    geteld text[];
begin
    if moment is not null then
        return query select f.leraar, f.feiten::text from registratiefeiten(nummers, moment) f;
        return;
    end if;
    gezien := array(
        select n from unnest(nummers) n
        where case current_setting('register.role', true)
            when 'bestuur' then exists (select from in_zicht z where z.leraar = n offset 0)
            when 'leraar' then n = current_setting('register.leraar', true)
            when 'beheer' then true
            else false end);
    geteld := array(
        select p.leraar from registratieperiode p join leraar l on l.registratienummer = p.leraar
        where p.leraar = any(gezien) and dag between p.begindatum and p.einddatum and l.samengevoegd_met is null);
    -- By leraar, each part found by index: joined as wholes, PostgreSQL would compare every leraar with every other.
    return query
        select l.registratienummer, format(
            '{"nummer":"%s","geregistreerdOp":"%s","perioden":[{"id":"%s","begindatum":"%s","einddatum":"%s","grond":"%s",'
            '"uitstelMaanden":0}],"bevoegd":[%s],"doorhalingen":[%s],"werk":[%s],"uren":[%s],"ingediend":[%s]}',
            l.registratienummer, l.geregistreerd_op, p.id, p.begindatum, p.einddatum, p.grond,
            b.bevoegd, d.doorhalingen, w.werk, u.uren, u.ingediend)
        from leraar l
        join registratieperiode p on p.leraar = l.registratienummer and dag between p.begindatum and p.einddatum
        cross join lateral (
            select string_agg(format('{"soort":"%s","vanaf":"%s","tot":null}', b.soort, b.behaald_op), ',') as bevoegd
            from bevoegdheid b
            where b.leraar = l.registratienummer and b.verificatie <> 'afgewezen'
              and b.behaald_op <= dag and (b.geldig_tot is null or b.geldig_tot >= dag)) b
        cross join lateral (
            select string_agg(format('{"vanaf":"%s","tot":"%s"}', d.vanaf, coalesce(d.tot, dag)), ',') as doorhalingen
            from doorhaling d where d.leraar = l.registratienummer and dag between d.vanaf and coalesce(d.tot, dag)) d
        cross join lateral (
            select string_agg(format('{"begindatum":"%s","einddatum":"%1$s","betrekkingsomvang":%s,"sector":"%s"}', p.begindatum,
                   w.betrekkingsomvang * (least(dag, w.einddatum) - greatest(p.begindatum, w.begindatum) + 1), v.sector), ',') as werk
            from aanstelling w join vestiging v on v.code = w.vestiging
            where w.leraar = l.registratienummer and w.begindatum <= dag
              and (w.einddatum is null or w.einddatum >= p.begindatum)) w
        cross join lateral (
            select case when bool_or(c.counts) then format(
                       '{"einddatum":"%s","geteldOp":"%1$s","vakinhoudelijk":%s,"vakdidactisch":%s,"pedagogisch":%s,"overig":%s}',
                       p.begindatum, sum(a.vakinhoudelijk) filter (where c.counts), sum(a.vakdidactisch) filter (where c.counts),
                       sum(a.pedagogisch) filter (where c.counts), sum(a.overig) filter (where c.counts)) end as uren,
                   case when bool_or(a.status = 'ingediend') then format('{"einddatum":"%s","registeruren":%s}', p.begindatum,
                          sum(a.registeruren) filter (where a.status = 'ingediend')) end as ingediend
            from activiteit a
            cross join lateral (select a.status = 'goedgekeurd' and a.beoordeeld_op <= dag as counts) c
            where a.leraar = l.registratienummer and a.einddatum between p.begindatum and dag) u
        where l.registratienummer = any(geteld);
    return query
        select f.leraar, f.feiten::text
        from registratiefeiten_van(array(select n from unnest(gezien) n where n <> all(geteld)), null) f;
end $$;
revoke execute on function registratiefeiten_op from public;
grant execute on function registratiefeiten_op to register_app;

-- How much was ever recorded about each of the leraren whom the caller sees.
create function registratieversies(nummers text[]) returns table (leraar text, versie bigint)
    language sql stable security definer set search_path = public, pg_temp as $$
    select l.registratienummer, (select count(*) from journal j where j.dossier = l.registratienummer)
    from leraar l
    where l.registratienummer = any(nummers) and l.samengevoegd_met is null and case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = l.registratienummer offset 0)
        when 'leraar' then l.registratienummer = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end
$$;
revoke execute on function registratieversies from public;
grant execute on function registratieversies to register_app;
