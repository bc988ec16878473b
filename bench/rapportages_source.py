"""What the copies of the demo region are made from: its rows, once per region, and how a copy's row follows from one of them."""

from collections.abc import Iterable

from bench import data

# By table: the day on which the register knew of a row of it, in the order in which rows can go in.
COPIED = {
    "leraar": "x.geregistreerd_op",
    "bevoegdheid": "x.behaald_op",
    "aanstelling": "x.begindatum",
    "activiteit": "coalesce(x.ingediend_op, x.einddatum)",
    "registratieperiode": "x.begindatum",
    "uitstel": "(select p.begindatum from registratieperiode p where p.id = x.periode)",
    "doorhaling": "x.vanaf",
    "inductietraject": "x.startdatum",
    "inductieperiode": "x.begindatum",
    "onderbreking": "x.begindatum",
    "verlenging": "x.besluitdatum",
    "inductieprogramma": "(t.startdatum + make_interval(years => x.jaar - 1))::date",
    "begeleiding": "x.begindatum",
    "voortgangsgesprek": "x.datum",
}
_OF_TRAJECT = tuple(COPIED)[tuple(COPIED).index("inductieperiode") :]

# A copy's key differs in its first 16 bits, which tell the copy: earlier than the demo's own, and in order of the copies.
KEY_OF_FIRST = 16
_PREFIX = f"lpad(to_hex({KEY_OF_FIRST} + p.kopie), 4, '0')"
_KEY = f"overlay({{}}::text placing {_PREFIX} from 1 for 4)::uuid"
_KEYS = ("id", "traject", "periode", "vervolg_op")
_SOMEBODY = ("begeleider", "leidinggevende", "beoordeeld_door")
_OTHERWISE = {
    "registratienummer": "p.nieuw",
    "leraar": "p.nieuw",
    "emailadres": "replace(x.emailadres, '@', '.' || p.kopie || '@')",
    "eck_id": "x.eck_id || '-' || p.kopie",
    "personeelsnummer": "x.personeelsnummer || '-' || p.kopie",
    "verloop": rf"""regexp_replace(x.verloop::text, '"id": "[0-9a-f]{{4}}', '"id": "' || {_PREFIX}, 'g')::jsonb""",
}


def selection(connection: data.Connection, table: str, condition: str) -> tuple[str, str]:
    """Give the columns of a table, and the select that makes the rows of copies: of whom (`p`) and from what (`x`) it holds."""
    columns = _columns(connection, table)
    somebody = next((column for column in columns if column in _SOMEBODY), None)
    other = f"left join bench.persoon o on o.kopie = p.kopie and o.oud = x.{somebody}" if somebody else ""
    key = "registratienummer" if table == "leraar" else "leraar"
    active = "and p.actief" if table == "activiteit" else ""
    select = f"""select {", ".join(map(_expression, columns))}
        from bench.persoon p join bench.{table} x on x.{key} = p.oud and x.regio = p.kopie % 3 {other}
        where {condition} {active} order by p.kopie, x.id"""
    return ", ".join(columns), select


def _expression(column: str) -> str:
    if column in _KEYS:
        return _KEY.format(f"x.{column}")
    if column in _SOMEBODY:
        return f"coalesce(o.nieuw, x.{column})"
    return _OTHERWISE.get(column, f"x.{column}")


def _columns(connection: data.Connection, table: str) -> list[str]:
    return [
        str(name)
        for (name,) in connection.execute(
            """select attname from pg_attribute
            where attrelid = %s::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum""",
            (table,),
        )
    ]


def _since(table: str) -> str:
    known = "x.geregistreerd_op" if table == "leraar" else "l.geregistreerd_op"
    begun = ", t.startdatum" if table in _OF_TRAJECT else ""
    return f"greatest({COPIED[table]}, {known}{begun})"


def _source(table: str) -> str:
    """Give the statements that make bench.`table`: the demo's rows once per region, with its besturen and vestigingen."""
    person = "" if table == "leraar" else "join leraar l on l.registratienummer = x.leraar"
    traject = "join inductietraject t on t.id = x.traject" if table in _OF_TRAJECT else ""
    key = "registratienummer" if table == "leraar" else "leraar"
    return f"""
    create table bench.{table} as select r as regio, {_since(table)} as sinds, x.*
    from {table} x {person} {traject} cross join generate_series(0, 2) r;
    create index on bench.{table} ({key}, regio);
    """


def _moved(column: str, plural: str, tables: Iterable[str]) -> str:
    return "".join(
        f"update bench.{table} x set {column} = m.nieuw from bench.{plural} m where m.regio = x.regio and m.oud = x.{column};"
        for table in tables
    )


_PREPARE = f"""
create schema bench;

-- Besturen, partnerschappen, scholen and vestigingen of the two other regions: copies under codes that DUO does not use.
create table bench.besturen as
select r as regio, nummer as oud,
       translate(left(nummer, 1), '49', case r when 1 then '57' else '68' end) || substr(nummer, 2) as nieuw
from bestuur, generate_series(1, 2) r;
create table bench.vestigingen as
with scholen as (select brin, dense_rank() over (order by brin) - 1 as plaats from vestiging v where bestuur is not null),
codes as (select distinct r as regio, brin,
    (40 + 20 * r + plaats / 676)::text || chr(65 + (plaats / 26 % 26)::int) || chr(65 + (plaats % 26)::int) as nieuw_brin
    from scholen, generate_series(1, 2) r)
select c.regio, v.code as oud, c.nieuw_brin || right(v.code, 2) as nieuw, v.brin, c.nieuw_brin
from codes c join vestiging v on v.brin = c.brin and v.bestuur is not null;
insert into bestuur (nummer, naam, lid_sinds)
select m.nieuw, b.naam || ', regio ' || m.regio, b.lid_sinds from bestuur b join bench.besturen m on m.oud = b.nummer;
insert into partnerschap (naam, opleidingen)
select p.naam || ', regio ' || r, p.opleidingen from partnerschap p, generate_series(1, 2) r;
insert into deelname (partnerschap_id, bestuur, begindatum, einddatum)
select n.id, m.nieuw, d.begindatum, d.einddatum from deelname d join partnerschap p on p.id = d.partnerschap_id
join bench.besturen m on m.oud = d.bestuur join partnerschap n on n.naam = p.naam || ', regio ' || m.regio;
insert into school (brin, naam, sector, bestuur)
select distinct on (m.nieuw_brin) m.nieuw_brin, s.naam, s.sector, b.nieuw
from bench.vestigingen m join school s on s.brin = m.brin left join bench.besturen b on b.regio = m.regio and b.oud = s.bestuur;
insert into vestiging (code, brin, sector, naam, soort, plaats, gemeente, provincie, denominatie, bestuur)
select m.nieuw, m.nieuw_brin, v.sector, v.naam, v.soort, v.plaats, v.gemeente, v.provincie, v.denominatie, b.nieuw
from bench.vestigingen m join vestiging v on v.code = m.oud join bench.besturen b on b.regio = m.regio and b.oud = v.bestuur;

{"".join(map(_source, COPIED))}

-- The course of a traject names besturen and vestigingen too.
create function bench.verplaatst(verloop jsonb, welke integer) returns jsonb language plpgsql as $$
declare
    tekst text := verloop::text;
    m record;
begin
    for m in select oud, nieuw from bench.besturen where regio = welke
             union all select oud, nieuw from bench.vestigingen where regio = welke loop
        tekst := replace(tekst, '"' || m.oud || '"', '"' || m.nieuw || '"');
    end loop;
    return tekst::jsonb;
end $$;
update bench.inductietraject set verloop = bench.verplaatst(verloop, regio) where regio > 0;
{_moved("bestuur", "besturen", ("aanstelling", "activiteit", *_OF_TRAJECT))}
{_moved("vestiging", "vestigingen", ("aanstelling", "inductieperiode"))}

-- Who is copied how often; of two in five the activiteiten are copied too.
create table bench.persoon (kopie integer, volgorde integer, oud text, nieuw text, actief boolean);
create table nummer (kopie integer, oud text, nieuw text);
create function bench.maak_kopieen(traject integer, few integer, many integer, hoeveel integer) returns void language sql as $$
    insert into bench.persoon (kopie, volgorde, oud, actief)
    select kopie, row_number() over (order by md5(registratienummer || kopie)), registratienummer,
           abs(hashtext(registratienummer || kopie)::bigint) % 100 < 44
    from (select registratienummer, case
              when exists (select from inductietraject t where t.leraar = registratienummer) then traject
              when (select count(*) from aanstelling a where a.leraar = registratienummer) <= 2 then few
              else many end as keren from leraar) l cross join lateral generate_series(1, keren) kopie
    order by kopie, registratienummer limit hoeveel
$$;
create function bench.geef_nummers() returns void language sql as $$
    create unique index on bench.persoon (kopie, oud);
    update bench.persoon p set nieuw = n.nieuw from nummer n where n.kopie = p.kopie and n.oud = p.oud;
    drop table nummer;
$$;

-- What costs most per row is made anew when all rows are there: foreign keys, and indexes that no other constraint needs.
create table bench.opnieuw (soort text, weg text, terug text);
create procedure bench.zonder() language plpgsql as $$
declare
    r record;
begin
    insert into bench.opnieuw
    select contype, format('alter table %s drop constraint %I', conrelid::regclass, conname),
           format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    from pg_constraint where contype in ('f', 'x') and conrelid = any(TABLES)
    union all
    select 'i', format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    from pg_index where indrelid = any(TABLES) and indexrelid <> 'journal_tx_idx'::regclass
      and not exists (select from pg_constraint where conindid = indexrelid);
    for r in select weg from bench.opnieuw loop
        execute r.weg;
    end loop;
end $$;
"""

TABLES = (*COPIED, "inductiestand", "journal")
PREPARE = _PREPARE.replace("TABLES", f"""array[{", ".join(f"'{table}'::regclass" for table in TABLES)}]""")
