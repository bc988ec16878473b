delete from bewijsstuk;
delete from activiteit where aanbod is null;
insert into activiteit (id, leraar, gemeld_door, bestuur, soort, titel, aanbieder, registeruren, vakinhoudelijk, vakdidactisch,
                        pedagogisch, overig, zelfstudie, toets, begindatum, einddatum, status, ingediend_op, beoordeeld_op,
                        beoordeeld_door, afwijzing, gedeeld) values
    ('01890000-0000-7000-8000-000000000600', '2657035144', 'bestuur', '41285', 'cursus', 'Cursus "Ünal" \ klassenmanagement',
     'Stichting Proefscholing', 12.5, 4, 6.5, 1.5, 0.5, 2, true, '2023-12-01', '2024-02-01', 'concept', null, null, null, null, false),
    ('01890000-0000-7000-8000-000000000601', '2657035144', 'bestuur', '41285', 'cursus', 'Cursus Unal klassenmanagement', null,
     3, 0, 0, 0, 3, 0, false, '2023-12-01', '2024-02-01', 'ingediend', '2024-02-02', null, null, null, false),
    ('01890000-0000-7000-8000-000000000602', '2657035144', 'leraar', null, 'zelfstudie', 'Gelezen', null, 1680, 1680, 0, 0, 0, 1680,
     true, '2020-08-01', '2020-08-01', 'afgewezen', '2020-09-01', '2020-10-01', '6041829379', 'Te veel uren voor een dag', true),
    ('01890000-0000-7000-8000-000000000603', '5789843618', 'bestuur', '41300', 'studiedag', 'Studiedag', null, 0.5, 0, 0, 0, 0.5, 0,
     false, '2024-01-01', '2024-01-01', 'concept', null, null, null, null, false);
insert into bewijsstuk (id, leraar, activiteit, sha256, mediatype, grootte, bestandsnaam) values
    ('01890000-0000-7000-8000-000000000610', '2657035144', '01890000-0000-7000-8000-000000000600', repeat('0a', 32),
     'application/pdf', 10485760, 'certificaat "Ünal".pdf'),
    ('01890000-0000-7000-8000-000000000611', '2657035144', '01890000-0000-7000-8000-000000000600', repeat('0b', 32),
     'image/png', 1, null),
    ('01890000-0000-7000-8000-000000000612', '2657035144', '01890000-0000-7000-8000-000000000601', repeat('0a', 32),
     'image/jpeg', 70000, 'foto.jpg');
