"""`behoud`: who still teaches in the region some years after beginning, when people leave, and why."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from register_service.core.days import add_months
from register_service.rapportages.dataset import Dataset, Row, Vraag, tabel_van
from register_service.rapportages.parameters import last_school_year
from register_service.rapportages.rules.behoud import INDUCTIE, JAREN, OPEN, REDENEN, STANDEN, Groep, kolommen, waarden
from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.overleving import Waarneming
from register_service.rapportages.rules.tabel import Tabel

# Longer than this without aanstelling is to have left; a report of the first years looks back as many cohorts.
GAP_MONTHS: Final = 12
COHORTS: Final = 5


def _each(template: str, values: Sequence[Any], between: str = ",\n        ") -> str:
    return between.join(template.format(value) for value in values)


def _months(of: str) -> str:
    """Give the SQL of the number of a day's month."""
    return f"(date_part('year', {of}) * 12 + date_part('month', {of}))::int"


# Who is away since is not known to have left: up to this day everybody is followed long enough to tell.
_FOLLOWED_TO: Final = f"(%(peildatum)s::date - interval '{GAP_MONTHS} months')::date"
_UNTIL: Final = f"({_FOLLOWED_TO} + 1)"
_AT: Final = """max(case when begindatum <= jaar_{0} and einddatum >= jaar_{0}
            then case when bestuur = eerste_bestuur then 3 when v.sector = e.sector then 2 else 1 end else 0 end) as na_{0}"""
# By one sort of all aanstellingen every row of a career knows the first one, the last day worked until then, and when the next
# one begins. What decides a tie is in the register itself, so that the answer is the same every time.
QUERY: Final = f"""
-- What follows from the day on which somebody began, once for each day: its month and day (29 February has its anniversaries
-- on the 28th), how many months were followed, and the anniversaries.
dag as materialized (
    select begin, any_value(maand) as maand, any_value(dag) as dag, any_value(rapportage.schooljaar(begin)) as cohort,
        any_value({_months(_UNTIL)} - maand - (date_part('day', {_UNTIL}) < dag)::int) as maanden,
        {_each("any_value((begin + interval '{0} years')::date) as jaar_{0}", JAREN)}
    from (select begin, {_months("begin")} as maand,
            date_part('day', begin - (to_char(begin, 'MMDD') = '0229')::int)::int as dag
        from (select day::date as begin from generate_series(%(periode_van)s::date::timestamp,
            least(%(periode_tot)s::date, %(peildatum)s::date)::timestamp, '1 day') day) dagen) dagen
    group by begin),
werk as (
    select a.leraar, a.begindatum, coalesce(a.einddatum, 'infinity') as einddatum, a.betrekkingsomvang, a.bestuur,
        a.vestiging, a.id,
        case a.reden_einde when 'buiten-regio' then 0 when 'buiten-onderwijs' then 1 when 'pensioen' then 2 else 3 end as reden
    from aanstelling a where a.soort <> 'in-opleiding' and a.begindatum <= %(peildatum)s),
loopbaan as (
    select leraar, begindatum, einddatum, bestuur, vestiging, reden,
        first_value(begindatum) over w as begin, first_value(bestuur) over w as eerste_bestuur,
        first_value(vestiging) over w as eerste_vestiging,
        max(einddatum) over w as tot, lead(begindatum) over w as volgende
    from werk window w as (partition by leraar order by begindatum, betrekkingsomvang desc, vestiging, id
        rows between unbounded preceding and current row)),
starter as (
    select leraar, any_value(begin) as begin, any_value(eerste_bestuur) as bestuur, any_value(eerste_vestiging) as vestiging,
        min(tot) filter (where tot <= {_FOLLOWED_TO}
            and coalesce(volgende > tot + interval '{GAP_MONTHS} months', true)) as vertrek,
        {_each(_AT, JAREN)},
        -- The last day worked and the reason of it in one number, of which the largest is wanted.
        max((least(einddatum, '9999-12-31') - date '0001-01-01')::bigint * 4 + 3 - reden) as laatste
    from loopbaan join dag using (begin)
    join plaats_vestiging v on v.code = vestiging join plaats_vestiging e on e.code = eerste_vestiging
    group by leraar),
behaald as (
    select distinct leraar from inductietraject where resultaat = 'behaald' and afgerond_op <= %(peildatum)s),
gevolgd as (
    select s.*, behaald.leraar is not null as inductie, dag.cohort, dag.maanden,
        case when s.laatste / 4 < %(peildatum)s - date '0001-01-01' then 3 - s.laatste %% 4 end as reden,
        case when s.vertrek is not null
            then {_months("s.vertrek")} - dag.maand - (date_part('day', s.vertrek) < dag.dag)::int end as weg_na
    from starter s join dag using (begin) left join behaald using (leraar)),
u as materialized (
    select bestuur, vestiging, cohort, inductie, reden, {_each("na_{0}", JAREN, ", ")},
        coalesce(weg_na < maanden, false) as vertrokken,
        case when maanden > 0 then least(weg_na, maanden - 1) end as maand
    from gevolgd)
select sleutel, is_totaal, max(naam) as naam, sum(aantal)::int as totaal, sum(inductie)::int as inductie,
    {_each("sum({0})::int as {0}", [f"na_{jaar}_{stand}" for jaar in JAREN for stand in range(len(STANDEN))])},
    {_each("sum(reden_{0})::int as reden_{0}", range(len(REDENEN)))},
    array_agg(maand order by maand) filter (where maand is not null) as maanden,
    array_agg(vertrokken order by maand) filter (where maand is not null) as vertrokken,
    array_agg(aantal - vertrokken order by maand) filter (where maand is not null) as gezien,
    (select count(*) from generate_series(1, {JAREN[-1]}) jaar
        where %(periode_tot)s::date + make_interval(years => jaar) <= %(peildatum)s)::int as bereikt
from (
    select {{key}} as sleutel, {{is_total}} as is_totaal, {{name}} as naam, u.maand, count(*)::int as aantal,
        count(*) filter (where u.inductie) as inductie, count(*) filter (where u.vertrokken)::int as vertrokken,
        {
    _each(
        "count(*) filter (where u.na_{0[0]} = {0[1]}) as na_{0[0]}_{0[1]}",
        [(jaar, stand) for jaar in JAREN for stand in range(len(STANDEN))],
    )
},
        {_each("count(*) filter (where u.reden = {0}) as reden_{0}", range(len(REDENEN)))}
    from {{units}} group by {{groups}}, u.maand) per_maand
group by sleutel, is_totaal
"""
_NOBODY: Final[Row] = {
    "sleutel": None, "is_totaal": True, "totaal": 0, "inductie": 0, "maanden": None, "bereikt": JAREN[-1],
    **{f"na_{jaar}_{stand}": 0 for jaar in JAREN for stand in range(len(STANDEN))},
    **{f"reden_{reden}": 0 for reden in range(len(REDENEN))},
}  # fmt: skip


def maak(vraag: Vraag, rows: Sequence[Row]) -> Tabel:
    """Make the table of the rows of the query; without any, nobody began."""
    # Rows by inductie say themselves who did.
    reached = rows[0]["bereikt"] if rows else JAREN[-1]
    shown = tuple(kolom for kolom in kolommen(reached) if kolom.blok != INDUCTIE or vraag.per != INDUCTIE)
    return tabel_van(vraag.per, shown, rows or [_NOBODY], _waarden, open_blokken=OPEN)


def _waarden(row: Row) -> Any:
    months = zip(row["maanden"], row["vertrokken"], row["gezien"], strict=True) if row["maanden"] else ()
    groep = Groep(
        totaal=row["totaal"],
        inductie_behaald=row["inductie"],
        standen=tuple(tuple(row[f"na_{jaar}_{stand}"] for stand in range(len(STANDEN))) for jaar in JAREN),
        redenen=tuple(row[f"reden_{reden}"] for reden in range(len(REDENEN))),
        maanden=tuple(Waarneming(*month) for month in months),
    )
    return waarden(groep, row["bereikt"])


def cohorts_of_five_years(today: date) -> tuple[date, date]:
    """Give the period of the cohorts of which five years are known, the newest five: when they began."""
    van, tot = last_school_year(today)
    years = JAREN[-1]
    return add_months(van, -12 * (years + COHORTS - 1)), add_months(tot, -12 * years)


BEHOUD: Final = Dataset(
    naam="behoud",
    titel="Behoud van leraren",
    definitie="Van de leraren van wie de eerste aanstelling in de regio in de periode begon (starters): waar zij precies 1 tot "
    "en met 5 jaar later werken, wanneer zij voor het eerst vertrokken, en waarom zij er niet meer zijn.",
    toelichting=(
        "De periode is die waarin de starters begonnen. De peildatum is de dag van het verzegelde tijdstip (beschikbaarOp): wat "
        "daarna gebeurt, telt niet mee.",
        "Een aanstelling in opleiding (stage) telt niet mee: wie daarna een gewone aanstelling krijgt, begint dan. Een "
        "zij-instromer telt wel mee.",
        "Een starter telt bij het bestuur, de vestiging, de sector en het schooljaar (cohort) van de eerste aanstelling; zijn "
        "dat er op de eerste dag meer, dan de grootste.",
        "Na 1 tot en met 5 jaar: gemeten op de dag zelf. Wie op die dag een aanstelling heeft bij het eerste bestuur, werkt bij "
        "hetzelfde bestuur; anders bij een ander bestuur in dezelfde sector; anders in een andere sector. Wie weg was en "
        "terugkwam, telt op de dag dat hij er is weer mee. Wie op die dag weg is, is in dat jaar vertrokken, of al eerder, of is "
        "er tijdelijk niet; daar staat ook wie nog niet lang genoeg weg is om vertrokken te heten.",
        "Een jaar dat nog niet voor alle starters in de periode voorbij is, staat op – (nog niet bekend).",
        "Vertrokken: voor het eerst langer dan twaalf maanden zonder aanstelling in de regio; dat telt vanaf de laatste werkdag. "
        "Wie korter dan twaalf maanden weg is, is nog niet vertrokken; daarom loopt de waarneming tot twaalf maanden voor de "
        "peildatum.",
        "De kans om nog niet vertrokken te zijn is die van Kaplan en Meier, per hele maand, met 95%-grenzen (variantie volgens "
        "Greenwood, log-log). Wie nog niet zo lang gevolgd is, telt mee zolang hij gevolgd is.",
        "Reden: van wie op de peildatum geen aanstelling heeft, de reden van het einde van de laatste. Ander bestuur in de regio "
        "staat bij overig of onbekend, want bij dat bestuur is geen aanstelling bekend.",
        "Met en zonder behaalde inductie: kies de uitsplitsing naar inductie. Let op: wie de inductie behaalde, was er toen "
        "nog. Dat deze starters langer blijven, zegt daarom niet dat het door de inductie komt.",
    ),
    query=QUERY,
    tabellen=("aanstelling", "inductietraject"),
    maak=maak,
    dimensies=("cohort", "sector", "partnerschap", "bestuur", "vestiging", "inductie"),
    grafieken=(
        Grafiek(
            "lijnen", "Nog niet vertrokken na 1 tot en met 5 jaar", tuple(f"overleving_{jaar}" for jaar in JAREN),
            "Per groep: de kans om na zoveel jaar nog niet uit de regio vertrokken te zijn, met 95%-grenzen.",
            punten=tuple(f"{jaar} jaar" for jaar in JAREN),
            banden=tuple((f"onder_{jaar}", f"boven_{jaar}") for jaar in JAREN),
        ),
        *(
            Grafiek(
                "gestapeld", f"Waar starters na {jaar} jaar zijn",
                (*(f"{stand}_{jaar}" for stand in reversed(STANDEN)), f"vertrek_{jaar}"),
                f"Per groep: waar de starters precies {jaar} jaar na hun begin werkten.",
            )
            for jaar in JAREN
        ),
        Grafiek(
            "kolommen", "Waarom starters er niet meer zijn", tuple(f"reden_{naam}" for naam in REDENEN),
            "Voor alle groepen samen: de reden van het einde van de laatste aanstelling.",
        ),
    ),
    periode=cohorts_of_five_years,
)  # fmt: skip
