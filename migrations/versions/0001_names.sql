-- What the tables need before they can be made: extensions (all trusted: the database's owner may create them) and one function.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
create extension if not exists unaccent;

-- The role that serves requests. It owns nothing; whoever runs the service gives it a password.
do $$ begin
    if not exists (select from pg_roles where rolname = 'register_app') then
        create role register_app login nosuperuser nocreatedb nocreaterole noinherit nobypassrls;
    end if;
exception when duplicate_object or unique_violation then null;  -- another database of this cluster was just as fast
end $$;

-- A name without case, diacritics and punctuation. Immutable because the dictionary is named in full.
create function zoeknaam(naam text) returns text language sql immutable strict parallel safe as $$
    select lower(regexp_replace(public.unaccent('public.unaccent', naam), '[^[:alnum:] ]+', ' ', 'g'))
$$;
