"""The query of `professionalisering`: status and course of everybody on one day, in whole sets.

The rules are those of registratie/rules (course, tally, voortgang); tests/rapportages/test_professionalisering_rules.py holds
against them, for the whole demo region and for lives made up. One pass over the facts gives how the registratie of each
stands (`stand`), one each over what was worked and done how far everybody is. Everything that decides about somebody is exact:
hours are decimals, work is in ten-thousandths of a day. Why all is in the order of leraren: docs/decisions/reports-in-order.md.
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
    select row_number() over (order by n.dag)::int as norm, n.dag,
        c.waarden -> 'registrerendeSoorten' as soorten, (c.waarden ->> 'registratieJaren')::int as jaren,
        (c.waarden ->> 'voorwaardenMaanden')::int as voorwaarden, (c.waarden ->> 'registeruren')::int as registeruren,
        (c.waarden ->> 'primairUren')::int as primair, (c.waarden ->> 'werkuren')::int as werkuren,
        (c.waarden ->> 'jaaruren')::int as jaaruren, s.vakinhoudelijk
    from (select distinct r.geldig_vanaf as dag from regeling r
          where r.geldig_vanaf >= (select min(a.geldig_vanaf) from regeling a where a.sector = 'alle')) n
    cross join lateral (select r.waarden from regeling r where r.sector = 'alle' and r.geldig_vanaf <= n.dag
                        order by r.geldig_vanaf desc limit 1) c
    cross join lateral (select jsonb_object_agg(v.sector, v.uren) as vakinhoudelijk from (
        select distinct on (r.sector) r.sector, r.waarden -> 'vakinhoudelijkUren' as uren from regeling r
        where r.sector <> 'alle' and r.geldig_vanaf <= n.dag order by r.sector, r.geldig_vanaf desc) v) s
),
-- The same in lists by `norm`: to pick from one is quicker than to join, of a million leraren.
normen as materialized (
    select array_agg(dag order by norm) as dagen, array_agg(voorwaarden order by norm) as voorwaarden,
        array_agg(registeruren order by norm) as registeruren, array_agg(primair order by norm) as primair
    from normering
),"""

# What holds on the day itself, and the days on which the quarters after that of the next day begin.
_NU: Final = f"""
nu as materialized (
    select n.norm, (%(periode_tot)s - make_interval(years => n.jaren))::date as eerste,
        array(select jsonb_array_elements_text(n.soorten)) as soorten,
        array(select (date_trunc('quarter', %(periode_tot)s::date + 1) + make_interval(months => 3 * q))::date
              from generate_series(1, {QUARTERS}) q) as kwartalen
    from normering n
    where n.norm = greatest(width_bucket(%(periode_tot)s::date, (select dagen from normen)), 1)),"""

# Of everybody in the register on the day, the status, and the days whose requirements are looked at: `eerste` to `tot`, of a
# period to `eind` (`voortgang.Stretch`).
_STAND: Final = f"""
stand as materialized (
    select s.leraar, s.geregistreerd_op, s.stand,
        case when s.in_periode then s.norm when s.stand = {VERLOPEN} then (select norm from nu) end as norm,
        case when s.in_periode then s.begindatum when s.stand = {VERLOPEN} then (select eerste from nu) end as eerste,
        case when s.in_periode then %(periode_tot)s::date when s.stand = {VERLOPEN} then %(periode_tot)s::date - 1 end as tot,
        case when s.in_periode then s.einddatum when s.stand = {VERLOPEN} then %(periode_tot)s::date - 1 end as eind
    from (
        select s.*, coalesce(s.einddatum >= %(periode_tot)s or s.stand = {ONDER_VOORWAARDEN}, false) as in_periode
        from (
            select l.registratienummer as leraar, l.geregistreerd_op, p.begindatum, p.einddatum, p.norm, case
                when d.leraar is not null then {DOORGEHAALD}
                when b.leraar is null or p.leraar is null then {ASPIRANT}
                -- One that ends on the day itself still holds on it.
                when p.einddatum >= %(periode_tot)s then width_bucket(p.einddatum, (select kwartalen from nu))
                when %(periode_tot)s < (p.einddatum + 1 + make_interval(
                    months => (select voorwaarden from normen)[p.norm]))::date then {ONDER_VOORWAARDEN}
                else {VERLOPEN} end as stand
            from leraar l
            left join (select leraar, max(begindatum) as begindatum, max(einddatum) as einddatum,
                           greatest(width_bucket(max(begindatum), (select dagen from normen)), 1) as norm
                       from registratieperiode where begindatum <= %(periode_tot)s group by leraar
            ) p on p.leraar = l.registratienummer
            left join (select leraar from bevoegdheid
                       where verificatie <> 'afgewezen' and behaald_op <= %(periode_tot)s
                         and (geldig_tot is null or geldig_tot >= %(periode_tot)s)
                         and soort = any ((select soorten from nu)::text[])
                       group by leraar) b on b.leraar = l.registratienummer
            left join (select leraar from doorhaling
                       where vanaf <= %(periode_tot)s and (tot is null or tot >= %(periode_tot)s)
                       group by leraar) d on d.leraar = l.registratienummer
            where l.samengevoegd_met is null and l.geregistreerd_op <= %(periode_tot)s
            order by l.registratienummer offset 0) s) s
    order by s.leraar
),
begin as materialized (select min(eerste) as dag from stand),"""

# The hours that count, and who has enough of them; of the others nothing more has to be known.
_GEDAAN: Final = """
gedaan as (
    select a.leraar, sum(a.vakinhoudelijk) as vakinhoudelijk, sum(a.vakdidactisch) + sum(a.pedagogisch) as didactisch,
        sum(a.overig) as overig
    from stand s join activiteit a on a.leraar = s.leraar
    where a.status = 'goedgekeurd' and a.beoordeeld_op <= %(periode_tot)s and a.einddatum between s.eerste and s.tot
      and a.einddatum >= (select dag from begin)
    group by a.leraar
),
genoeg as materialized (
    select s.leraar, s.norm, s.eerste, s.tot, s.eind, s.verstreken, s.lengte, coalesce(d.vakinhoudelijk, 0) as vakinhoudelijk
    from (select s.*, s.eind - s.eerste + 1 as lengte, least(%(periode_tot)s - s.eerste, s.eind - s.eerste) + 1 as verstreken
          from stand s where s.norm is not null) s
    left join gedaan d on d.leraar = s.leraar
    cross join lateral (select coalesce(d.vakinhoudelijk + d.didactisch, 0) as primair, coalesce(d.overig, 0) as overig) t
    where t.primair + t.overig >= (select registeruren from normen)[s.norm] * s.verstreken / s.lengte
      and t.primair >= (select primair from normen)[s.norm] * s.verstreken / s.lengte
    order by s.leraar
),"""

# What they worked, in ten-thousandths of a day, and in which sector.
_WERK: Final = f"""
werk as materialized (
    select w.leraar, sum(w.werk) as werk,
        {", ".join(f"sum(w.sector_werk) filter (where v.sector = '{s}') as werk_{s}" for s in SECTORS)}
    from (
        select w.leraar, w.vestiging,
            o.omvang * greatest(least(w.einddatum, s.tot) - greatest(w.begindatum, s.eerste) + 1, 0) as werk,
            nullif(o.omvang * greatest(least(w.einddatum, s.tot, s.eind) - greatest(w.begindatum, s.eerste) + 1, 0), 0)
                as sector_werk
        from genoeg s join aanstelling w on w.leraar = s.leraar
        cross join lateral (select (w.betrekkingsomvang * 10000)::int as omvang) o
        where w.begindatum <= %(periode_tot)s and (w.einddatum is null or w.einddatum >= (select dag from begin))) w
    join vestiging v on v.code = w.vestiging
    group by w.leraar order by w.leraar
),"""

# Of the sectors with most work the one that asks least: the largest of these numbers ends in 10000 less what is asked.
_ASKED: Final = ", ".join(
    f"g.werk_{sector} * 10001 + 10000 - coalesce((n.vakinhoudelijk ->> '{sector}')::int, 0)" for sector in SECTORS
)
# Everybody, one row each, at the largest aanstelling of the last day.
_PERSOON: Final = f"""
op_koers as materialized (
    select s.leraar from genoeg s join normering n on n.norm = s.norm left join werk g on g.leraar = s.leraar
    where s.vakinhoudelijk >= (10000 - coalesce(greatest({_ASKED}) %% 10001, 10000)) * s.verstreken / s.lengte
      -- A year is 365.25 days of 10,000; hours of work are rounded up.
      and (coalesce(g.werk, 0) * n.jaaruren * 100 + 365249999) / 365250000 >= n.werkuren * s.verstreken / s.lengte
    order by s.leraar
),
plaats as (
    select distinct on (leraar) leraar, vestiging, bestuur from aanstelling
    where begindatum <= %(periode_tot)s and (einddatum is null or einddatum >= %(periode_tot)s)
    order by leraar, betrekkingsomvang desc, vestiging, bestuur
),
-- Spelling out a year takes longer than looking it up.
schooljaar as not materialized (
    select geregistreerd_op as dag, rapportage.schooljaar(geregistreerd_op) as jaar from stand group by geregistreerd_op),
u as not materialized (
    select p.leraar, p.vestiging, p.bestuur, j.jaar as cohort, p.stand, p.op_koers
    from (select s.leraar, s.stand, s.geregistreerd_op, p.vestiging, p.bestuur, k.leraar is not null as op_koers
          from stand s left join plaats p on p.leraar = s.leraar left join op_koers k on k.leraar = s.leraar
          order by s.leraar offset 0) p
    left join schooljaar j on j.dag = p.geregistreerd_op
)"""

# The hours made in the period, added up by group at once: a figure of a person by itself is asked nowhere. That `registeruren`
# is the sum of the gebieden, the table itself sees to.
_HOURS: Final = ("registeruren", *GEBIEDEN)
_UREN: Final = f""",
eenheid as materialized (
    select u.leraar, {{key}} as sleutel, u.vestiging, u.bestuur, u.stand, u.op_koers from {{units}} order by u.leraar
),
uren as (
    select e.sleutel, a.soort, {", ".join(f"sum(a.{name}) as {name}" for name in GEBIEDEN)}
    from activiteit a join eenheid e on e.leraar = a.leraar
    where a.status = 'goedgekeurd' and a.einddatum between %(periode_van)s and %(periode_tot)s
    group by e.sleutel, a.soort
),
gemaakt as (
    select coalesce(sleutel, '') as sleutel, grouping(sleutel) = 1 as is_totaal,
        {", ".join(f"sum({name}) as {name}" for name in _HOURS)},
        {", ".join(f"sum(registeruren) filter (where soort = '{name}') as {name}" for name in SOORTEN)}
    from (select uren.*, {" + ".join(GEBIEDEN)} as registeruren from uren) u group by grouping sets ((sleutel), ())
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
geteld as materialized (
    select sleutel, any_value(vestiging) as vestiging, any_value(bestuur) as bestuur, stand, op_koers, count(*) as aantal
    from eenheid group by sleutel, stand, op_koers
),
telling as (
    select sleutel, nullif(sleutel, '') as cohort, any_value(vestiging) as vestiging, any_value(bestuur) as bestuur,
        grouping(sleutel) = 1 as is_totaal, coalesce(sum(aantal), 0)::int as totaal,
        {", ".join(f"coalesce(sum(aantal) filter (where stand = {code}), 0)::int as {name}" for name, code in _COUNTED.items())},
        coalesce(sum(aantal) filter (where op_koers), 0)::int as op_koers,
        coalesce(sum(aantal) filter (where not op_koers), 0)::int as niet_op_koers
    from geteld group by grouping sets ((sleutel), ())
)
-- What a group is called follows from anybody in it; a cohort is called as its key.
select u.*, {{label}} as naam, {", ".join(f"m.{name}" for name in (*_HOURS, *SOORTEN))}
from telling u {{joins}} left join gemaakt m on m.is_totaal = u.is_totaal and m.sleutel = coalesce(u.sleutel, '')"""

UNITS: Final = _NORMERING + _NU + _STAND + _GEDAAN + _WERK + _PERSOON
QUERY: Final = UNITS + _UREN + _SELECT
