-- Gives everything of the inductie of one dossier to another, and what it is to others' trajecten: begeleider, observator, leidinggevende.
-- A function of the owner, because the keeper who merges may read no scores and write no agreement, and still they go along.
create function inductie_samenvoegen(oud text, nieuw text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
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
    select coalesce(array_agg(id), '{}') into welke from inductietraject where leraar = oud;
    update inductietraject set leraar = nieuw where id = any(welke);
    foreach name in array array['inductieperiode', 'onderbreking', 'verlenging', 'inductieprogramma', 'begeleiding',
                                'observatie', 'observatiescore', 'voortgangsgesprek', 'overname_instemming'] loop
        execute format('update %I set leraar = $2 where traject = any($1)', name) using welke, nieuw;
    end loop;
end $$;

-- Whether a leraar has a traject, as it is now and not as it was when the statement began that asks: while that one waited for the
-- row of the leraar, a traject may have started. Volatile for that reason: each query of such a function looks anew.
create function inductie_bestaat(wie text) returns boolean language plpgsql volatile as $$
begin
    return exists (select from inductietraject where leraar = wie);
end $$;

revoke execute on function inductie_samenvoegen, inductie_bestaat from public;
grant execute on function inductie_samenvoegen, inductie_bestaat to register_app;
