"""The query of `professionalisering`: status and course of everybody on one day, in whole sets.

The rules are those of registratie/rules (course, tally, voortgang); tests/rapportages/test_professionalisering.py holds this
against them, for the whole demo region and for lives made up. One pass over the facts gives how the registratie of each
stands (`stand`), one over what was done and worked how far everybody is (`geteld`). Everything is whole: hours are half hours,
work is in ten-thousandths of a day.
"""

from typing import Final

SECTORS: Final = ("po", "so", "vo", "mbo", "ho")
GEBIEDEN: Final = ("vakinhoudelijk", "vakdidactisch", "pedagogisch", "overig")
SOORTEN: Final = ("opleiding", "cursus", "studiedag", "conferentie", "binnenschools", "buitenschools", "zelfstudie")
# Quarters whose ends of periods are told apart, from the day after the period of the report on.
QUARTERS: Final = 8
# How the registratie of somebody stands; a registered one as the number of the quarter in which it ends, from 0.
LATER, ONDER_VOORWAARDEN, VERLOPEN, ASPIRANT, DOORGEHAALD = range(QUARTERS, QUARTERS + 5)

# The figures by day, as `norms.read_regelingen` reads them: the first hold before their day as well.
_NORMERING: Final = """
normering as materialized (
    select n.vanaf, lead(n.vanaf - 1, 1, 'infinity') over (order by n.vanaf) as tot, n.dag,
        c.waarden -> 'registrerendeSoorten' as soorten, (c.waarden ->> 'registratieJaren')::int as jaren,
        (c.waarden ->> 'voorwaardenMaanden')::int as voorwaarden, (c.waarden ->> 'registeruren')::int as registeruren,
        (c.waarden ->> 'primairUren')::int as primair, (c.waarden ->> 'werkuren')::int as werkuren,
        (c.waarden ->> 'jaaruren')::int as jaaruren, s.vakinhoudelijk
    from (select case when row_number() over (order by dag) = 1 then '-infinity' else dag end as vanaf, dag
          from (select distinct r.geldig_vanaf as dag from regeling r
                where r.geldig_vanaf >= (select min(a.geldig_vanaf) from regeling a where a.sector = 'alle')) d) n
    cross join lateral (select r.waarden from regeling r where r.sector = 'alle' and r.geldig_vanaf <= n.dag
                        order by r.geldig_vanaf desc limit 1) c
    cross join lateral (select jsonb_object_agg(v.sector, v.uren) as vakinhoudelijk from (
        select distinct on (r.sector) r.sector, r.waarden -> 'vakinhoudelijkUren' as uren from regeling r
        where r.sector <> 'alle' and r.geldig_vanaf <= n.dag order by r.sector, r.geldig_vanaf desc) v) s
),"""

# Of everybody in the register on the day: the last period that had begun, and whether bevoegd and doorgehaald.
_FEITEN: Final = """
feit as (
    select l.registratienummer as leraar, l.geregistreerd_op, null::date as begindatum, null::date as einddatum,
        null::int as bevoegd, null::int as doorgehaald
    from leraar l where l.samengevoegd_met is null and l.geregistreerd_op <= %(periode_tot)s
    union all select p.leraar, null, p.begindatum, p.einddatum, null, null
    from registratieperiode p where p.begindatum <= %(periode_tot)s
    union all select b.leraar, null, null, null, 1, null from bevoegdheid b
    where b.verificatie <> 'afgewezen' and b.behaald_op <= %(periode_tot)s
      and (b.geldig_tot is null or b.geldig_tot >= %(periode_tot)s) and b.soort in (
        select jsonb_array_elements_text(n.soorten) from normering n where %(periode_tot)s between n.vanaf and n.tot)
    union all select d.leraar, null, null, null, null, 1 from doorhaling d
    where d.vanaf <= %(periode_tot)s and (d.tot is null or d.tot >= %(periode_tot)s)
),"""

# The status, and the days whose requirements are looked at: `eerste` to `tot`, of a period to `eind` (`voortgang.Stretch`).
_STAND: Final = f"""
stand as materialized (
    select f.leraar, f.geregistreerd_op, s.stand, t.norm, t.eerste, t.tot, t.eind
    from (select leraar, max(geregistreerd_op) as geregistreerd_op, max(begindatum) as begindatum, max(einddatum) as einddatum,
                 max(bevoegd) as bevoegd, max(doorgehaald) as doorgehaald
          from feit group by leraar) f
    left join normering n on f.begindatum between n.vanaf and n.tot
    cross join lateral (select (extract(year from f.einddatum) * 4 + extract(quarter from f.einddatum)
        - extract(year from %(periode_tot)s::date + 1) * 4 - extract(quarter from %(periode_tot)s::date + 1))::int as kwartaal) k
    cross join lateral (select case
        when f.doorgehaald = 1 then {DOORGEHAALD}
        when f.bevoegd is null or f.begindatum is null then {ASPIRANT}
        -- One that ends on the day itself still holds on it.
        when f.einddatum >= %(periode_tot)s then greatest(0, least(k.kwartaal, {LATER}))
        when %(periode_tot)s < (f.einddatum + 1 + make_interval(months => n.voorwaarden))::date then {ONDER_VOORWAARDEN}
        else {VERLOPEN} end as stand) s
    left join lateral (
        select n.dag as norm, f.begindatum as eerste, %(periode_tot)s::date as tot, f.einddatum as eind
        where f.einddatum >= %(periode_tot)s or s.stand = {ONDER_VOORWAARDEN}
        union all
        select m.dag, (%(periode_tot)s - make_interval(years => m.jaren))::date,
            %(periode_tot)s::date - 1, %(periode_tot)s::date - 1
        from normering m where s.stand = {VERLOPEN} and %(periode_tot)s between m.vanaf and m.tot) t on true
    where f.geregistreerd_op is not null
),
begin as materialized (select min(eerste) as dag from stand),"""

# The largest aanstelling of the last day is the largest of these numbers: omvang, then the first vestiging, then the bestuur.
_GEDAAN: Final = """
nummer_vestiging as materialized (
    select code, sector, row_number() over (order by code desc) as nummer from vestiging),
nummer_bestuur as materialized (select nummer as bestuur, row_number() over (order by nummer desc) as nummer from bestuur),
gedaan as (
    select a.leraar, a.einddatum as vanaf, a.einddatum as tot, a.registeruren, a.overig, a.vakinhoudelijk,
        null::numeric as omvang, null as sector
    from activiteit a
    where a.status = 'goedgekeurd' and a.beoordeeld_op <= %(periode_tot)s
      and a.einddatum between (select dag from begin) and %(periode_tot)s
    union all
    select w.leraar, w.begindatum, coalesce(w.einddatum, 'infinity'), null, null, null, w.betrekkingsomvang, v.sector
    from aanstelling w join nummer_vestiging v on v.code = w.vestiging
    where w.begindatum <= %(periode_tot)s and (w.einddatum is null or w.einddatum >= (select dag from begin))
),"""


_MADE: Final = ("registeruren", *GEBIEDEN, *SOORTEN)
_NO_MADE: Final = ", ".join(["null::int"] * len(_MADE))
_NOT_COUNTED: Final = "null::int, null::int, null::int, null, null::int, null::int, null::bigint"

# Everything about everybody in one go: who it is, where, what counts for the course, and what was made in the period.
_GETELD: Final = f"""
geteld as (
    select leraar, max(stand) as stand, max(norm) as norm, max(eerste) as eerste, max(eind) as eind,
        max(geregistreerd_op) as geregistreerd_op, max(plaats) as plaats, sum(telt) as telt, sum(telt_overig) as telt_overig,
        sum(telt_vak) as telt_vak, sum(werk) as werk,
        {", ".join(f"sum(sector_werk) filter (where sector = '{s}') as werk_{s}" for s in SECTORS)},
        {", ".join(f"sum({name}) as {name}" for name in _MADE)}
    from (
        select leraar, stand, norm, eerste, eind, geregistreerd_op, null::int as telt, null::int as telt_overig,
            null::int as telt_vak, null as sector, null::int as werk, null::int as sector_werk, null::bigint as plaats,
            {", ".join(f"null::int as {name}" for name in _MADE)}
        from stand
        union all
        select s.leraar, null, null, null, null, null, (g.registeruren * 2)::int, (g.overig * 2)::int,
            (g.vakinhoudelijk * 2)::int, g.sector,
            (g.omvang * 10000)::int * (least(g.tot, s.tot) - greatest(g.vanaf, s.eerste) + 1),
            nullif((g.omvang * 10000)::int * greatest(least(g.tot, s.tot, s.eind) - greatest(g.vanaf, s.eerste) + 1, 0), 0), null,
            {_NO_MADE}
        from gedaan g join stand s on s.leraar = g.leraar and g.vanaf <= s.tot and g.tot >= s.eerste
        union all
        select w.leraar, null, null, null, null, null, {_NOT_COUNTED.removesuffix("null::bigint")}
            ((w.betrekkingsomvang * 10000)::bigint * 100000 + v.nummer) * 10000 + b.nummer, {_NO_MADE}
        from aanstelling w join nummer_vestiging v on v.code = w.vestiging join nummer_bestuur b on b.bestuur = w.bestuur
        where w.begindatum <= %(periode_tot)s and (w.einddatum is null or w.einddatum >= %(periode_tot)s)
        union all
        select a.leraar, null, null, null, null, null, {_NOT_COUNTED}, h.uren,
            {", ".join(f"(a.{gebied} * 2)::int" for gebied in GEBIEDEN)},
            {", ".join(f"case when a.soort = '{soort}' then h.uren end" for soort in SOORTEN)}
        from activiteit a cross join lateral (select (a.registeruren * 2)::int as uren) h
        where a.status = 'goedgekeurd' and a.einddatum between %(periode_van)s and %(periode_tot)s) alles
    group by leraar
),"""

# Of the sectors with most work the one that asks least: the largest of these numbers ends in 10000 less what is asked.
_ASKED: Final = ", ".join(
    f"g.werk_{sector} * 10001 + 10000 - coalesce((n.vakinhoudelijk ->> '{sector}')::int, 0)" for sector in SECTORS
)
_UNITS: Final = f"""
u as (
    select g.leraar, v.code as vestiging, b.bestuur, rapportage.schooljaar(g.geregistreerd_op) as cohort, g.stand,
        {", ".join(f"g.{name}" for name in _MADE)},
        coalesce(g.telt, 0) >= 2 * (n.registeruren * d.verstreken / d.lengte)
        and coalesce(g.telt - g.telt_overig, 0) >= 2 * (n.primair * d.verstreken / d.lengte)
        and coalesce(g.telt_vak, 0) >= 2 * ((10000 - coalesce(greatest({_ASKED}) %% 10001, 10000)) * d.verstreken / d.lengte)
        -- A year is 365.25 days of 10,000; hours of work are rounded up.
        and (coalesce(g.werk, 0) * n.jaaruren * 100 + 365249999) / 365250000 >= n.werkuren * d.verstreken / d.lengte as op_koers
    from geteld g
    left join normering n on n.dag = g.norm
    left join nummer_vestiging v on v.nummer = g.plaats / 10000 %% 100000
    left join nummer_bestuur b on b.nummer = g.plaats %% 10000
    cross join lateral (select g.eind - g.eerste + 1 as lengte,
                               least(%(periode_tot)s - g.eerste, g.eind - g.eerste) + 1 as verstreken) d
    where g.stand is not null
)"""

_COUNTED: Final = {
    **{f"verloopt_{n + 1}": n for n in range(QUARTERS)},
    "verloopt_later": LATER,
    "onder_voorwaarden": ONDER_VOORWAARDEN,
    "verlopen": VERLOPEN,
    "aspirant": ASPIRANT,
    "doorgehaald": DOORGEHAALD,
}
_SELECT: Final = f"""
select {{key}} as sleutel, {{name}} as naam, {{is_total}} as is_totaal, count(*) as totaal,
    {", ".join(f"count(*) filter (where u.stand = {code}) as {name}" for name, code in _COUNTED.items())},
    count(*) filter (where u.op_koers) as op_koers, count(*) filter (where u.op_koers is not true) as niet_op_koers,
    {", ".join(f"sum(u.{name}) as {name}" for name in _MADE)}
from {{units}} group by {{groups}}"""

# Everybody, one row each.
UNITS: Final = _NORMERING + _FEITEN + _STAND + _GEDAAN + _GETELD + _UNITS
QUERY: Final = UNITS + _SELECT
