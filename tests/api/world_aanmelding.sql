delete from koppelcode_secret;
delete from koppelcode;
insert into koppelcode (id, leraar, bestuur, uitgegeven_op, geldig_tot) values
    ('01890000-0000-7000-8000-000000000900', '2657035144', '41285', '2026-01-01 12:00:00.5+00', '2099-01-01 12:00:00.5+00');
insert into koppelcode_secret (koppelcode, hash) values ('01890000-0000-7000-8000-000000000900', '\x09');
