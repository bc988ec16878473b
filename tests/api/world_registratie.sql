delete from trekking;
delete from steekproef;
delete from bericht;
delete from uitstel;
delete from doorhaling;
delete from registratieperiode;
delete from verificatietoestemming;
insert into registratieperiode (id, leraar, begindatum, einddatum, grond) values
    ('01890000-0000-7000-8000-000000000700', '2657035144', '2020-09-01', '2024-08-31', 'eerste'),
    ('01890000-0000-7000-8000-000000000701', '2657035144', '2024-09-01', '2028-09-30', 'verlengd');
insert into uitstel (id, leraar, periode, maanden, motivering, besluitdatum) values
    ('01890000-0000-7000-8000-000000000710', '2657035144', '01890000-0000-7000-8000-000000000701', 1, 'Ziekte, "langdurig" \ Ü', '2026-01-31');
insert into bericht (id, leraar, periode, soort, einddatum, gemaakt_op, verzonden_op) values
    ('01890000-0000-7000-8000-000000000720', '2657035144', '01890000-0000-7000-8000-000000000700', 'zes-maanden', '2024-08-31',
     '2024-02-29', '2024-02-29 06:00:00.5+00'),
    ('01890000-0000-7000-8000-000000000721', '2657035144', '01890000-0000-7000-8000-000000000700', 'twaalf-weken', '2024-08-31',
     '2024-06-08', null);
insert into steekproef (id, vanaf, tot, peilmoment, size, root, zaad, methode, omvang, aantal) values
    ('01890000-0000-7000-8000-000000000730', '2024-01-01', '2024-12-31', '2024-12-31 12:00+00', 10, repeat('0a', 32), 'loterij', 'sha256-v1', 1, 1);
insert into trekking (id, steekproef, volgnummer, leraar, periode) values
    ('01890000-0000-7000-8000-000000000740', '01890000-0000-7000-8000-000000000730', 1, '2657035144', '01890000-0000-7000-8000-000000000701');
insert into verificatietoestemming (id, leraar, gegeven_op) values
    ('01890000-0000-7000-8000-000000000750', '2657035144', '2026-01-01');
