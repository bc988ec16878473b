-- The steekproef: the set it draws from, as known at a checkpoint, and what whoever looks at a drawn herregistratie may see.

-- Every herregistratie of a steekproef's days as the journal knew them at its moment, in the order of their ids. Past the policies,
-- for a set is ids only; so it says itself for whom.
create function steekproef_verzameling(eerste date, laatste date, moment timestamptz) returns table (periode uuid, leraar text)
    language sql stable security definer set search_path = public, pg_temp as $$
    with known as materialized (
        select distinct on (object_id) object_id, state from journal
        where table_name = 'registratieperiode' and pg_visible_in_snapshot(tx, (
            select snapshot from checkpoint where at <= moment order by at desc limit 1))
        order by object_id, id desc)
    select object_id, state ->> 'leraar' from known
    where state ->> 'grond' in ('verlengd', 'hersteld') and (state ->> 'begindatum')::date between eerste and laatste
      and current_setting('register.role', true) in ('beheer', 'auditor', 'validator')
    order by object_id
$$;

-- Those that the validator who calls may judge: not the own, nor of a leraar who worked at a bestuur where the validator did, on any
-- day since the period that was looked at began. As with te_beoordelen.
create view trekking_te_beoordelen as
select t.id
from trekking t join registratieperiode p on p.id = t.periode
where current_setting('register.role', true) = 'validator'
  and t.leraar <> current_setting('register.leraar', true)
  and not exists (
      select from aanstelling v join aanstelling w on w.bestuur = v.bestuur
      where v.leraar = current_setting('register.leraar', true) and w.leraar = t.leraar
        and greatest(v.begindatum, w.begindatum) <= nullif(current_setting('register.today', true), '')::date
        and coalesce(v.einddatum, 'infinity') >= p.begindatum - interval '4 years'
        and coalesce(w.einddatum, 'infinity') >= p.begindatum - interval '4 years');

drop policy change on trekking;
create policy change on trekking for update to register_app using (
    exists (select from trekking_te_beoordelen b where b.id = trekking.id));

-- What there is to look at: the activiteiten that were approved and the work that was done in the period before the one that was drawn.
-- No name, no number: it is about the hours. Whoever looked shows in the log of the leraar.
create function steekproef_inzage(welke uuid) returns json
    language sql stable security definer set search_path = public, pg_temp as $$
    select json_build_object(
        'begindatum', e.begindatum, 'einddatum', p.begindatum - 1,
        'activiteiten', coalesce((
            select json_agg(json_build_object(
                'id', a.id, 'soort', a.soort, 'titel', a.titel, 'aanbieder', a.aanbieder, 'begindatum', a.begindatum,
                'einddatum', a.einddatum, 'registeruren', a.registeruren, 'vakinhoudelijk', a.vakinhoudelijk,
                'vakdidactisch', a.vakdidactisch, 'pedagogisch', a.pedagogisch, 'overig', a.overig, 'zelfstudie', a.zelfstudie,
                'toets', a.toets, 'beoordeeldOp', a.beoordeeld_op,
                'bewijsstukken', (select count(*) from bewijsstuk b where b.activiteit = a.id)) order by a.einddatum, a.id)
            from activiteit a
            where a.leraar = t.leraar and a.status = 'goedgekeurd' and a.einddatum between e.begindatum and p.begindatum - 1), '[]'),
        'aanstellingen', coalesce((
            select json_agg(json_build_object('begindatum', w.begindatum, 'einddatum', w.einddatum,
                'betrekkingsomvang', w.betrekkingsomvang) order by w.begindatum, w.id)
            from aanstelling w
            where w.leraar = t.leraar and w.begindatum < p.begindatum and coalesce(w.einddatum, 'infinity') >= e.begindatum), '[]'))
    from trekking t join registratieperiode p on p.id = t.periode
    join lateral (
        select begindatum from registratieperiode o
        where o.leraar = t.leraar and o.begindatum < p.begindatum order by o.begindatum desc limit 1) e on true
    where t.id = welke and case current_setting('register.role', true)
        when 'beheer' then true
        when 'auditor' then true
        when 'validator' then exists (select from trekking_te_beoordelen b where b.id = welke)
        when 'leraar' then t.leraar = current_setting('register.leraar', true)
        else false end
$$;

revoke execute on function steekproef_verzameling, steekproef_inzage from public;
grant execute on function steekproef_inzage to register_app;
grant select on trekking_te_beoordelen to register_app;
