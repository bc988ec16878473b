"""Aanbod, professionalisering and registratie: their tables, who sees what of them, their figures; validators and aanbieders."""

import json
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from register_service.journal.models import Xid8

revision = "0007"
down_revision = "0006"

# The figures of domain.md (RegisterLeraar; Schoolleidersregister PO; Besluit periodieke registratie Wet BIG).
FOR_ALL = {
    "registratieJaren": 4,
    "registeruren": 160,
    "primairUren": 100,
    "werkuren": 1328,
    "jaaruren": 1659,
    "voorwaardenMaanden": 6,
    "uitstelMaximaalMaanden": 24,
    "meldingMaanden": 6,
    "meldingWeken": 12,
    "registrerendeSoorten": ["pabo", "tweedegraads", "eerstegraads", "pdg", "beperkt", "erkend-buitenland"],
    "activiteitMaximaalUren": 1680,
    "aanbodMinimaalUren": 3,
    "gelijkenisTitel": 0.5,
}
ADD_FIGURES = """
update regeling set waarden = case sector when 'alle' then cast(:for_all as jsonb)
    else jsonb_build_object('vakinhoudelijkUren', case sector when 'vo' then 40 else 0 end) end || waarden
"""


def upgrade() -> None:
    """Add persons who judge and clients that offer, the tables, and the figures to every regeling there is."""
    create_tables()
    add_callers()
    for name in ("professionalisering", "steekproef", "registratiefeiten", "verificatie", "samenvoegen_registratie"):
        run_sql(f"0007_{name}.sql")
    context = json.dumps(
        {"actor": "migratie:0007", "event": "regeling.gewijzigd", "reason": "cijfers van de registratie"}
    )
    op.get_bind().execute(sa.text("select set_config('register.context', :context, true)"), {"context": context})
    op.get_bind().execute(sa.text(ADD_FIGURES), {"for_all": json.dumps(FOR_ALL)})


def run_sql(name: str) -> None:
    """Run a file of SQL that stands beside this one, as it is."""
    op.get_bind().exec_driver_sql(Path(__file__).with_name(name).read_text(encoding="utf-8").replace("%", "%%"))


def add_callers() -> None:
    """Let a client be an aanbieder, or a validator for a day; let who looks say why."""
    op.add_column("access_log", sa.Column("reason", sa.Text(), nullable=True))
    op.add_column("client", sa.Column("aanbieder", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("client_aanbieder_fkey"), "client", "aanbieder", ["aanbieder"], ["id"])
    for name in ("soort", "leraar"):
        op.drop_constraint(op.f(f"client_{name}_check"), "client")
    checks = {
        "soort": "soort in ('bestuur', 'beheer', 'auditor', 'aanbieder', 'leraar', 'validator')",
        "leraar": "(soort in ('leraar', 'validator')) = (leraar is not null)",
        "aanbieder": "(soort = 'aanbieder') = (aanbieder is not null)",
    }
    for name, check in checks.items():
        op.create_check_constraint(op.f(f"client_{name}_check"), "client", check)


def create_tables() -> None:
    """Create tables and indexes, as the models declare them."""
    op.create_table(
        "aanbieder",
        sa.Column("kvk_nummer", sa.Text(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("internetadres", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("kvk_nummer ~ '^[0-9]{8}$'", name=op.f("aanbieder_kvk_nummer_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("aanbieder_pkey")),
        sa.UniqueConstraint("kvk_nummer", name=op.f("aanbieder_kvk_nummer_key")),
    )
    op.create_table(
        "steekproef",
        sa.Column("vanaf", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=False),
        sa.Column("peilmoment", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("zaad", sa.Text(), nullable=False),
        sa.Column("methode", sa.Text(), nullable=False),
        sa.Column("omvang", sa.Integer(), nullable=False),
        sa.Column("aantal", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("aantal between 1 and omvang", name=op.f("steekproef_aantal_check")),
        sa.CheckConstraint("tot >= vanaf", name=op.f("steekproef_periode_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("steekproef_pkey")),
    )
    op.create_table(
        "aanbod",
        sa.Column("aanbieder", sa.Uuid(), nullable=False),
        sa.Column("omschrijving", sa.Text(), nullable=True),
        sa.Column("geldig_vanaf", sa.Date(), nullable=False),
        sa.Column("geldig_tot", sa.Date(), nullable=True),
        sa.Column("beoordeling", sa.Text(), server_default="open", nullable=False),
        sa.Column("beoordeeld_door", sa.Text(), nullable=True),
        sa.Column("beoordeeld_op", sa.Date(), nullable=True),
        sa.Column("afwijzing", sa.Text(), nullable=True),
        sa.Column(
            "zoektekst",
            postgresql.TSVECTOR(),
            sa.Computed(
                "setweight(to_tsvector('dutch', titel), 'A') || setweight(to_tsvector('dutch', coalesce(omschrijving, '')), 'B')",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("titel", sa.Text(), nullable=False),
        sa.Column("registeruren", sa.Numeric(precision=6, scale=1), nullable=False),
        sa.Column("vakinhoudelijk", sa.Numeric(precision=6, scale=1), nullable=False),
        sa.Column("vakdidactisch", sa.Numeric(precision=6, scale=1), nullable=False),
        sa.Column("pedagogisch", sa.Numeric(precision=6, scale=1), nullable=False),
        sa.Column("overig", sa.Numeric(precision=6, scale=1), nullable=False),
        sa.Column("zelfstudie", sa.Numeric(precision=6, scale=1), server_default=sa.text("0"), nullable=False),
        sa.Column("toets", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("(beoordeling = 'open') = (beoordeeld_op is null)", name=op.f("aanbod_beoordeeld_check")),
        sa.CheckConstraint("beoordeling <> 'afgewezen' or afwijzing is not null", name=op.f("aanbod_afwijzing_check")),
        sa.CheckConstraint(
            "beoordeling in ('open', 'gevalideerd', 'afgewezen')", name=op.f("aanbod_beoordeling_check")
        ),
        sa.CheckConstraint(
            "soort in ('opleiding', 'cursus', 'studiedag', 'conferentie', 'binnenschools', 'buitenschools', 'zelfstudie')",
            name=op.f("aanbod_soort_check"),
        ),
        sa.CheckConstraint(
            "2 * vakinhoudelijk % 1 = 0 and 2 * vakdidactisch % 1 = 0 and 2 * pedagogisch % 1 = 0 and 2 * overig % 1 = 0",
            name=op.f("aanbod_halve_uren_check"),
        ),
        sa.CheckConstraint("geldig_tot >= geldig_vanaf", name=op.f("aanbod_geldigheid_check")),
        sa.CheckConstraint(
            "least(vakinhoudelijk, vakdidactisch, pedagogisch, overig, zelfstudie) >= 0", name=op.f("aanbod_uren_check")
        ),
        sa.CheckConstraint(
            "registeruren = vakinhoudelijk + vakdidactisch + pedagogisch + overig", name=op.f("aanbod_verdeling_check")
        ),
        sa.CheckConstraint("registeruren > 0 and registeruren <= 1680", name=op.f("aanbod_registeruren_check")),
        sa.CheckConstraint("zelfstudie <= registeruren", name=op.f("aanbod_zelfstudie_check")),
        sa.ForeignKeyConstraint(["aanbieder"], ["aanbieder.id"], name=op.f("aanbod_aanbieder_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aanbod_pkey")),
    )
    op.create_index("aanbod_aanbieder_idx", "aanbod", ["aanbieder"], unique=False)
    op.create_index("aanbod_zoek_idx", "aanbod", ["zoektekst"], unique=False, postgresql_using="gin")
    op.create_table(
        "doorhaling",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("vanaf", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=True),
        sa.Column("motivering", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("(leraar || ' ')"), "="),
            (sa.text("daterange(vanaf, tot, '[]')"), "&&"),
            using="gist",
            name="doorhaling_geen_overlap",
        ),
        sa.CheckConstraint("tot >= vanaf", name=op.f("doorhaling_periode_check")),
        sa.ForeignKeyConstraint(["leraar"], ["leraar.registratienummer"], name=op.f("doorhaling_leraar_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("doorhaling_pkey")),
    )
    op.create_index("doorhaling_leraar_idx", "doorhaling", ["leraar"], unique=False)
    op.create_table(
        "renewal_run",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("unseen_from", Xid8(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("renewal_run_pkey")),
    )
    op.create_table(
        "registratieperiode",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("begindatum", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=False),
        sa.Column("grond", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("(leraar || ' ')"), "="),
            (sa.text("daterange(begindatum, einddatum, '[]')"), "&&"),
            using="gist",
            name="registratieperiode_geen_overlap",
        ),
        sa.CheckConstraint(
            "grond in ('eerste', 'verlengd', 'hersteld', 'hervat')", name=op.f("registratieperiode_grond_check")
        ),
        sa.CheckConstraint("einddatum >= begindatum", name=op.f("registratieperiode_periode_check")),
        sa.ForeignKeyConstraint(["leraar"], ["leraar.registratienummer"], name=op.f("registratieperiode_leraar_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("registratieperiode_pkey")),
        sa.UniqueConstraint("id", "leraar", name="registratieperiode_leraar_key"),
        sa.UniqueConstraint("leraar", "begindatum", name="registratieperiode_begin_key"),
    )
    op.create_index("registratieperiode_einddatum_idx", "registratieperiode", ["einddatum", "leraar"], unique=False)
    op.create_table(
        "verificatietoestemming",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("gegeven_op", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["leraar"], ["leraar.registratienummer"], name=op.f("verificatietoestemming_leraar_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("verificatietoestemming_pkey")),
        sa.UniqueConstraint("leraar", name=op.f("verificatietoestemming_leraar_key")),
    )
    op.create_table(
        "activiteit",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("gemeld_door", sa.Text(), nullable=False),
        sa.Column("bestuur", sa.Text(), nullable=True),
        sa.Column("aanbod", sa.Uuid(), nullable=True),
        sa.Column("aanbieder", sa.Text(), nullable=True),
        sa.Column("begindatum", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), server_default="concept", nullable=False),
        sa.Column("ingediend_op", sa.Date(), nullable=True),
        sa.Column("beoordeeld_op", sa.Date(), nullable=True),
        sa.Column("beoordeeld_door", sa.Text(), nullable=True),
        sa.Column("afwijzing", sa.Text(), nullable=True),
        sa.Column("gedeeld", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("titel", sa.Text(), nullable=False),
        sa.Column("registeruren", sa.Numeric(precision=6, scale=1), nullable=False),
        sa.Column("vakinhoudelijk", sa.Numeric(precision=6, scale=1), nullable=False),
        sa.Column("vakdidactisch", sa.Numeric(precision=6, scale=1), nullable=False),
        sa.Column("pedagogisch", sa.Numeric(precision=6, scale=1), nullable=False),
        sa.Column("overig", sa.Numeric(precision=6, scale=1), nullable=False),
        sa.Column("zelfstudie", sa.Numeric(precision=6, scale=1), server_default=sa.text("0"), nullable=False),
        sa.Column("toets", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("(gemeld_door = 'bestuur') = (bestuur is not null)", name=op.f("activiteit_bestuur_check")),
        sa.CheckConstraint("gemeld_door <> 'aanbieder' or aanbod is not null", name=op.f("activiteit_aanbod_check")),
        sa.CheckConstraint(
            "gemeld_door in ('leraar', 'bestuur', 'aanbieder')", name=op.f("activiteit_gemeld_door_check")
        ),
        sa.CheckConstraint(
            "soort in ('opleiding', 'cursus', 'studiedag', 'conferentie', 'binnenschools', 'buitenschools', 'zelfstudie')",
            name=op.f("activiteit_soort_check"),
        ),
        sa.CheckConstraint("status <> 'afgewezen' or afwijzing is not null", name=op.f("activiteit_afwijzing_check")),
        sa.CheckConstraint(
            "status <> 'ingediend' or ingediend_op is not null", name=op.f("activiteit_ingediend_check")
        ),
        sa.CheckConstraint(
            "status in ('concept', 'ingediend', 'goedgekeurd', 'afgewezen', 'ingetrokken')",
            name=op.f("activiteit_status_check"),
        ),
        sa.CheckConstraint(
            "status not in ('concept', 'ingediend') or coalesce(beoordeeld_op::text, beoordeeld_door, afwijzing) is null",
            name=op.f("activiteit_onbeoordeeld_check"),
        ),
        sa.CheckConstraint(
            "status not in ('goedgekeurd', 'afgewezen') or beoordeeld_op is not null",
            name=op.f("activiteit_beoordeeld_check"),
        ),
        sa.CheckConstraint(
            "2 * vakinhoudelijk % 1 = 0 and 2 * vakdidactisch % 1 = 0 and 2 * pedagogisch % 1 = 0 and 2 * overig % 1 = 0",
            name=op.f("activiteit_halve_uren_check"),
        ),
        sa.CheckConstraint("einddatum >= begindatum", name=op.f("activiteit_periode_check")),
        sa.CheckConstraint(
            "least(vakinhoudelijk, vakdidactisch, pedagogisch, overig, zelfstudie) >= 0",
            name=op.f("activiteit_uren_check"),
        ),
        sa.CheckConstraint(
            "registeruren = vakinhoudelijk + vakdidactisch + pedagogisch + overig",
            name=op.f("activiteit_verdeling_check"),
        ),
        sa.CheckConstraint("registeruren > 0 and registeruren <= 1680", name=op.f("activiteit_registeruren_check")),
        sa.CheckConstraint("zelfstudie <= registeruren", name=op.f("activiteit_zelfstudie_check")),
        sa.ForeignKeyConstraint(["aanbod"], ["aanbod.id"], name=op.f("activiteit_aanbod_fkey")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("activiteit_bestuur_fkey")),
        sa.ForeignKeyConstraint(["leraar"], ["leraar.registratienummer"], name=op.f("activiteit_leraar_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("activiteit_pkey")),
        sa.UniqueConstraint("id", "leraar", name="activiteit_leraar_key"),
    )
    op.create_index(
        "activiteit_aanwezig_key",
        "activiteit",
        ["aanbod", "leraar", "begindatum"],
        unique=True,
        postgresql_where=sa.text("status <> 'ingetrokken'"),
    )
    op.create_index(
        "activiteit_ingediend_idx",
        "activiteit",
        ["ingediend_op", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'ingediend'"),
    )
    op.create_index("activiteit_leraar_idx", "activiteit", ["leraar", "einddatum"], unique=False)
    op.create_table(
        "bericht",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("periode", sa.Uuid(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=False),
        sa.Column("gemaakt_op", sa.Date(), nullable=False),
        sa.Column("pogingen", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("bezig_sinds", sa.DateTime(timezone=True), nullable=True),
        sa.Column("afgegeven_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verzonden_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("vervallen_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("storing", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("soort in ('zes-maanden', 'twaalf-weken')", name=op.f("bericht_soort_check")),
        sa.ForeignKeyConstraint(
            ["periode", "leraar"],
            ["registratieperiode.id", "registratieperiode.leraar"],
            name="bericht_periode_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("bericht_pkey")),
        sa.UniqueConstraint("periode", "soort", "einddatum", name="bericht_eenmalig_key"),
    )
    op.create_index("bericht_leraar_idx", "bericht", ["leraar"], unique=False)
    op.create_index(
        "bericht_te_verzenden_idx",
        "bericht",
        ["id"],
        unique=False,
        postgresql_where=sa.text("verzonden_op is null and vervallen_op is null and afgegeven_op is null"),
    )
    op.create_table(
        "trekking",
        sa.Column("steekproef", sa.Uuid(), nullable=False),
        sa.Column("volgnummer", sa.Integer(), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("periode", sa.Uuid(), nullable=False),
        sa.Column("uitslag", sa.Text(), nullable=True),
        sa.Column("toelichting", sa.Text(), nullable=True),
        sa.Column("beoordeeld_door", sa.Text(), nullable=True),
        sa.Column("beoordeeld_op", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("uitslag in ('akkoord', 'niet-akkoord')", name=op.f("trekking_uitslag_check")),
        sa.CheckConstraint("(uitslag is null) = (beoordeeld_op is null)", name=op.f("trekking_beoordeeld_check")),
        sa.ForeignKeyConstraint(
            ["periode", "leraar"],
            ["registratieperiode.id", "registratieperiode.leraar"],
            name="trekking_periode_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["steekproef"], ["steekproef.id"], name=op.f("trekking_steekproef_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("trekking_pkey")),
        sa.UniqueConstraint("steekproef", "periode", name="trekking_periode_key"),
        sa.UniqueConstraint("steekproef", "volgnummer", name="trekking_volgnummer_key"),
    )
    op.create_index("trekking_leraar_idx", "trekking", ["leraar"], unique=False)
    op.create_table(
        "uitstel",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("periode", sa.Uuid(), nullable=False),
        sa.Column("maanden", sa.Integer(), nullable=False),
        sa.Column("motivering", sa.Text(), nullable=False),
        sa.Column("besluitdatum", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("maanden > 0", name=op.f("uitstel_maanden_check")),
        sa.ForeignKeyConstraint(
            ["periode", "leraar"],
            ["registratieperiode.id", "registratieperiode.leraar"],
            name="uitstel_periode_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("uitstel_pkey")),
    )
    op.create_index("uitstel_leraar_idx", "uitstel", ["leraar"], unique=False)
    op.create_index("uitstel_periode_idx", "uitstel", ["periode"], unique=False)
    op.create_table(
        "bewijsstuk",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("activiteit", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("mediatype", sa.Text(), nullable=False),
        sa.Column("grootte", sa.Integer(), nullable=False),
        sa.Column("bestandsnaam", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint(
            "mediatype in ('application/pdf', 'image/png', 'image/jpeg')", name=op.f("bewijsstuk_mediatype_check")
        ),
        sa.CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name=op.f("bewijsstuk_sha256_check")),
        sa.CheckConstraint("grootte > 0", name=op.f("bewijsstuk_grootte_check")),
        sa.ForeignKeyConstraint(
            ["activiteit", "leraar"],
            ["activiteit.id", "activiteit.leraar"],
            name="bewijsstuk_activiteit_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("bewijsstuk_pkey")),
        sa.UniqueConstraint("activiteit", "sha256", name="bewijsstuk_inhoud_key"),
    )
    op.create_index("bewijsstuk_sha256_idx", "bewijsstuk", ["sha256"], unique=False)
