insert into inductietraject (id, leraar, sector, startdatum, regeling, vervolg_op, vrijstelling_grond, vrijstelling_motivering, gestopt_op,
                             stop_reden, verloop) values
    ('01890000-0000-7000-8000-000000000200', '2657035144', 'vo', '2021-09-01', '01890000-0000-7000-8000-000000000004', null, null, null,
     '2022-07-31', 'op-verzoek', '{}'),
    ('01890000-0000-7000-8000-000000000100', '2657035144', 'vo', '2023-09-01', '01890000-0000-7000-8000-000000000004',
     '01890000-0000-7000-8000-000000000200', null, null, null, null, '{}'),
    ('01890000-0000-7000-8000-000000000300', '8501319231', 'vo', '2021-09-01', '01890000-0000-7000-8000-000000000004', null,
     'elders-behaald', 'Inductie behaald in Utrecht', null, null, '{}'),
    ('01890000-0000-7000-8000-000000000400', '5789843618', 'vo', '2021-08-01', '01890000-0000-7000-8000-000000000004', null, null, null,
     null, null, '{}');
insert into inductieperiode (id, traject, leraar, bestuur, vestiging, begindatum, einddatum, gesloten_met_traject, leidinggevende,
                             leidinggevende_naam) values
    ('01890000-0000-7000-8000-000000000201', '01890000-0000-7000-8000-000000000200', '2657035144', '41285', '00AA00', '2021-09-01',
     '2022-07-31', true, null, null),
    ('01890000-0000-7000-8000-000000000101', '01890000-0000-7000-8000-000000000100', '2657035144', '41285', '00AA00', '2023-09-01', null,
     false, '6041829379', 'Tess Testman'),
    ('01890000-0000-7000-8000-000000000401', '01890000-0000-7000-8000-000000000400', '5789843618', '41300', '00CC00', '2021-08-01', null,
     false, null, null);
insert into onderbreking (id, traject, leraar, bestuur, soort, begindatum, einddatum) values
    ('01890000-0000-7000-8000-000000000102', '01890000-0000-7000-8000-000000000100', '2657035144', '41285', 'ziekte', '2024-01-08',
     '2024-03-31');
insert into verlenging (id, traject, leraar, bestuur, maanden, motivering, besluitdatum) values
    ('01890000-0000-7000-8000-000000000103', '01890000-0000-7000-8000-000000000100', '2657035144', '41285', 3, 'Meer tijd', '2025-06-02');
insert into inductieprogramma (id, traject, leraar, bestuur, jaar, lesreductie, enculturatie_gepland, enculturatie_gerealiseerd) values
    ('01890000-0000-7000-8000-000000000104', '01890000-0000-7000-8000-000000000100', '2657035144', '41285', 1, 20, 12.5, 999.99);
insert into begeleiding (id, traject, leraar, bestuur, rol, begeleider, begeleider_naam, begindatum, einddatum) values
    ('01890000-0000-7000-8000-000000000105', '01890000-0000-7000-8000-000000000100', '2657035144', '41285', 'coach', null, 'Kim Coach',
     '2023-09-01', '2024-07-31');
insert into observatie (id, traject, leraar, bestuur, datum, instrument, observator, observator_naam) values
    ('01890000-0000-7000-8000-000000000106', '01890000-0000-7000-8000-000000000100', '2657035144', '41285', '2024-05-14', 'ICALT',
     '6041829379', null);
insert into observatiescore (id, traject, leraar, observatie, scores, toelichting, gedeeld) values
    ('01890000-0000-7000-8000-000000000107', '01890000-0000-7000-8000-000000000100', '2657035144',
     '01890000-0000-7000-8000-000000000106', '{"heldere uitleg": 3.5}', 'Rustiger beginnen', true);
insert into voortgangsgesprek (id, traject, leraar, bestuur, datum, gevoerd_door) values
    ('01890000-0000-7000-8000-000000000108', '01890000-0000-7000-8000-000000000100', '2657035144', '41285', '2024-02-20', null);
insert into overname_instemming (id, traject, leraar, bestuur, gegeven_op) values
    ('01890000-0000-7000-8000-000000000109', '01890000-0000-7000-8000-000000000100', '2657035144', '41300', '2024-06-03');
