"""The set-based statements of the DUO import (see importing.py). `duo_row` holds what the files say, one row per code.

A vestiging is open as long as it has no `gesloten_op`, or one after the peildatum: a closure announced for later stays.
"""

STAGE = (
    """create temporary table duo_row (
           code text primary key, brin text, sector text, naam text, soort text, straat text, huisnummer text,
           postcode text, plaats text, gemeente text, provincie text, denominatie text, internetadres text,
           onderwijsstructuur text, bestuur_nummer text, bestuur text) on commit drop""",
    "create temporary table duo_mentioned (sector text, code text, primary key (sector, code)) on commit drop",
)

COPY_ROWS = """
copy duo_row (code, brin, sector, naam, soort, straat, huisnummer, postcode, plaats, gemeente, provincie, denominatie,
              internetadres, onderwijsstructuur, bestuur_nummer) from stdin
"""

COPY_MENTIONED = "copy duo_mentioned (sector, code) from stdin"

# An empty cell says nothing, so the register keeps what it knows.
FIND_BESTUUR = """
update duo_row set bestuur = case
    when bestuur_nummer is null then (select v.bestuur from vestiging v where v.code = duo_row.code)
    else (select b.nummer from bestuur b where b.nummer = bestuur_nummer) end
"""

UNKNOWN_BESTUREN = """
select bestuur_nummer, count(*) from duo_row where bestuur_nummer is not null and bestuur is null
group by bestuur_nummer order by count(*) desc, bestuur_nummer
"""

COUNT_CLOSING = """
select v.sector, count(*) filter (where m.code is null and r.code is null), count(*)
from vestiging v
left join duo_mentioned m on m.sector = v.sector and m.code = v.code
left join duo_row r on r.code = v.code
where v.sector in (select sector from duo_mentioned) and (v.gesloten_op is null or v.gesloten_op > %(peildatum)s)
group by v.sector order by v.sector
"""

ADD_SCHOOLS = """
insert into school (brin, naam, sector, bestuur)
select distinct on (brin) brin, naam, sector, bestuur from duo_row r
where not exists (select from school s where s.brin = r.brin)
order by brin, code
"""

ADD_VESTIGINGEN = """
insert into vestiging (code, brin, sector, naam, soort, straat, huisnummer, postcode, plaats, gemeente, provincie,
                       denominatie, internetadres, onderwijsstructuur, bestuur)
select code, brin, sector, naam, soort, straat, huisnummer, postcode, plaats, gemeente, provincie,
       denominatie, internetadres, onderwijsstructuur, bestuur
from duo_row r where not exists (select from vestiging v where v.code = r.code)
order by code
"""

COUNT_REOPENED = "select count(*) from duo_row join vestiging v using (code) where v.gesloten_op <= %(peildatum)s"

CHANGE_VESTIGINGEN = """
update vestiging v
set brin = r.brin, sector = r.sector, naam = r.naam, soort = r.soort, straat = r.straat, huisnummer = r.huisnummer,
    postcode = r.postcode, plaats = r.plaats, gemeente = r.gemeente, provincie = r.provincie,
    denominatie = r.denominatie, internetadres = r.internetadres, onderwijsstructuur = r.onderwijsstructuur,
    bestuur = r.bestuur,
    gesloten_op = case when v.gesloten_op > %(peildatum)s then v.gesloten_op end
from duo_row r
where v.code = r.code and (
    v.gesloten_op <= %(peildatum)s
    or (v.brin, v.sector, v.naam, v.soort, v.straat, v.huisnummer, v.postcode, v.plaats, v.gemeente, v.provincie,
        v.denominatie, v.internetadres, v.onderwijsstructuur, v.bestuur)
       is distinct from
       (r.brin, r.sector, r.naam, r.soort, r.straat, r.huisnummer, r.postcode, r.plaats, r.gemeente, r.provincie,
        r.denominatie, r.internetadres, r.onderwijsstructuur, r.bestuur))
"""

CLOSE_VESTIGINGEN = """
update vestiging v set gesloten_op = %(peildatum)s
where v.sector in (select sector from duo_mentioned) and (v.gesloten_op is null or v.gesloten_op > %(peildatum)s)
and not exists (select from duo_mentioned m where m.sector = v.sector and m.code = v.code)
and not exists (select from duo_row r where r.code = v.code)
"""

# A school follows its main vestiging: the open one with the lowest code. A school with none open stays as it is.
CHANGE_SCHOOLS = """
update school s set naam = v.naam, sector = v.sector, bestuur = v.bestuur
from (select distinct on (brin) brin, naam, sector, bestuur from vestiging
      where (gesloten_op is null or gesloten_op > %(peildatum)s) and brin in (select brin from duo_row)
      order by brin, code) v
where v.brin = s.brin and (s.naam, s.sector, s.bestuur) is distinct from (v.naam, v.sector, v.bestuur)
"""
