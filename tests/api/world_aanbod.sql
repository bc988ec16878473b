delete from activiteit where aanbod is not null;
delete from aanbod;
delete from aanbieder where kvk_nummer not in ('69599068', '68750110');
insert into aanbod (id, aanbieder, soort, titel, omschrijving, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig,
                    zelfstudie, toets, geldig_vanaf, geldig_tot, beoordeling, beoordeeld_door, beoordeeld_op, afwijzing) values
    ('01890000-0000-7000-8000-000000000511', '01890000-0000-7000-8000-000000000501', 'cursus',
     'Formatief handelen "in de wiskundeles" \ Ünal', 'Vier bijeenkomsten.', 12.5, 4, 6.5, 2, 0, 3, true, '2023-08-01', '2199-12-31',
     'gevalideerd', '6041829379', '2023-07-01', null),
    ('01890000-0000-7000-8000-000000000512', '01890000-0000-7000-8000-000000000501', 'zelfstudie', 'Afgewezen cursus', null,
     3, 3, 0, 0, 0, 3, true, '2023-08-01', null, 'afgewezen', '6041829379', '2023-07-01', 'Te vaag'),
    ('01890000-0000-7000-8000-000000000513', '01890000-0000-7000-8000-000000000502', 'studiedag', 'Een andere dag', null,
     3, 0, 0, 0, 3, 0, false, '2020-01-01', null, 'gevalideerd', '6041829379', '2019-12-01', null);
insert into activiteit (id, leraar, gemeld_door, bestuur, aanbod, aanbieder, begindatum, einddatum, status, beoordeeld_op, soort,
                        titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig, zelfstudie, toets)
    select '01890000-0000-7000-8000-000000000521', '2657035144', 'bestuur', '41285', id, 'Stichting Proefscholing', '2023-10-02',
           '2023-10-23', 'goedgekeurd', '2023-11-01', soort, titel, registeruren, vakinhoudelijk, vakdidactisch, pedagogisch, overig,
           zelfstudie, toets
    from aanbod where id = '01890000-0000-7000-8000-000000000511';
