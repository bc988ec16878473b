-- What the progress of a leraar follows from, made ready by the worker (docs/decisions/progress-kept-ready.md). No trigger keeps it:
-- whether it still holds is told by the journal, to which every change of a register table adds a row in its own transaction.

-- What all share (regelingen, schools) seldom changes: of most rows, the newest change of all tells that they have seen it.
create view geldende_voortgangstand as
select s.leraar, s.vanaf, s.tot, s.regels, s.stand from voortgangstand s
where not exists (
    select from journal j
    where j.dossier = s.leraar and j.tx >= pg_snapshot_xmin(s.gezien) and not pg_visible_in_snapshot(j.tx, s.gezien) offset 0)
  and (pg_snapshot_xmin(s.gezien) > coalesce((
    select max(j.tx) from journal j
    where j.dossier is null and j.table_name in ('regeling', 'school', 'vestiging')), '0') or not exists (
    select from journal j
    where j.dossier is null and j.table_name in ('regeling', 'school', 'vestiging')
      and j.tx >= pg_snapshot_xmin(s.gezien) and not pg_visible_in_snapshot(j.tx, s.gezien) offset 0));

-- The role of the service reads it through the function alone.
alter table voortgangstand enable row level security;

-- Of the leraren whom the caller sees; `stand` null: none that holds on the day, by these rules. One that holds is of a dossier
-- that is there and was not merged: that too would be in the journal. `offset 0`: looked up once, for both uses.
create function voortgangstanden(nummers text[], dag date, regels text) returns table (leraar text, stand text)
    language sql stable security definer set search_path = public, pg_temp as $$
    select n.leraar, n.stand
    from (
        select n as leraar, (
            select s.stand from geldende_voortgangstand s
            where s.leraar = n and dag between s.vanaf and s.tot and s.regels = voortgangstanden.regels) as stand
        from unnest(nummers) n offset 0) n
    where case current_setting('register.role', true)
        when 'bestuur' then exists (select from in_zicht z where z.leraar = n.leraar offset 0)
        when 'leraar' then n.leraar = current_setting('register.leraar', true)
        when 'beheer' then true
        else false end
      and (n.stand is not null or exists (
        select from leraar l where l.registratienummer = n.leraar and l.samengevoegd_met is null offset 0))
$$;
revoke execute on function voortgangstanden from public;
grant execute on function voortgangstanden to register_app;
-- It told how much was ever recorded about somebody, which nobody asks any more.
drop function registratieversies;

-- The views of 0001 that say who is in sight, with the same answers: in a subquery of its own a setting is read, and made a day or
-- a number of months, once for a statement and not for each aanstelling. Of many leraren at once that was half of the looking.
create or replace view zicht_aanstelling as
select bestuur, leraar,
       (begindatum - (select nullif(current_setting('register.zicht_vooraf', true), '')::interval))::date as vanaf,
       coalesce((einddatum + (select nullif(current_setting('register.zicht_achteraf', true), '')::interval))::date, 'infinity') as tot
from aanstelling where bestuur = current_setting('register.bestuur', true);
create or replace view in_zicht as
select leraar from zicht where (select nullif(current_setting('register.today', true), '')::date) between vanaf and tot;
