-- Matching and linking look past the caller's visibility, so they are functions of the owner that give away no more than they must.

-- Who may already be there: equal eckId, or equal geboortedatum and a similar name (voorvoegsel and order ignored, trigrams).
-- Also takes a lock until the end of the transaction, so that two requests registering one person come one after the other.
create function leraar_kandidaten(p_voornamen text, p_roepnaam text, p_achternaam text, p_geboortedatum date, p_eck_id text, p_drempel real)
returns table (registratienummer text, gelijkenis real, zelfde_eck_id boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('leraar.geboortedatum', p_geboortedatum - date '1900-01-01'));
    return query
    select l.registratienummer, greatest(
               similarity(zoeknaam(l.voornamen || ' ' || l.achternaam), zoeknaam(p_voornamen || ' ' || p_achternaam)),
               similarity(zoeknaam(coalesce(l.roepnaam, l.voornamen) || ' ' || l.achternaam),
                          zoeknaam(coalesce(p_roepnaam, p_voornamen) || ' ' || p_achternaam))) as gelijkenis,
           coalesce(l.eck_id = p_eck_id, false)
    from leraar l
    where l.samengevoegd_met is null
      and (l.eck_id = p_eck_id
           or l.geboortedatum = p_geboortedatum and greatest(
               similarity(zoeknaam(l.voornamen || ' ' || l.achternaam), zoeknaam(p_voornamen || ' ' || p_achternaam)),
               similarity(zoeknaam(coalesce(l.roepnaam, l.voornamen) || ' ' || l.achternaam),
                          zoeknaam(coalesce(p_roepnaam, p_voornamen) || ' ' || p_achternaam))) >= p_drempel)
    order by 3 desc, 2 desc, 1
    limit 20;
end $$;

-- The number of the living dossier behind a number and a geboortedatum, or nothing: a wrong date answers as an unknown number.
create function leraar_bij_nummer(p_registratienummer text, p_geboortedatum date) returns text
language sql stable security definer set search_path = public, pg_temp as $$
    select l.registratienummer from leraar l
    where l.registratienummer = coalesce((select s.naar from samenvoeging s where s.van = p_registratienummer), p_registratienummer)
      and exists (select from leraar o where o.registratienummer in (p_registratienummer, l.registratienummer)
                  and o.geboortedatum = p_geboortedatum)
$$;

-- Functions are open to everyone by default; these are for the application only.
revoke execute on function leraar_kandidaten, leraar_bij_nummer from public;
grant execute on function leraar_kandidaten, leraar_bij_nummer to register_app;
