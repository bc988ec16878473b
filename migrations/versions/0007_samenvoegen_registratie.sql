-- Merging two dossiers takes the registratie along. Somebody who was registered twice was registered since the earlier day: where both
-- have periods, those that began first go on, and the history keeps the others. Past the policies: the keeper writes no berichten.
create function registratie_samenvoegen(oud text, nieuw text) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    weg text;
begin
    if current_setting('register.role', true) is distinct from 'beheer' then
        raise insufficient_privilege using message = 'only the keeper merges';
    end if;
    select b.leraar into weg
    from (select p.leraar, min(p.begindatum) as begin from registratieperiode p where p.leraar in (oud, nieuw) group by p.leraar) b
    where (select count(distinct p.leraar) from registratieperiode p where p.leraar in (oud, nieuw)) = 2
    order by b.begin desc, b.leraar = oud desc limit 1;
    delete from uitstel where leraar = weg;
    delete from bericht where leraar = weg;
    delete from registratieperiode where leraar = weg;
    update registratieperiode set leraar = nieuw where leraar = oud;
    update uitstel set leraar = nieuw where leraar = oud;
    update bericht set leraar = nieuw where leraar = oud;
    update trekking set leraar = nieuw where leraar = oud;
    -- What the person judged goes on under the new number.
    update trekking set beoordeeld_door = nieuw where beoordeeld_door = oud;
    update aanbod set beoordeeld_door = nieuw where beoordeeld_door = oud;
    -- Days on which both were struck off were so once.
    delete from doorhaling d using doorhaling e
    where d.leraar = oud and e.leraar = nieuw and daterange(d.vanaf, d.tot, '[]') && daterange(e.vanaf, e.tot, '[]');
    update doorhaling set leraar = nieuw where leraar = oud;
    delete from verificatietoestemming v
    where v.leraar = oud and exists (select from verificatietoestemming e where e.leraar = nieuw);
    update verificatietoestemming set leraar = nieuw where leraar = oud;
    update leraar l set geregistreerd_op = least(l.geregistreerd_op, o.geregistreerd_op)
    from leraar o where l.registratienummer = nieuw and o.registratienummer = oud and o.geregistreerd_op < l.geregistreerd_op;
end $$;
revoke execute on function registratie_samenvoegen from public;
grant execute on function registratie_samenvoegen to register_app;
