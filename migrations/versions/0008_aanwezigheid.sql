-- A text for comparing words in Dutch, with what the stemmer of PostgreSQL leaves apart taken away beforehand, of a text and of a
-- question alike: case and diacritics; the s or 's of a plural after a vowel; double consonants, v and z before an ending; s after a
-- consonant. So cursus and cursussen, proces and processen, studie and studies, strategie and strategieën, creatief and creatieve, keuze
-- and keuzes, toets and toetsen are each one word to it.
create function zoekvorm(tekst text) returns text language sql immutable strict parallel safe as $$
    select regexp_replace(
           regexp_replace(
           regexp_replace(
           regexp_replace(
           regexp_replace(
           regexp_replace(
           regexp_replace(
           regexp_replace(
               lower(public.unaccent('public.unaccent', tekst)),
               '(\w)''s\M', '\1', 'g'),
               '(ee|ie)en\M', '\1', 'g'),
               'essen\M', 'es', 'g'),
               '(ie|[aeiouy]\w*[bcdfghjklmnpqrstvwxz]e)s\M', '\1', 'g'),
               '([bcdfgklmnprst])\1(e|en|er|ers|ing|ingen)\M', '\1\2', 'g'),
               '(aa|au|ee|ei|eu|ie|ij|oe|oo|ou|ui)v(e|en)\M', '\1f\2', 'g'),
               '(aa|au|ee|ei|eu|ie|ij|oe|oo|ou|ui)z(e|en)\M', '\1s\2', 'g'),
               '([bdfgklmnprt])sen\M', '\1s', 'g')
$$;
alter table aanbod alter column zoektekst set expression as (
    setweight(to_tsvector('dutch', zoekvorm(titel)), 'A') || setweight(to_tsvector('dutch', zoekvorm(coalesce(omschrijving, ''))), 'B'));

-- Which aanbod a question finds, and how well it fits (0 to 1). A function of the owner, because for others PostgreSQL would ask of every
-- aanbod whether they see it before it looked at any word, and never use the index. Nothing but keys: whoever asks reads on as themselves,
-- by those keys and not through the whole catalogue: `rows` says that they are few.
create function aanbod_gevonden(vraag text) returns table (id uuid, rang real)
    language sql stable rows 20 security definer set search_path = public, pg_temp as $$
    select o.id, ts_rank(o.zoektekst, q, 32) from aanbod o, websearch_to_tsquery('dutch', zoekvorm(vraag)) q where o.zoektekst @@ q
$$;
revoke execute on function aanbod_gevonden from public;
grant execute on function aanbod_gevonden to register_app;

-- Who withdrew an activiteit: what the leraar withdrew does not come back because somebody confirms it once more.
create function activiteit_intrekking() returns trigger language plpgsql as $$
begin
    if new.status <> 'ingetrokken' then
        new.ingetrokken_door := null;
    elsif tg_op = 'INSERT' or old.status <> 'ingetrokken' then
        new.ingetrokken_door := coalesce(nullif(current_setting('register.role', true), ''), 'beheer');
    end if;
    return new;
end $$;
create trigger intrekking before insert or update on activiteit for each row execute function activiteit_intrekking();

-- A family name for comparing: without case, diacritics, punctuation and voorvoegsels, wherever those stand; a name that is nothing
-- else, such as In or Op, is compared as it is.
create function achternaamvorm(naam text) returns text language sql immutable strict parallel safe as $$
    select regexp_replace(btrim(coalesce(
        nullif(btrim(public.vergelijknaam(naam)), ''), nullif(btrim(public.zoeknaam(naam)), ''), lower(naam))), ' +', ' ', 'g')
$$;

-- Whom a list of numbers and family names stands for: per place in the list (from 1) the number of the living dossier, merged ones
-- followed. A place of which anything is wrong is left out, whatever that is: no such number, another name, nobody that a bestuur sees.
-- Only for who may confirm attendance at this aanbod. Holds the aanbod and the dossiers until the end of the transaction, in one order,
-- so that neither judgement nor merge comes between.
create function aanwezigen_vinden(welk uuid, nummers text[], namen text[]) returns table (plaats integer, leraar text)
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    caller text := coalesce(current_setting('register.role', true), '');
begin
    perform from aanbod o
    where o.id = welk and o.beoordeling = 'gevalideerd'
      and (caller = 'bestuur' or caller = 'aanbieder' and o.aanbieder::text = current_setting('register.aanbieder', true))
    for share;
    if not found then
        return;
    end if;
    perform from leraar l
    where l.registratienummer in (
        select coalesce(s.naar, a.nummer) from unnest(nummers) a (nummer) left join samenvoeging s on s.van = a.nummer)
    order by l.registratienummer for key share;
    -- A statement of its own: a merge that the one above waited for shows now.
    return query
    with asked as (
        select a.plaats::integer as plaats, a.nummer, achternaamvorm(a.naam) as naam, coalesce(s.naar, a.nummer) as nu
        from unnest(nummers, namen) with ordinality a (nummer, naam, plaats) left join samenvoeging s on s.van = a.nummer
    ), held as materialized (
        select l.registratienummer, achternaamvorm(l.achternaam) as naam
        from leraar l
        where l.registratienummer in (select nu from asked) and l.samengevoegd_met is null
          and (caller = 'aanbieder' or exists (select from in_zicht z where z.leraar = l.registratienummer))
        order by l.registratienummer for key share
    )
    select a.plaats, h.registratienummer
    from asked a join held h on h.registratienummer = a.nu
    where h.naam = a.naam or exists (
        select from leraar o where o.registratienummer = a.nummer and achternaamvorm(o.achternaam) = a.naam)
    order by a.plaats;
end $$;

revoke execute on function aanwezigen_vinden from public;
grant execute on function aanwezigen_vinden to register_app;

-- An aanbieder sees the past of what it sees now: who was at its own aanbod.
create policy aanwezigheid on journal for select to register_app using (
    table_name = 'activiteit' and current_setting('register.role', true) = 'aanbieder'
    and exists (select from activiteit a where a.id = journal.object_id));
