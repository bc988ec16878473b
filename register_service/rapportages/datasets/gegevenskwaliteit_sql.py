"""What is missing, late or contradictory in the register: per kind what it is, what to do, and the SQL that finds it.

Used twice: counted, as a report, and one by one, as the work list of a bestuur.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Melding:
    """A kind of finding. Texts are Dutch. `object_soort`: what `object` is the key of. `sql` gives its rows: leraar, bestuur,
    vestiging, `sinds` (the day since which it is so, or by when something has to happen) and the key."""

    titel: str
    definitie: str
    wat_te_doen: str
    object_soort: str
    sql: str


# The day that it is about.
DAG: Final = "%(periode_tot)s::date"
TABELLEN: Final = (
    "leraar",
    "bevoegdheid",
    "aanstelling",
    "inductietraject",
    "inductiestand",
    "inductieperiode",
    "activiteit",
    "registratieperiode",
)

# `dienst`: who works where on the day. `plek`: per leraar the largest of these, or else what ended last, a year ago at most;
# of one table, for then PostgreSQL knows how many leraren to expect.
FACTS: Final = f"""
dienst as materialized (
    select id, leraar, bestuur, vestiging, soort, begindatum, betrekkingsomvang from aanstelling
    where begindatum <= {DAG} and coalesce(einddatum, 'infinity') >= {DAG}
    order by leraar),
geweest as (
    select id, leraar, bestuur, vestiging, einddatum, reden_einde from aanstelling
    where einddatum between {DAG} - interval '1 year' and {DAG} - 1),
plek as materialized (
    select distinct on (leraar) leraar, bestuur, vestiging, eerste_dag from (
        select leraar, bestuur, vestiging, id, einddatum, case when coalesce(einddatum, 'infinity') >= {DAG} then begindatum end
            as eerste_dag, betrekkingsomvang
        from aanstelling where begindatum <= {DAG} and coalesce(einddatum, 'infinity') >= {DAG} - interval '1 year') w
    order by leraar, eerste_dag is null, case when eerste_dag is null then einddatum end desc,
        case when eerste_dag is not null then betrekkingsomvang end desc, bestuur, vestiging, id),
bevoegd as materialized (
    select leraar, bool_or({DAG} between behaald_op and coalesce(geldig_tot, 'infinity')) as geldig, min(behaald_op) as eerste,
        max(geldig_tot) filter (where soort = 'geschiktheidsverklaring' and geldig_tot < {DAG}) as verlopen
    from bevoegdheid where verificatie <> 'afgewezen' group by leraar order by leraar),
verblijf as materialized (
    select distinct on (traject) traject, bestuur, vestiging from inductieperiode where begindatum <= {DAG}
    order by traject, begindatum desc, id desc)"""

_OF_TRAJECT: Final = f"""select s.leraar, p.bestuur, p.vestiging, s.vanaf, s.traject
    from inductiestand s join verblijf p on p.traject = s.traject
    where s.soort = '{{0}}' and s.waarde = '{{1}}' and {DAG} between s.vanaf and s.tot"""
_OF_LERAAR: Final = """select l.registratienummer, p.bestuur, p.vestiging, l.geregistreerd_op, l.id
    from leraar l join plek p on p.leraar = l.registratienummer where p.eerste_dag is not null and not l.{0}"""

# The gravest first: in the report a leraar counts at the first that holds.
MELDINGEN: Final[Mapping[str, Melding]] = {
    "zonder_bevoegdheid": Melding(
        "Geen bevoegdheid",
        "Een gewone aanstelling of vervanging zonder bevoegdheid die op de dag geldt.",
        "Voeg de bevoegdheid toe, of wijzig de soort van de aanstelling.",
        "aanstelling",
        """select d.leraar, d.bestuur, d.vestiging, d.begindatum, d.id
        from dienst d left join bevoegd b on b.leraar = d.leraar
        where d.soort in ('regulier', 'vervanging') and b.geldig is not true""",
    ),
    "verklaring_verlopen": Melding(
        "Geschiktheidsverklaring verlopen",
        "Een aanstelling als zij-instromer, terwijl de geschiktheidsverklaring is verlopen en er geen andere bevoegdheid geldt.",
        "Leg de behaalde bevoegdheid vast, of beëindig de aanstelling.",
        "aanstelling",
        """select d.leraar, d.bestuur, d.vestiging, b.verlopen + 1, d.id
        from dienst d join bevoegd b on b.leraar = d.leraar
        where d.soort = 'zij-instroom' and b.geldig is not true and b.verlopen is not null""",
    ),
    "vestiging_gesloten": Melding(
        "Aanstelling bij een gesloten vestiging",
        "De aanstelling loopt door, en de vestiging is gesloten.",
        "Zet de aanstelling op de vestiging waar de leraar nu werkt, of beëindig haar.",
        "aanstelling",
        f"""select d.leraar, d.bestuur, d.vestiging, greatest(v.gesloten_op, d.begindatum), d.id
        from dienst d join vestiging v on v.code = d.vestiging where v.gesloten_op <= {DAG}""",
    ),
    "verblijf_zonder_aanstelling": Melding(
        "Traject zonder aanstelling",
        "Een verblijf van het inductietraject waar geen aanstelling bij die vestiging achter staat.",
        "Vul de aanstelling aan, of sluit het verblijf.",
        "inductietraject",
        _OF_TRAJECT.format("signaal", "verblijf-zonder-aanstelling"),
    ),
    "starter_zonder_traject": Melding(
        "Starter zonder traject",
        "Bevoegd, drie maanden tot een jaar geleden voor het eerst aangesteld en korter dan drie jaar bevoegd, zonder "
        "inductietraject.",
        "Start een inductietraject, of leg de vrijstelling vast.",
        "aanstelling",
        f"""select d.leraar, d.bestuur, d.vestiging, d.begindatum, d.id
        from dienst d join bevoegd b on b.leraar = d.leraar
        where d.soort <> 'in-opleiding' and b.geldig and b.eerste > {DAG} - interval '3 years'
          and d.begindatum between {DAG} - interval '1 year' and {DAG} - interval '3 months'
          and not exists (select from aanstelling e
                          where e.leraar = d.leraar and e.soort <> 'in-opleiding' and e.begindatum < d.begindatum)
          and not exists (select from inductietraject t where t.leraar = d.leraar)""",
    ),
    "afronding_te_laat": Melding(
        "Afronding over tijd",
        "De verwachte einddatum van het traject is voorbij, en het is niet afgerond.",
        "Rond het traject af, verleng het of stop het.",
        "inductietraject",
        _OF_TRAJECT.format("achterstallig", "afronding"),
    ),
    "traject_zonder_coach": Melding(
        "Traject zonder coach",
        "Het traject loopt, en op de dag is er geen coach.",
        "Leg vast wie de coach is.",
        "inductietraject",
        _OF_TRAJECT.format("signaal", "coach-ontbreekt"),
    ),
    "gesprek_te_laat": Melding(
        "Voortgangsgesprek over tijd",
        "Een voortgangsgesprek van het traject is niet op tijd gehouden.",
        "Houd het gesprek, en leg de datum vast.",
        "inductietraject",
        _OF_TRAJECT.format("achterstallig", "voortgangsgesprek"),
    ),
    "programma_ontbreekt": Melding(
        "Geen inductieprogramma",
        "Voor het lopende inductiejaar is geen programma vastgelegd.",
        "Leg het programma van dit jaar vast.",
        "inductietraject",
        _OF_TRAJECT.format("achterstallig", "programma"),
    ),
    "registratie_loopt_af": Melding(
        "Registratie loopt af",
        "De registratieperiode eindigt binnen zes maanden, en er is geen volgende.",
        "Bespreek met de leraar wat er nog nodig is voor de herregistratie.",
        "registratieperiode",
        f"""select r.leraar, p.bestuur, p.vestiging, r.einddatum, r.id
        from registratieperiode r join plek p on p.leraar = r.leraar
        where p.eerste_dag is not null and r.einddatum between {DAG} and {DAG} + interval '6 months'
          and not exists (select from registratieperiode n where n.leraar = r.leraar and n.begindatum > r.einddatum)""",
    ),
    "activiteit_wacht": Melding(
        "Activiteit wacht lang",
        "Een ingediende activiteit is na zes weken nog niet beoordeeld.",
        "Vraag de beheerder om een validator; kijk na of het bewijsstuk erbij zit.",
        "activiteit",
        f"""select a.leraar, p.bestuur, p.vestiging, a.ingediend_op, a.id from activiteit a join plek p on p.leraar = a.leraar
        where a.status = 'ingediend' and a.ingediend_op < {DAG} - 42""",
    ),
    "bevoegdheid_ongeverifieerd": Melding(
        "Bevoegdheid niet geverifieerd",
        "Een bevoegdheid die drie maanden nadat zij in het register kon staan nog niet met de bron is vergeleken.",
        "Vergelijk haar met het diploma of het diplomaregister, en leg de verificatie vast.",
        "bevoegdheid",
        f"""select b.leraar, p.bestuur, p.vestiging, greatest(b.behaald_op, l.geregistreerd_op), b.id
        from bevoegdheid b join plek p on p.leraar = b.leraar join leraar l on l.registratienummer = b.leraar
        where p.eerste_dag is not null and b.verificatie = 'niet-geverifieerd'
          and greatest(b.behaald_op, l.geregistreerd_op) < {DAG} - interval '3 months'""",
    ),
    "einde_zonder_reden": Melding(
        "Einde zonder reden",
        "Een aanstelling die in het afgelopen jaar eindigde zonder reden, terwijl de leraar er niet meer werkt.",
        "Vul bij de aanstelling de reden van het einde in.",
        "aanstelling",
        """select g.leraar, g.bestuur, g.vestiging, g.einddatum, g.id from geweest g
        where g.reden_einde is null
          and not exists (select from dienst d where d.leraar = g.leraar and d.bestuur = g.bestuur)""",
    ),
    "zonder_emailadres": Melding(
        "Geen e-mailadres",
        "Van de leraar is geen e-mailadres bekend; berichten over de registratie komen niet aan.",
        "Vul het e-mailadres in.",
        "leraar",
        _OF_LERAAR.format("heeft_emailadres"),
    ),
    "zonder_eck_id": Melding(
        "Geen ECK iD",
        "Van de leraar is geen ECK iD bekend; aanmelden kan alleen met een koppelcode.",
        "Vul het ECK iD in, of geef de leraar een koppelcode.",
        "leraar",
        _OF_LERAAR.format("heeft_eck_id"),
    ),
}  # fmt: skip


def _ranked() -> str:
    parts = (
        f"select {rang} as rang, leraar, bestuur, vestiging, sinds, object"
        f" from ({melding.sql}) m (leraar, bestuur, vestiging, sinds, object)"
        for rang, melding in enumerate(MELDINGEN.values())
    )
    return "\n    union all ".join(parts)


# Every finding, one row each, with its place in MELDINGEN.
FOUND: Final = f"{FACTS.strip()},\nmelding as materialized (\n    {_ranked()})"
