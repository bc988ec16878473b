insert into bestuur (nummer, naam, lid_sinds, lid_tot) values
    ('41285', 'Stichting Proefonderwijs A', '2019-01-01', '2030-12-31'), ('41300', 'Stichting Proefonderwijs B', null, null);
insert into partnerschap (id, naam, opleidingen) values
    ('01890000-0000-7000-8000-000000000001', 'Samen Proeven', '{HAN,"Radboud Docenten Academie"}'),
    ('01890000-0000-7000-8000-000000000011', 'Leeg Partnerschap', '{}');
insert into deelname (partnerschap_id, bestuur, begindatum, einddatum) values
    ('01890000-0000-7000-8000-000000000001', '41285', '2020-01-01', null),
    ('01890000-0000-7000-8000-000000000001', '41300', '2020-01-01', '2024-07-31');
insert into school (brin, naam, sector, bestuur) values
    ('00AA', 'De Proefschool', 'vo', '41285'), ('00BB', 'Zonder bestuur', 'po', null), ('00CC', 'School van B', 'vo', '41300'),
    ('00DI', 'School uit de voorbeelden van het document', 'vo', '41285');
insert into vestiging (code, brin, sector, naam, soort, straat, huisnummer, postcode, plaats, gemeente, provincie,
                       denominatie, internetadres, onderwijsstructuur, bestuur, gesloten_op) values
    ('00AA00', '00AA', 'vo', 'De Proefschool, hoofdvestiging', 'hoofdvestiging', 'Proefstraat', '1-a', '6511 AA', 'Nijmegen',
     'Nijmegen', 'Gelderland', 'Openbaar', 'www.proefschool.example', 'VWO/HAVO', '41285', null),
    ('00AA01', '00AA', 'vo', 'De Proefschool, gesloten', null, null, null, null, null, null, null, null, null, null, '41285',
     '2023-08-01'),
    ('00DI01', '00DI', 'vo', 'Vestiging uit de voorbeelden', null, null, null, null, null, null, null, null, null, null,
     '41285', null),
    ('00CC00', '00CC', 'vo', 'School van B', null, null, null, null, null, null, null, null, null, null, '41300', null);
insert into leraar (registratienummer, voornamen, roepnaam, voorvoegsel, achternaam, geboortedatum, emailadres, eck_id,
                    geregistreerd_op, samengevoegd_met) values
    ('2657035144', 'Zoë Ánne', 'Zoë', 'van der', 'Proefpersoon "Ünal" \ Zn', '1984-05-06', 'z.proef@school.example',
     'https://ketenid.nl/202601/proef', '2020-09-01', null),
    ('8501319231', 'Karel', null, null, 'Leeghwater', '1971-02-28', null, null, '2021-01-15', null),
    ('3799217887', 'Zoe', null, null, 'Proefpersoon', '1984-05-06', null, null, '2022-03-01', '2657035144'),
    ('5789843618', 'Bente', null, null, 'Vreemdeling', '1990-12-31', null, null, '2021-01-15', null),
    ('6041829379', 'Chris', null, null, 'Collega', '1975-03-03', null, null, '2021-01-15', null);
insert into samenvoeging (van, naar) values ('3799217887', '2657035144');
insert into koppeling (leraar, bestuur, vanaf, tot) values
    ('8501319231', '41285', '2021-01-15', '2199-12-31'), ('5789843618', '41300', '2021-01-15', '2199-12-31');
insert into bevoegdheid (id, leraar, soort, vak, behaald_op, geldig_tot, instelling, verificatie, geverifieerd_door,
                         geverifieerd_op, geverifieerd_tegen) values
    ('01890000-0000-7000-8000-000000000002', '2657035144', 'eerstegraads', 'duits', '2010-07-01', '2060-01-01',
     'Radboud Docenten Academie', 'geverifieerd', 'client:a', '2021-02-03', 'diplomaregister'),
    ('01890000-0000-7000-8000-000000000012', '2657035144', 'pabo', null, '2008-07-01', null, null, 'niet-geverifieerd',
     null, null, null),
    ('01890000-0000-7000-8000-000000000022', '5789843618', 'pabo', null, '2012-07-01', null, null, 'niet-geverifieerd',
     null, null, null);
insert into aanstelling (id, leraar, bestuur, vestiging, functie, soort, begindatum, einddatum, betrekkingsomvang,
                         personeelsnummer, reden_einde) values
    ('01890000-0000-7000-8000-000000000003', '2657035144', '41285', '00AA00', 'docent Duits', 'regulier', '2020-08-01', null,
     0.8125, 'P-001', null),
    ('01890000-0000-7000-8000-000000000013', '2657035144', '41285', '00AA01', 'docent', 'vervanging', '2019-08-01',
     '2020-07-31', 1, null, 'overig'),
    ('01890000-0000-7000-8000-000000000023', '5789843618', '41300', '00CC00', 'docent', 'zij-instroom', '2021-08-01', null,
     0.0001, 'P-001', null);
insert into client (client_id, naam, soort, bestuur, scopes) values
    ('a', 'HR van A', 'bestuur', '41285', '{}'), ('b', 'HR van B', 'bestuur', '41300', '{}'),
    ('k', 'Beheer', 'beheer', null, '{}'), ('weg', 'Ingetrokken', 'beheer', null, '{}');
update regeling set geldig_tot = '2019-12-31' where sector = 'vo';
insert into regeling (id, sector, geldig_vanaf, geldig_tot, waarden)
    select '01890000-0000-7000-8000-000000000004', sector, '2020-01-01', '2199-12-31', waarden from regeling where sector = 'vo';
insert into client (client_id, naam, soort, leraar, scopes) values ('l', 'persoonlijk token', 'leraar', '2657035144', '{}');
insert into aanbieder (id, kvk_nummer, naam, internetadres) values
    ('01890000-0000-7000-8000-000000000501', '69599068', 'Stichting Proefscholing', 'https://proefscholing.example'),
    ('01890000-0000-7000-8000-000000000502', '68750110', 'Een andere aanbieder', null);
insert into client (client_id, naam, soort, leraar, scopes) values ('v', 'persoonlijk token', 'validator', '6041829379', '{}');
insert into client (client_id, naam, soort, aanbieder, scopes) values
    ('p', 'Proefscholing', 'aanbieder', '01890000-0000-7000-8000-000000000501', '{}');
