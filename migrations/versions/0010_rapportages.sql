-- Reports look at the register through views of the owner: past row-level security, and without names, days of birth and
-- addresses. Who may is asked once in a statement, not for each row. Those of schema `rapportage` show everybody, to whoever may
-- see everybody; those of `rapportage_eigen` show a bestuur its own. In one view of both, each row of everybody would be asked whose
-- it is, and the few of a bestuur would be looked for among all.
create schema rapportage;
create schema rapportage_eigen;
grant usage on schema rapportage, rapportage_eigen to register_app;

create function rapportage.mag_alles() returns boolean language sql stable parallel safe as
    $$ select coalesce(current_setting('register.role', true) in ('auditor', 'beheer'), false) $$;
create function rapportage.eigen_bestuur() returns text language sql stable parallel safe as
    $$ select case when current_setting('register.role', true) = 'bestuur'
        then nullif(current_setting('register.bestuur', true), '') end $$;
create function rapportage.mag_rapporten() returns boolean language sql stable parallel safe as
    $$ select rapportage.mag_alles() or rapportage.eigen_bestuur() is not null $$;

-- The school year of a day, from 1 August: 2025-2026.
create function rapportage.schooljaar(dag date) returns text language sql immutable parallel safe as
    $$ select extract(year from dag - interval '7 months')::integer
        || '-' || (extract(year from dag - interval '7 months')::integer + 1) $$;

-- Which objects were changed in which transaction; not how, nor by whom.
create view rapportage.journaal as
    select table_name, object_id, tx from public.journal where (select rapportage.mag_rapporten());

-- What holds of a traject from a day to a day: no table of the register, but what its `verloop` spells out.
create view rapportage.inductiestand as
    select traject as id, traject, leraar, soort, waarde, vanaf, tot from public.inductiestand
    where (select rapportage.mag_alles());
create view rapportage_eigen.inductiestand as
    select traject as id, traject, leraar, soort, waarde, vanaf, tot from public.inductiestand
    where (select rapportage.eigen_bestuur()) is not null and leraar in (select z.leraar from public.in_zicht z);
