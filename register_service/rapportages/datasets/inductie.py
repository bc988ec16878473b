"""`inductie`: how the inductie of starters goes: where they stand, what is late, what it took (domain.md, Inductietraject)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from register_service.inductie import models
from register_service.inductie.rules import facts
from register_service.rapportages.dataset import Dataset, Row, Vraag, number, percentage, tabel_van
from register_service.rapportages.rules.grafiek import Grafiek
from register_service.rapportages.rules.tabel import TOTAAL, Kolom, Tabel, Waarde

# The criteria of the cao: the column of each, and what it is called.
CRITERIA: Final = dict(zip(models.CRITERIA, facts.CRITERIA.values(), strict=True))
KINDS: Final = {"gepland": "gepland", "gerealiseerd": "gerealiseerd"}
UREN: Final = {
    f"{criterium}_{kind}": f"{words}, {how}" for criterium, words in CRITERIA.items() for kind, how in KINDS.items()
}
# Induction years for which there is a norm of lesreductie.
JAREN: Final = (1, 2)
# What is overdue, the gravest first: each traject counts at the first that holds.
TE_LAAT: Final = {
    "afronding": "de verwachte einddatum is voorbij en het traject is niet afgerond",
    "voortgangsgesprek": "het voortgangsgesprek dat elke zes maanden gehouden wordt, is over tijd",
    "programma": "het programma van het lopende inductiejaar is niet vastgelegd",
}
LATE: Final = tuple(f"te_laat_{waarde}" for waarde in TE_LAAT)
LOPEND: Final = ("lopend_op_schema", *LATE)
BEHAALD: Final = ("behaald_op_tijd", "behaald_later")
STANDEN: Final = (*LOPEND, "onderbroken", *BEHAALD, "niet_behaald", "gestopt", "vrijgesteld")


def _each(template: str, values: Sequence[Any] | Mapping[str, str]) -> str:
    return ",\n        ".join(template.format(value) for value in values)


_ONDER_NORM = (
    "bool_or(p.lesreductie < (r.waarden -> 'lesreductie' ->> (p.jaar - 1))::numeric) "
    "filter (where p.jaar = {0}) as onder_norm_{0}"
)
QUERY: Final = f"""
-- Of who had more than one, the last counts.
laatste as (
    select distinct on (leraar) * from inductietraject where startdatum <= %(periode_tot)s
    order by leraar, startdatum desc, id desc),
traject as (
    select * from laatste
    where case when vrijstelling_grond is not null then startdatum >= %(periode_van)s
               else coalesce(afgerond_op, gestopt_op, 'infinity') >= %(periode_van)s end),
stand as (
    select traject, bool_or(soort = 'status' and waarde = 'onderbroken') as onderbroken,
        {_each("bool_or(soort = 'achterstallig' and waarde = '{0}') as {0}", TE_LAAT)}
    from inductiestand where soort in ('status', 'achterstallig') and %(periode_tot)s between vanaf and tot group by traject),
verblijf as (
    select distinct on (traject) traject, bestuur, vestiging from inductieperiode where begindatum <= %(periode_tot)s
    order by traject, begindatum desc, id desc),
-- Who is exempt, or has yet to be somewhere, has no stay: the aanstelling on the first day says where it is, the largest one.
zonder_verblijf as (
    select distinct on (t.id) t.id as traject, a.bestuur, a.vestiging
    from traject t join aanstelling a on a.leraar = t.leraar
        and t.startdatum between a.begindatum and coalesce(a.einddatum, 'infinity')
    where not exists (select from verblijf p where p.traject = t.id)
    order by t.id, a.betrekkingsomvang desc, a.vestiging, a.id),
plek as (select * from verblijf union all select * from zonder_verblijf),
-- Of the induction years that overlap the period.
programma as (
    select t.id as traject, count(*) as jaren,
        {_each("sum({0}) as {0}", UREN)},
        {_each("max(p.lesreductie) filter (where p.jaar = {0}) as lesreductie_{0}", JAREN)},
        {_each(_ONDER_NORM, JAREN)}
    from traject t join inductieprogramma p on p.traject = t.id
    left join regeling r on r.sector = t.sector
        and t.startdatum between r.geldig_vanaf and coalesce(r.geldig_tot, 'infinity')
    where t.startdatum + make_interval(years => p.jaar - 1) <= %(periode_tot)s
      and t.startdatum + make_interval(years => p.jaar) > %(periode_van)s
    group by t.id),
u as materialized (
    select t.startdatum, p.bestuur, p.vestiging, rapportage.schooljaar(t.startdatum) as cohort,
        (t.afgerond_op + 1 - t.startdatum) / 30.4375 as maanden,
        case when t.vrijstelling_grond is not null then 'vrijgesteld'
             when t.gestopt_op <= %(periode_tot)s then 'gestopt'
             when t.afgerond_op <= %(periode_tot)s then
                 case when t.resultaat <> 'behaald' then 'niet_behaald'
                      when t.afgerond_op <= coalesce(t.verwachte_einddatum, 'infinity') then 'behaald_op_tijd'
                      else 'behaald_later' end
             when s.onderbroken then 'onderbroken'
             {" ".join(f"when s.{waarde} then 'te_laat_{waarde}'" for waarde in TE_LAAT)}
             else 'lopend_op_schema' end as stand,
        g.*
    from traject t left join stand s on s.traject = t.id left join plek p on p.traject = t.id
    left join programma g on g.traject = t.id)
select {{key}} as sleutel, {{is_total}} as is_totaal, {{name}} as naam, count(*) as totaal,
    count(*) filter (where u.startdatum >= %(periode_van)s) as begonnen,
    {_each("count(*) filter (where u.stand = '{0}') as {0}", STANDEN)},
    avg(u.maanden) filter (where u.stand like 'behaald%%') as gemiddelde_duur,
    count(u.jaren) as met_programma,
    {_each("sum(u.{0}) / sum(u.jaren) as {0}", UREN)},
    {_each("count(*) filter (where not u.onder_norm_{0}) as op_norm_{0}", JAREN)},
    {_each("count(*) filter (where u.onder_norm_{0}) as onder_norm_{0}", JAREN)},
    {_each("avg(u.lesreductie_{0}) as lesreductie_{0}", JAREN)}
from {{units}} group by {{groups}}
"""


def _kolommen() -> Iterator[Kolom]:
    yield Kolom(TOTAAL, "Starters", "Leraren met een inductietraject dat in de periode liep, begon of eindigde.")
    yield Kolom("begonnen", "Begonnen", "Van hen begon het traject in de periode.", blok="instroom")
    yield from _standen()
    yield Kolom(
        "aandeel_te_laat", "Te laat", "Het deel van de lopende trajecten waarin iets over tijd is.",
        "percentage", van=LOPEND, eenheid="%",
    )  # fmt: skip
    yield Kolom(
        "aandeel_behaald_op_tijd", "Behaald op tijd", "Het deel van de behaalde trajecten dat op tijd is afgerond.",
        "percentage", van=BEHAALD, eenheid="%",
    )  # fmt: skip
    yield Kolom(
        "gemiddelde_duur", "Gemiddelde duur", "Kalendermaanden van begin tot afronding, van wie de inductie behaalde.",
        "gemiddelde", van=BEHAALD, eenheid="maanden", decimalen=1,
    )  # fmt: skip
    for name, words in UREN.items():
        yield Kolom(
            name, f"Uren {words}", f"Uren {words}: gemiddeld per inductiejaar waarvan een programma is vastgelegd.",
            "gemiddelde", van=(TOTAAL,), eenheid="uur", decimalen=1,
        )  # fmt: skip
    for jaar in JAREN:
        yield from _lesreductie(jaar)


def _standen() -> Iterator[Kolom]:
    titles = {
        "lopend_op_schema": ("Lopend, op schema", "Op de laatste dag loopt het traject en is er niets over tijd."),
        **{
            f"te_laat_{waarde}": (f"Te laat: {waarde}", f"Op de laatste dag loopt het traject, en {words}.")
            for waarde, words in TE_LAAT.items()
        },
        "onderbroken": ("Onderbroken", "Op de laatste dag is het traject onderbroken."),
        "behaald_op_tijd": ("Behaald op tijd", "In de periode behaald, uiterlijk op de verwachte einddatum."),
        "behaald_later": ("Behaald, later", "In de periode behaald, na de verwachte einddatum."),
        "niet_behaald": ("Niet behaald", "In de periode afgerond zonder dat de inductie is behaald."),
        "gestopt": ("Gestopt", "In de periode gestopt voor het einde."),
        "vrijgesteld": ("Vrijgesteld", "In de periode begonnen en vrijgesteld van inductie."),
    }
    for stand in STANDEN:
        yield Kolom(stand, *titles[stand], blok="stand")


def _lesreductie(jaar: int) -> Iterator[Kolom]:
    block = f"lesreductie_in_jaar_{jaar}"
    counts = (f"op_norm_{jaar}", f"onder_norm_{jaar}")
    yield Kolom(counts[0], f"Lesreductie jaar {jaar} op de norm", "De norm van de regeling, of meer.", blok=block)
    yield Kolom(
        counts[1], f"Lesreductie jaar {jaar} onder de norm", "Minder dan de norm: een signaal, geen fout.", blok=block
    )
    yield Kolom(
        f"lesreductie_{jaar}", f"Lesreductie jaar {jaar}", f"Gemiddelde lesreductie in inductiejaar {jaar}.",
        "gemiddelde", van=counts, eenheid="%", decimalen=1,
    )  # fmt: skip


KOLOMMEN: Final = tuple(_kolommen())
# Means over the programmes of fewer people would tell of one of them.
FEWEST: Final = 5


def _waarden(row: Row) -> dict[str, Waarde]:
    counts = {kolom.naam: row[kolom.naam] for kolom in KOLOMMEN if kolom.soort == "telling"}
    enough = row["met_programma"] >= FEWEST
    return {
        **counts,
        "aandeel_te_laat": percentage(sum(row[name] for name in LATE), sum(row[name] for name in LOPEND)),
        "aandeel_behaald_op_tijd": percentage(row["behaald_op_tijd"], sum(row[name] for name in BEHAALD)),
        "gemiddelde_duur": number(row["gemiddelde_duur"], 1),
        **{name: number(row[name] if enough else None, 1) for name in UREN},
        **{f"lesreductie_{jaar}": number(row[f"lesreductie_{jaar}"], 1) for jaar in JAREN},
    }


def maak(vraag: Vraag, rows: Sequence[Row]) -> Tabel:
    """Make the table of the rows of the query."""
    open_blocks = frozenset({"instroom", *(f"lesreductie_in_jaar_{jaar}" for jaar in JAREN)})
    return tabel_van(vraag.per, KOLOMMEN, rows, _waarden, open_blokken=open_blocks)


INDUCTIE: Final = Dataset(
    naam="inductie",
    titel="Inductie van starters",
    definitie="Hoe het gaat met de inductietrajecten die in de periode liepen: wie begon, wie op schema is of over tijd en "
    "waarmee, wie afrondde of stopte, en hoe de begeleiding zich verhoudt tot de norm.",
    toelichting=(
        "Elke leraar telt één keer, met het laatste traject dat uiterlijk op de laatste dag van de periode begon.",
        "Een traject telt bij het bestuur en de vestiging van het laatste verblijf, of van de aanstelling als er geen "
        "verblijf is; het cohort is het schooljaar van de start.",
        "Waar meer over tijd is, telt het eerste van: de afronding, het voortgangsgesprek, het programma.",
        "Wie nog moet beginnen, telt niet mee.",
    ),
    query=QUERY,
    tabellen=("inductietraject", "inductiestand", "inductieperiode", "inductieprogramma", "aanstelling", "regeling"),
    maak=maak,
    grafieken=(
        Grafiek(
            "gestapeld", "Waar de trajecten staan", STANDEN,
            "Per groep: hoe de trajecten er op de laatste dag van de periode voor staan.",
        ),
        Grafiek(
            "staven", "Lopende trajecten waarin iets over tijd is", ("aandeel_te_laat",),
            "Per groep: het deel van de lopende trajecten waarin iets over tijd is.",
        ),
        Grafiek(
            "kolommen", "Uren begeleiding per inductiejaar, gepland en gerealiseerd", tuple(UREN),
            "Voor alle groepen samen, gemiddeld per vastgelegd programma.",
        ),
    ),
)  # fmt: skip
