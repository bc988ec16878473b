-- Matching and linking look past the caller's visibility, so they are functions of the owner that give away no more than they must.

-- A name for comparing: as zoeknaam makes it, without voorvoegsels, wherever a system has put those.
create function vergelijknaam(naam text) returns text language sql immutable strict parallel safe as $$
    select regexp_replace(' ' || zoeknaam(naam) || ' ', ' (aan|al|bij|d|da|de|del|della|den|der|des|di|dos|du|el|het|in|la|le|les'
        '|onder|op|over|s|t|te|ten|ter|uit|v|van|vd|vom|von|voor|zu|zum|zur)(?= )', '', 'g')
$$;

-- How alike two people's names are, 0 to 1: by all voornamen or by roepnaam, in any order of words (trigrams).
create function naamgelijkenis(voornamen1 text, roepnaam1 text, achternaam1 text, voornamen2 text, roepnaam2 text, achternaam2 text)
returns real language sql immutable parallel safe as $$
    select greatest(
        similarity(vergelijknaam(voornamen1 || ' ' || achternaam1), vergelijknaam(voornamen2 || ' ' || achternaam2)),
        similarity(vergelijknaam(coalesce(roepnaam1, voornamen1) || ' ' || achternaam1),
                   vergelijknaam(coalesce(roepnaam2, voornamen2) || ' ' || achternaam2)))
$$;

-- Who may already be there: equal eckId, or equal geboortedatum and a similar name.
-- Also takes a lock until the end of the transaction, so that two requests registering one person come one after the other.
create function leraar_kandidaten(p_voornamen text, p_roepnaam text, p_achternaam text, p_geboortedatum date, p_eck_id text, p_drempel real)
returns table (registratienummer text, gelijkenis real, zelfde_eck_id boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('leraar.geboortedatum', p_geboortedatum - date '1900-01-01'));
    return query
    select l.registratienummer, g.gelijkenis, coalesce(l.eck_id = p_eck_id, false)
    from leraar l cross join lateral naamgelijkenis(
        l.voornamen, l.roepnaam, l.achternaam, p_voornamen, p_roepnaam, p_achternaam) g (gelijkenis)
    where l.samengevoegd_met is null
      and (l.eck_id = p_eck_id or l.geboortedatum = p_geboortedatum and g.gelijkenis >= p_drempel)
    order by 3 desc, 2 desc, 1
    limit 20;
end $$;

-- The number of the living dossier behind a number and a geboortedatum, or nothing: a wrong date answers as an unknown number.
-- Holds that dossier until the end of the transaction, so that no merge takes it away meanwhile.
create function leraar_bij_nummer(p_registratienummer text, p_geboortedatum date) returns text
language sql volatile security definer set search_path = public, pg_temp as $$
    select l.registratienummer from leraar l
    where l.registratienummer = coalesce((select s.naar from samenvoeging s where s.van = p_registratienummer), p_registratienummer)
      and l.samengevoegd_met is null
      and exists (select from leraar o where o.registratienummer in (p_registratienummer, l.registratienummer)
                  and o.geboortedatum = p_geboortedatum)
    for key share of l
$$;

-- Functions are open to everyone by default; these are for the application only.
revoke execute on function leraar_kandidaten, leraar_bij_nummer from public;
grant execute on function leraar_kandidaten, leraar_bij_nummer to register_app;
