-- Whose dossier a person's token opens. The row of its client says so, not the token; and after a merge the dossier goes on as another,
-- so the token does too. The service's role reads no numbers from `client`: it asks for the one of the client that calls.
create function client_leraar(welke_client text) returns text
    language sql stable security definer set search_path = public, pg_temp as $$
    select coalesce(s.naar, c.leraar) from client c left join samenvoeging s on s.van = c.leraar where c.client_id = welke_client
$$;
revoke execute on function client_leraar from public;
grant execute on function client_leraar to register_app;

revoke select on client from register_app;
grant select (id, client_id, naam, soort, bestuur, scopes, jwks, ingetrokken_op) on client to register_app;

-- As in 0001, for a row with a leraar and not merely a column for one: a bestuur's client stays nobody's.
create or replace function journal_bestuur(table_name text, state jsonb) returns text language sql immutable parallel safe as $$
    select case when state ->> 'leraar' is not null then state ->> 'bestuur' end
$$;

-- The journal of such a row belongs to the dossier of the leraar, who may read it, and the keeper; when somebody got a token is
-- no business of a bestuur. On top of the policies that say who sees a dossier.
create policy persons on journal as restrictive for select to register_app using (
    table_name <> 'client' or current_setting('register.role', true) in ('leraar', 'beheer'));
