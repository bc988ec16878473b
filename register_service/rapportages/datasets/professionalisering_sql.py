"""The query of `professionalisering`: status and course of everybody on one day, in whole sets.

The rules are those of registratie/rules (course, tally, voortgang); tests/rapportages/test_professionalisering_rules.py holds
against them, for the whole demo region and for lives made up. One pass over the facts gives how the registratie of each
stands (`stand`), one each over what was worked and done how far everybody is. Everything that decides about somebody is whole:
hours are half hours, work is in ten-thousandths of a day.
"""

from typing import Final

from register_service.organisaties.models import SECTORS

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

# What holds on the day itself, and the days on which the quarters after that of the next day begin.
_NU: Final = f"""
nu as materialized (
    select n.dag, (%(periode_tot)s - make_interval(years => n.jaren))::date as eerste,
        array(select jsonb_array_elements_text(n.soorten)) as soorten,
        array(select (date_trunc('quarter', %(periode_tot)s::date + 1) + make_interval(months => 3 * q))::date
              from generate_series(1, {QUARTERS}) q) as kwartalen
    from normering n where %(periode_tot)s between n.vanaf and n.tot),"""

# The last period that had begun on the day, and whether bevoegd and doorgehaald then.
_FEITEN: Final = """
feit as (
    select p.leraar, p.begindatum, p.einddatum, null::int as bevoegd, null::int as doorgehaald
    from registratieperiode p where p.begindatum <= %(periode_tot)s
    union all select b.leraar, null, null, 1, null from bevoegdheid b
    where b.verificatie <> 'afgewezen' and b.behaald_op <= %(periode_tot)s
      and (b.geldig_tot is null or b.geldig_tot >= %(periode_tot)s) and b.soort = any ((select soorten from nu)::text[])
    union all select d.leraar, null, null, null, 1 from doorhaling d
    where d.vanaf <= %(periode_tot)s and (d.tot is null or d.tot >= %(periode_tot)s)
),"""

# Of everybody in the register on the day, the status, and the days whose requirements are looked at: `eerste` to `tot`, of a
# period to `eind` (`voortgang.Stretch`). Leraren come first, for of those PostgreSQL knows how many there are.
_STAND: Final = f"""
stand as materialized (
    -- `distinct` tells PostgreSQL that somebody is here once, of a moment in the past too.
    select distinct on (s.leraar) s.leraar, s.geregistreerd_op, s.stand, t.norm, t.eerste, t.tot, t.eind
    from (
        select l.registratienummer as leraar, l.geregistreerd_op, f.begindatum, f.einddatum, n.dag as norm, case
            when f.doorgehaald = 1 then {DOORGEHAALD}
            when f.bevoegd is null or f.begindatum is null then {ASPIRANT}
            -- One that ends on the day itself still holds on it.
            when f.einddatum >= %(periode_tot)s then width_bucket(f.einddatum, (select kwartalen from nu))
            when %(periode_tot)s < (f.einddatum + 1 + make_interval(months => n.voorwaarden))::date then {ONDER_VOORWAARDEN}
            else {VERLOPEN} end as stand
        from leraar l
        left join (select leraar, max(begindatum) as begindatum, max(einddatum) as einddatum, max(bevoegd) as bevoegd,
                          max(doorgehaald) as doorgehaald
                   from feit group by leraar) f on f.leraar = l.registratienummer
        left join normering n on f.begindatum between n.vanaf and n.tot
        where l.samengevoegd_met is null and l.geregistreerd_op <= %(periode_tot)s offset 0) s
    left join lateral (
        select s.norm, s.begindatum as eerste, %(periode_tot)s::date as tot, s.einddatum as eind
        where s.einddatum >= %(periode_tot)s or s.stand = {ONDER_VOORWAARDEN}
        union all
        select nu.dag, nu.eerste, %(periode_tot)s::date - 1, %(periode_tot)s::date - 1
        from nu where s.stand = {VERLOPEN}) t on true
),
begin as materialized (select min(eerste) as dag from stand),"""

# What was worked. The largest aanstelling of the last day is the largest of the numbers `plaats`: omvang, then the first
# vestiging, then the bestuur.
_WERK: Final = f"""
nummer_vestiging as materialized (
    select code, sector, row_number() over (order by code desc) as nummer from vestiging),
nummer_bestuur as materialized (select nummer as bestuur, row_number() over (order by nummer desc) as nummer from bestuur),
-- `distinct` tells PostgreSQL that a number is one vestiging. Else it expects millions of rows, and goes over the disk for them.
vestiging_van as materialized (select distinct on (nummer) nummer, code from nummer_vestiging),
bestuur_van as materialized (select distinct on (nummer) nummer, bestuur from nummer_bestuur),
werk as (
    select leraar, max(plaats) as plaats, sum(werk) as werk,
        {", ".join(f"sum(sector_werk) filter (where sector = '{s}') as werk_{s}" for s in SECTORS)}
    from (
        select w.leraar, v.sector,
            case when w.einddatum is null or w.einddatum >= %(periode_tot)s
                then (o.omvang::bigint * 100000 + v.nummer) * 10000 + b.nummer end as plaats,
            o.omvang * greatest(least(w.einddatum, s.tot) - greatest(w.begindatum, s.eerste) + 1, 0) as werk,
            nullif(o.omvang * greatest(least(w.einddatum, s.tot, s.eind) - greatest(w.begindatum, s.eerste) + 1, 0), 0)
                as sector_werk
        from aanstelling w join stand s on s.leraar = w.leraar
        join nummer_vestiging v on v.code = w.vestiging join nummer_bestuur b on b.bestuur = w.bestuur
        cross join lateral (select (w.betrekkingsomvang * 10000)::int as omvang) o
        where w.begindatum <= %(periode_tot)s
          and (w.einddatum is null or w.einddatum >= least(%(periode_tot)s, (select dag from begin)))) a
    group by leraar
),"""

# What counts for the course.
_GEDAAN: Final = """
gedaan as (
    select a.leraar, sum((a.registeruren * 2)::int) as telt, sum((a.overig * 2)::int) as telt_overig,
        sum((a.vakinhoudelijk * 2)::int) as telt_vak
    from activiteit a join stand s on s.leraar = a.leraar
    where a.status = 'goedgekeurd' and a.beoordeeld_op <= %(periode_tot)s and a.einddatum between s.eerste and s.tot
    group by a.leraar
),"""

# Of the sectors with most work the one that asks least: the largest of these numbers ends in 10000 less what is asked.
_ASKED: Final = ", ".join(
    f"g.werk_{sector} * 10001 + 10000 - coalesce((n.vakinhoudelijk ->> '{sector}')::int, 0)" for sector in SECTORS
)
# Everybody, one row each.
_PERSOON: Final = f"""
persoon as materialized (
    select s.leraar, s.stand, s.geregistreerd_op, g.plaats,
        coalesce(d.telt, 0) >= 2 * (n.registeruren * t.verstreken / t.lengte)
        and coalesce(d.telt - d.telt_overig, 0) >= 2 * (n.primair * t.verstreken / t.lengte)
        and coalesce(d.telt_vak, 0) >= 2 * ((10000 - coalesce(greatest({_ASKED}) %% 10001, 10000)) * t.verstreken / t.lengte)
        -- A year is 365.25 days of 10,000; hours of work are rounded up.
        and (coalesce(g.werk, 0) * n.jaaruren * 100 + 365249999) / 365250000 >= n.werkuren * t.verstreken / t.lengte as op_koers
    from stand s
    left join werk g on g.leraar = s.leraar
    left join gedaan d on d.leraar = s.leraar
    left join normering n on n.dag = s.norm
    cross join lateral (select s.eind - s.eerste + 1 as lengte,
                               least(%(periode_tot)s - s.eerste, s.eind - s.eerste) + 1 as verstreken) t
),
-- Spelling out a year takes longer than looking it up.
schooljaar as materialized (
    select d.dag, rapportage.schooljaar(d.dag) as jaar from (select distinct geregistreerd_op as dag from persoon) d),
u as not materialized (
    select p.leraar, v.code as vestiging, b.bestuur, j.jaar as cohort, p.stand, p.op_koers
    from persoon p
    left join schooljaar j on j.dag = p.geregistreerd_op
    left join vestiging_van v on v.nummer = p.plaats / 10000 %% 100000
    left join bestuur_van b on b.nummer = p.plaats %% 10000
)"""

# The hours made in the period, added up by group at once: a figure of a person by itself is asked nowhere.
_HOURS: Final = ("registeruren", *GEBIEDEN)
_UREN: Final = f""",
uren as (
    select l.sleutel, a.soort, {", ".join(f"sum(a.{name}) as {name}" for name in _HOURS)}
    from activiteit a join (select u.leraar, {{key}} as sleutel from {{units}} offset 0) l on l.leraar = a.leraar
    where a.status = 'goedgekeurd' and a.einddatum between %(periode_van)s and %(periode_tot)s
    group by l.sleutel, a.soort
),
gemaakt as (
    select coalesce(sleutel, '') as sleutel, grouping(sleutel) = 1 as is_totaal,
        {", ".join(f"sum({name}) as {name}" for name in _HOURS)},
        {", ".join(f"sum(registeruren) filter (where soort = '{name}') as {name}" for name in SOORTEN)}
    from uren group by grouping sets ((sleutel), ())
),"""

_COUNTED: Final = {
    **{f"verloopt_{n + 1}": n for n in range(QUARTERS)},
    "verloopt_later": LATER,
    "onder_voorwaarden": ONDER_VOORWAARDEN,
    "verlopen": VERLOPEN,
    "aspirant": ASPIRANT,
    "doorgehaald": DOORGEHAALD,
}
_SELECT: Final = f"""
telling as (
    select {{key}} as sleutel, {{name}} as naam, {{is_total}} as is_totaal, count(*) as totaal,
        {", ".join(f"count(*) filter (where u.stand = {code}) as {name}" for name, code in _COUNTED.items())},
        count(*) filter (where u.op_koers) as op_koers, count(*) filter (where u.op_koers is not true) as niet_op_koers
    from {{units}} group by {{groups}}
)
select t.*, {", ".join(f"m.{name}" for name in (*_HOURS, *SOORTEN))}
from telling t left join gemaakt m on m.is_totaal = t.is_totaal and m.sleutel = coalesce(t.sleutel, '')"""

UNITS: Final = _NORMERING + _NU + _FEITEN + _STAND + _WERK + _GEDAAN + _PERSOON
QUERY: Final = UNITS + _UREN + _SELECT
