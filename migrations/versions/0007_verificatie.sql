-- Public verification (domain.md, Who sees what: anyone, by number and achternaam, if the leraar allows it). There is no caller, so
-- the function is the whole of what may be seen: nothing at all, or status and bevoegdheden.

-- A wrong name, an unknown number and a leraar who does not allow it take the same steps: whatever is missing is replaced by something
-- to compare with, and nothing is skipped because something before it failed.
create function openbare_verificatie(nummer text, naam text, verzoek text) returns json
    language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
    dossier text;
    juist boolean;
begin
    with gevraagd as materialized (
        select coalesce((select s.naar from samenvoeging s where s.van = nummer), nummer) as leraar),
    vergeleken as materialized (
        select g.leraar,
               zoeknaam(naam) in (zoeknaam(coalesce(l.achternaam, 'onbekend')),
                                  zoeknaam(coalesce(l.voorvoegsel, 'van') || ' ' || coalesce(l.achternaam, 'onbekend'))) as naam_klopt,
               exists (select from verificatietoestemming v where v.leraar = g.leraar) as toegestaan
        from gevraagd g left join leraar l on l.registratienummer = g.leraar)
    select leraar, naam_klopt and toegestaan from vergeleken into dossier, juist;
    if not juist then
        return null;
    end if;
    -- The leraar sees that somebody asked; who it was, nobody knows.
    insert into access_log (leraar, actor, purpose, parts, request_id)
    values (dossier, 'openbaar', 'openbare verificatie', '{registratie,bevoegdheden}', verzoek);
    return json_build_object(
        'feiten', (select f.feiten from registratiefeiten_van(array[dossier], null) f),
        'bevoegdheden', (
            select coalesce(json_agg(json_build_object(
                'soort', b.soort, 'vak', b.vak, 'behaaldOp', b.behaald_op, 'geldigTot', b.geldig_tot,
                'geverifieerd', b.verificatie = 'geverifieerd') order by b.behaald_op, b.id), '[]')
            from bevoegdheid b where b.leraar = dossier and b.verificatie <> 'afgewezen'));
end $$;
revoke execute on function openbare_verificatie from public;
grant execute on function openbare_verificatie to register_app;
