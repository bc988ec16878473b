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
