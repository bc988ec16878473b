-- Scores outlive the observatie and the traject they are about: were those kept from being withdrawn, the refusal would tell an employer that
-- there are scores. So no foreign key says any more of what they are; the leraar, who alone writes them, must see it when they are kept.
drop policy own on observatiescore;
create policy add on observatiescore for insert to register_app with check (
    current_setting('register.role', true) = 'leraar' and leraar = current_setting('register.leraar', true)
    and exists (select from observatie o where o.id = observatie and o.traject = observatiescore.traject and o.leraar = observatiescore.leraar));
create policy change on observatiescore for update to register_app using (
    current_setting('register.role', true) = 'leraar' and leraar = current_setting('register.leraar', true));
create policy remove on observatiescore for delete to register_app using (
    current_setting('register.role', true) = 'leraar' and leraar = current_setting('register.leraar', true));

-- As in 0005, with scores found by the leraar, for the traject may be gone.
create or replace function inductie_samenvoegen(oud text, nieuw text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    name text;
    welke uuid[];
begin
    if current_setting('register.role', true) is distinct from 'beheer' then
        raise insufficient_privilege using message = 'only the keeper merges dossiers';
    end if;
    update begeleiding set begeleider = nieuw where begeleider = oud;
    update observatie set observator = nieuw where observator = oud;
    update inductieperiode set leidinggevende = nieuw where leidinggevende = oud;
    update observatiescore set leraar = nieuw where leraar = oud;
    select coalesce(array_agg(id), '{}') into welke from inductietraject where leraar = oud;
    update inductietraject set leraar = nieuw where id = any(welke);
    foreach name in array array['inductieperiode', 'onderbreking', 'verlenging', 'inductieprogramma', 'begeleiding',
                                'observatie', 'voortgangsgesprek', 'overname_instemming'] loop
        execute format('update %I set leraar = $2 where traject = any($1)', name) using welke, nieuw;
    end loop;
end $$;

-- Whether an object had changed again by a moment, also when the caller may not read that change: scores that were closed then were closed,
-- though they are shared today. Past row-level security, so it tells no more than that.
create function journaal_achterhaald(regel bigint, welk uuid, moment timestamptz) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from journal j
        where j.object_id = welk and j.id > regel
          and pg_visible_in_snapshot(j.tx, (select c.snapshot from checkpoint c where c.at <= moment order by c.at desc limit 1)))
$$;
revoke execute on function journaal_achterhaald from public;
grant execute on function journaal_achterhaald to register_app;
