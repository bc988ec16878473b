-- Who guides a starter is never the leraar himself, nor the one in charge there (domain.md, Begeleider). People are named by number or by
-- name, by besturen that do not see each other's facts: so these are functions of the owner, that tell no more than the rule needs.

-- The living dossier behind a number, or nothing when nobody has it.
create function leraar_achter(nummer text) returns text language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(s.naar, l.registratienummer) from leraar l left join samenvoeging s on s.van = l.registratienummer
    where l.registratienummer = nummer and current_setting('register.role', true) in ('bestuur', 'beheer')
$$;

-- The words of a name, as the matching of leraren compares them, in no order.
create function naamwoorden(naam text) returns text[] language sql immutable strict parallel safe as $$
    select array_agg(distinct woord order by woord) from regexp_split_to_table(vergelijknaam(naam), ' +') woord where woord <> ''
$$;

-- Whether a leraar goes by a name: with all voornamen, the first of them, or the roepnaam. Only of a leraar whom the caller sees: by
-- trying names nobody finds out what another's leraar is called.
create function heet_zo(nummer text, naam text) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select from leraar l
        where l.registratienummer = nummer
          and naamwoorden(naam) in (naamwoorden(l.voornamen || ' ' || l.achternaam), naamwoorden(l.roepnaam || ' ' || l.achternaam),
                                    naamwoorden(split_part(l.voornamen, ' ', 1) || ' ' || l.achternaam))
          and case current_setting('register.role', true)
                when 'bestuur' then exists (select from in_zicht z where z.leraar = nummer)
                when 'beheer' then true
                else false end)
$$;

-- Which begeleiders of a traject are in charge of a stay on a day that they guide.
create function begeleider_is_leidinggevende(welk uuid) returns table (begeleiding uuid, periode uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select b.id, p.id
    from begeleiding b join inductieperiode p on p.traject = b.traject
        and daterange(b.begindatum, b.einddatum, '[]') && daterange(p.begindatum, p.einddatum, '[]')
    where b.traject = welk and exists (select from inductiefeiten f where f.traject = welk)
      and (b.begeleider = p.leidinggevende or naamwoorden(b.begeleider_naam) = naamwoorden(p.leidinggevende_naam)
           or heet_zo(b.begeleider, p.leidinggevende_naam) or heet_zo(p.leidinggevende, b.begeleider_naam))
$$;

revoke execute on function leraar_achter, heet_zo, begeleider_is_leidinggevende from public;
grant execute on function leraar_achter, heet_zo, begeleider_is_leidinggevende to register_app;
