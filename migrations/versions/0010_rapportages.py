"""What reports may see of the register: views without names, for whoever may pull reports."""

from collections.abc import Iterator
from pathlib import Path

from alembic import op

revision = "0010"
down_revision = "0009"

# Of each register table the columns that a report may use, with their types, and the SQL of which rows a bestuur sees.
_LERAAR = "in (select z.leraar from public.in_zicht z)"
_OF_LERAAR = f"leraar {_LERAAR}"
_ORGANISATIE = "true"
_VIEWS = {
    "bestuur": ("nummer text, naam text", _ORGANISATIE),
    "partnerschap": ("naam text", _ORGANISATIE),
    "deelname": ("partnerschap_id uuid, bestuur text, begindatum date, einddatum date", _ORGANISATIE),
    "school": ("brin text, naam text, sector text, bestuur text", _ORGANISATIE),
    "vestiging": (
        "code text, brin text, sector text, naam text, plaats text, bestuur text, gesloten_op date",
        _ORGANISATIE,
    ),
    "regeling": ("sector text, geldig_vanaf date, geldig_tot date, waarden jsonb", _ORGANISATIE),
    "leraar": (
        "registratienummer text, geregistreerd_op date, samengevoegd_met text",
        f"registratienummer {_LERAAR}",
    ),
    "bevoegdheid": (
        "leraar text, soort text, vak text, behaald_op date, geldig_tot date, verificatie text",
        _OF_LERAAR,
    ),
    "aanstelling": (
        "leraar text, bestuur text, vestiging text, soort text, begindatum date, einddatum date, betrekkingsomvang numeric,"
        " reden_einde text",
        f"bestuur = (select rapportage.eigen_bestuur()) and {_OF_LERAAR}",
    ),
    "inductietraject": (
        "leraar text, sector text, startdatum date, regeling uuid, vervolg_op uuid, afgerond_op date, resultaat text,"
        " gestopt_op date, stop_reden text, vrijstelling_grond text, verwachte_einddatum date",
        _OF_LERAAR,
    ),
    "inductieperiode": (
        "traject uuid, leraar text, bestuur text, vestiging text, begindatum date, einddatum date",
        _OF_LERAAR,
    ),
    "inductieprogramma": (
        "traject uuid, leraar text, bestuur text, jaar integer, lesreductie numeric, werkdrukvermindering_gepland numeric,"
        " werkdrukvermindering_gerealiseerd numeric, enculturatie_gepland numeric, enculturatie_gerealiseerd numeric,"
        " professionele_ontwikkeling_gepland numeric, professionele_ontwikkeling_gerealiseerd numeric,"
        " observatie_en_begeleiding_gepland numeric, observatie_en_begeleiding_gerealiseerd numeric,"
        " intervisie_en_begeleiding_gepland numeric, intervisie_en_begeleiding_gerealiseerd numeric",
        _OF_LERAAR,
    ),
    "onderbreking": ("traject uuid, leraar text, begindatum date, einddatum date", _OF_LERAAR),
    "verlenging": ("traject uuid, leraar text, maanden integer, besluitdatum date", _OF_LERAAR),
    "begeleiding": ("traject uuid, leraar text, rol text, begindatum date, einddatum date", _OF_LERAAR),
    "observatie": ("traject uuid, leraar text, datum date", _OF_LERAAR),
    "voortgangsgesprek": ("traject uuid, leraar text, datum date", _OF_LERAAR),
    "activiteit": (
        "leraar text, gemeld_door text, bestuur text, begindatum date, einddatum date, status text, ingediend_op date,"
        " beoordeeld_op date, soort text, registeruren numeric, vakinhoudelijk numeric, vakdidactisch numeric,"
        " pedagogisch numeric, overig numeric",
        f"bestuur = (select rapportage.eigen_bestuur()) and {_OF_LERAAR}",
    ),
    "registratieperiode": ("leraar text, begindatum date, einddatum date, grond text", _OF_LERAAR),
    "uitstel": ("leraar text, periode uuid, maanden integer, besluitdatum date", "false"),
    "doorhaling": ("leraar text, vanaf date, tot date", _OF_LERAAR),
}  # fmt: skip
# Whether something is known, where what it is is nobody's business here: column, what it is made of.
_KNOWN = {"leraar": {"heeft_emailadres": "emailadres", "heeft_eck_id": "eck_id"}}


def upgrade() -> None:
    """Make the views."""
    sql = Path(__file__).with_name("0010_rapportages.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
    for table, (columns, own) in _VIEWS.items():
        for statement in _views(table, columns, own):
            op.execute(statement)
    op.execute("grant select on all tables in schema rapportage, rapportage_eigen to register_app")


def _views(table: str, columns: str, own: str) -> Iterator[str]:
    now, journaled = _now(table, columns), _journaled(table, columns)
    if own == _ORGANISATIE:
        may = own_now = own_journaled = "(select rapportage.mag_rapporten())"
    else:
        may, of_bestuur = "(select rapportage.mag_alles())", "(select rapportage.eigen_bestuur()) is not null and "
        own_now, own_journaled = of_bestuur + own, of_bestuur + _of_journal(own)
    yield f"create view rapportage.{table} as {now} where {may}"
    yield f"create view rapportage.{table}_journaal as {journaled} where {may}"
    yield f"create view rapportage_eigen.{table} as {now} where {own_now}"
    yield f"create view rapportage_eigen.{table}_journaal as {journaled} where {own_journaled}"


def _now(table: str, columns: str) -> str:
    names = ["id", *(column.split()[0] for column in columns.split(", "))]
    names += [f"{source} is not null as {name}" for name, source in _KNOWN.get(table, {}).items()]
    return f"select {', '.join(names)} from public.{table}"


def _journaled(table: str, columns: str) -> str:
    values = [_value(*column.split()) for column in columns.split(", ")]
    values += [f"state ->> '{source}' is not null as {name}" for name, source in _KNOWN.get(table, {}).items()]
    more = ", state -> 'verloop' -> 'standen' as standen" if table == "inductietraject" else ""
    return f"""select * from (
            select object_id as id, id as volgnummer, tx, state is null as verwijderd, dossier, bestuur as van_bestuur,
                   {", ".join(values)}{more}
            from public.journal where table_name = '{table}') rij"""


def _value(name: str, kind: str) -> str:
    return f"state -> '{name}' as {name}" if kind == "jsonb" else f"(state ->> '{name}')::{kind} as {name}"


def _of_journal(own: str) -> str:
    # A row that was deleted has no state; whose it was, the journal knows.
    return (
        own.replace("registratienummer in", "dossier in")
        .replace("leraar in", "dossier in")
        .replace("bestuur =", "van_bestuur =")
    )
