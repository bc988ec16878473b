"""Inductietrajecten: their facts, their course, who sees what of them, and the figures per sector."""

import json
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

# The figures of domain.md, Inductietraject (cao VO 2023), the same in every sector until one says otherwise.
INDUCTIE = {
    "normduurMaanden": 36,
    "verlengingMaximaalMaanden": 12,
    "startVooruitMaanden": 4,
    "onderbrekingMinimaalDagen": 30,
    "vervroegdMinimaalMaanden": 12,
    "gesprekMaanden": 6,
    "lesreductie": [20, 10],
    "deeltijdNaarRato": False,
}


HOURS = [
    "werkdrukvermindering_gepland",
    "werkdrukvermindering_gerealiseerd",
    "enculturatie_gepland",
    "enculturatie_gerealiseerd",
    "professionele_ontwikkeling_gepland",
    "professionele_ontwikkeling_gerealiseerd",
    "observatie_en_begeleiding_gepland",
    "observatie_en_begeleiding_gerealiseerd",
    "intervisie_en_begeleiding_gepland",
    "intervisie_en_begeleiding_gerealiseerd",
]


def upgrade() -> None:
    """Add the tables, and a regeling per sector."""
    create_tables()
    run_sql("0002_inductie.sql")
    context = json.dumps(
        {"actor": "migratie:0002", "event": "regeling.toegevoegd", "reason": "cijfers van de inductie"}
    )
    op.get_bind().execute(sa.text("select set_config('register.context', :context, true)"), {"context": context})
    op.get_bind().execute(
        sa.text(
            "insert into regeling (sector, geldig_vanaf, waarden) "
            "select sector, '1900-01-01', cast(:waarden as jsonb) from unnest(array['po', 'so', 'vo', 'mbo', 'ho']) sector"
        ),
        {"waarden": json.dumps(INDUCTIE)},
    )


def run_sql(name: str) -> None:
    """Run a file of SQL that stands beside this one, as it is."""
    op.get_bind().exec_driver_sql(Path(__file__).with_name(name).read_text(encoding="utf-8").replace("%", "%%"))


def create_tables() -> None:
    """Create tables and indexes, as the models declare them."""
    op.create_table(
        "inductietraject",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("startdatum", sa.Date(), nullable=False),
        sa.Column("regeling", sa.Uuid(), nullable=False),
        sa.Column("vervolg_op", sa.Uuid(), nullable=True),
        sa.Column("vrijstelling_grond", sa.Text(), nullable=True),
        sa.Column("vrijstelling_motivering", sa.Text(), nullable=True),
        sa.Column("afgerond_op", sa.Date(), nullable=True),
        sa.Column("resultaat", sa.Text(), nullable=True),
        sa.Column("motivering", sa.Text(), nullable=True),
        sa.Column("vervroegd", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("meegedeeld_op", sa.Date(), nullable=True),
        sa.Column("gestopt_op", sa.Date(), nullable=True),
        sa.Column("stop_reden", sa.Text(), nullable=True),
        sa.Column("verloop", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("verwachte_einddatum", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint(
            "resultaat <> 'niet-behaald' or num_nulls(motivering, meegedeeld_op) = 0",
            name=op.f("inductietraject_niet_behaald_check"),
        ),
        sa.CheckConstraint("resultaat in ('behaald', 'niet-behaald')", name=op.f("inductietraject_resultaat_check")),
        sa.CheckConstraint(
            "stop_reden in ('uit-dienst', 'buiten-regio', 'buiten-onderwijs', 'op-verzoek', 'overig')",
            name=op.f("inductietraject_stop_reden_check"),
        ),
        sa.CheckConstraint(
            "vrijstelling_grond in ('elders-behaald', 'ruime-ervaring', 'overig')",
            name=op.f("inductietraject_vrijstelling_grond_check"),
        ),
        sa.CheckConstraint("(afgerond_op is null) = (resultaat is null)", name=op.f("inductietraject_afronding_check")),
        sa.CheckConstraint("(gestopt_op is null) = (stop_reden is null)", name=op.f("inductietraject_stop_check")),
        sa.CheckConstraint(
            "num_nonnulls(afgerond_op, gestopt_op, vrijstelling_grond) <= 1",
            name=op.f("inductietraject_een_einde_check"),
        ),
        sa.ForeignKeyConstraint(["leraar"], ["leraar.registratienummer"], name=op.f("inductietraject_leraar_fkey")),
        sa.ForeignKeyConstraint(["regeling"], ["regeling.id"], name=op.f("inductietraject_regeling_fkey")),
        sa.ForeignKeyConstraint(["vervolg_op"], ["inductietraject.id"], name=op.f("inductietraject_vervolg_op_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("inductietraject_pkey")),
        sa.UniqueConstraint("id", "leraar", name="inductietraject_leraar_key"),
    )
    op.create_index(
        "inductietraject_een_per_leraar",
        "inductietraject",
        ["leraar"],
        unique=True,
        postgresql_where=sa.text("gestopt_op is null and resultaat is distinct from 'niet-behaald'"),
    )
    op.create_index(
        "inductietraject_lijst_idx",
        "inductietraject",
        ["id"],
        unique=True,
        postgresql_include=["leraar", "sector", "verwachte_einddatum"],
    )
    op.create_index("inductietraject_leraar_idx", "inductietraject", ["leraar"], unique=False)
    op.create_index("inductietraject_sector_idx", "inductietraject", ["sector", "id"], unique=False)
    op.create_index("inductietraject_vervolg_op_idx", "inductietraject", ["vervolg_op"], unique=False)
    op.create_index("inductietraject_verwachte_einddatum_idx", "inductietraject", ["verwachte_einddatum"], unique=False)
    op.create_table(
        "begeleiding",
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("rol", sa.Text(), nullable=False),
        sa.Column("begeleider", sa.Text(), nullable=True),
        sa.Column("begeleider_naam", sa.Text(), nullable=True),
        sa.Column("begindatum", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=True),
        sa.Column("traject", sa.Uuid(), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("traject"), "="),
            (sa.text("daterange(begindatum, einddatum, '[]')"), "&&"),
            where=sa.text("rol = 'coach'"),
            using="gist",
            name="begeleiding_een_coach",
        ),
        sa.CheckConstraint(
            "rol in ('coach', 'schoolopleider', 'werkplekbegeleider')", name=op.f("begeleiding_rol_check")
        ),
        sa.CheckConstraint("begeleider <> leraar", name=op.f("begeleiding_niet_zichzelf_check")),
        sa.CheckConstraint("einddatum >= begindatum", name=op.f("begeleiding_periode_check")),
        sa.CheckConstraint("num_nonnulls(begeleider, begeleider_naam) = 1", name=op.f("begeleiding_begeleider_check")),
        sa.ForeignKeyConstraint(["begeleider"], ["leraar.registratienummer"], name=op.f("begeleiding_begeleider_fkey")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("begeleiding_bestuur_fkey")),
        sa.ForeignKeyConstraint(
            ["traject", "leraar"],
            ["inductietraject.id", "inductietraject.leraar"],
            name="begeleiding_traject_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("begeleiding_pkey")),
    )
    op.create_index("begeleiding_begeleider_idx", "begeleiding", ["begeleider", "traject"], unique=False)
    op.create_index("begeleiding_traject_idx", "begeleiding", ["traject"], unique=False)
    op.create_table(
        "inductieprogramma",
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("jaar", sa.Integer(), nullable=False),
        sa.Column("lesreductie", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("werkdrukvermindering_gepland", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("werkdrukvermindering_gerealiseerd", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("enculturatie_gepland", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("enculturatie_gerealiseerd", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("professionele_ontwikkeling_gepland", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("professionele_ontwikkeling_gerealiseerd", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("observatie_en_begeleiding_gepland", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("observatie_en_begeleiding_gerealiseerd", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("intervisie_en_begeleiding_gepland", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("intervisie_en_begeleiding_gerealiseerd", sa.Numeric(precision=6, scale=2), nullable=True),
        sa.Column("traject", sa.Uuid(), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint(
            f"0 <= least({', '.join(HOURS)})",
            name=op.f("inductieprogramma_uren_check"),
        ),
        sa.CheckConstraint("jaar between 1 and 9", name=op.f("inductieprogramma_jaar_check")),
        sa.CheckConstraint("lesreductie between 0 and 100", name=op.f("inductieprogramma_lesreductie_check")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("inductieprogramma_bestuur_fkey")),
        sa.ForeignKeyConstraint(
            ["traject", "leraar"],
            ["inductietraject.id", "inductietraject.leraar"],
            name="inductieprogramma_traject_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("inductieprogramma_pkey")),
        sa.UniqueConstraint("traject", "jaar", name="inductieprogramma_jaar_key"),
    )
    op.create_index("inductieprogramma_traject_idx", "inductieprogramma", ["traject"], unique=False)
    op.create_table(
        "inductiestand",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("traject", sa.Uuid(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("waarde", sa.Text(), nullable=False),
        sa.Column("vanaf", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["traject", "leraar"],
            ["inductietraject.id", "inductietraject.leraar"],
            name="inductiestand_traject_fkey",
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("leraar", "traject", "soort", "waarde", "vanaf", name=op.f("inductiestand_pkey")),
    )
    op.create_index(
        "inductiestand_waarde_idx",
        "inductiestand",
        ["soort", "waarde", "traject"],
        unique=False,
        postgresql_include=["vanaf", "tot", "leraar"],
    )
    op.create_table(
        "observatie",
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("instrument", sa.Text(), nullable=False),
        sa.Column("observator", sa.Text(), nullable=True),
        sa.Column("observator_naam", sa.Text(), nullable=True),
        sa.Column("traject", sa.Uuid(), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("instrument in ('ICALT', 'DOT', 'eigen')", name=op.f("observatie_instrument_check")),
        sa.CheckConstraint("num_nonnulls(observator, observator_naam) = 1", name=op.f("observatie_observator_check")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("observatie_bestuur_fkey")),
        sa.ForeignKeyConstraint(["observator"], ["leraar.registratienummer"], name=op.f("observatie_observator_fkey")),
        sa.ForeignKeyConstraint(
            ["traject", "leraar"],
            ["inductietraject.id", "inductietraject.leraar"],
            name="observatie_traject_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("observatie_pkey")),
    )
    op.create_index("observatie_traject_idx", "observatie", ["traject"], unique=False)
    op.create_table(
        "onderbreking",
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("begindatum", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=True),
        sa.Column("traject", sa.Uuid(), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("traject"), "="),
            (sa.text("daterange(begindatum, einddatum, '[]')"), "&&"),
            using="gist",
            name="onderbreking_geen_overlap",
        ),
        sa.CheckConstraint(
            "soort in ('zwangerschapsverlof', 'ouderschapsverlof', 'ziekte', 'onbetaald-verlof', 'overig')",
            name=op.f("onderbreking_soort_check"),
        ),
        sa.CheckConstraint("einddatum >= begindatum", name=op.f("onderbreking_periode_check")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("onderbreking_bestuur_fkey")),
        sa.ForeignKeyConstraint(
            ["traject", "leraar"],
            ["inductietraject.id", "inductietraject.leraar"],
            name="onderbreking_traject_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("onderbreking_pkey")),
    )
    op.create_index("onderbreking_traject_idx", "onderbreking", ["traject"], unique=False)
    op.create_table(
        "overname_instemming",
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("gegeven_op", sa.Date(), nullable=False),
        sa.Column("traject", sa.Uuid(), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("overname_instemming_bestuur_fkey")),
        sa.ForeignKeyConstraint(
            ["traject", "leraar"],
            ["inductietraject.id", "inductietraject.leraar"],
            name="overname_instemming_traject_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("overname_instemming_pkey")),
        sa.UniqueConstraint("traject", "bestuur", name="overname_instemming_bestuur_key"),
    )
    op.create_index("overname_instemming_traject_idx", "overname_instemming", ["traject"], unique=False)
    op.create_table(
        "verlenging",
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("maanden", sa.Integer(), nullable=False),
        sa.Column("motivering", sa.Text(), nullable=False),
        sa.Column("besluitdatum", sa.Date(), nullable=False),
        sa.Column("traject", sa.Uuid(), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("maanden > 0", name=op.f("verlenging_maanden_check")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("verlenging_bestuur_fkey")),
        sa.ForeignKeyConstraint(
            ["traject", "leraar"],
            ["inductietraject.id", "inductietraject.leraar"],
            name="verlenging_traject_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("verlenging_pkey")),
    )
    op.create_index("verlenging_traject_idx", "verlenging", ["traject"], unique=False)
    op.create_table(
        "voortgangsgesprek",
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("datum", sa.Date(), nullable=False),
        sa.Column("gevoerd_door", sa.Text(), nullable=True),
        sa.Column("traject", sa.Uuid(), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("voortgangsgesprek_bestuur_fkey")),
        sa.ForeignKeyConstraint(
            ["traject", "leraar"],
            ["inductietraject.id", "inductietraject.leraar"],
            name="voortgangsgesprek_traject_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("voortgangsgesprek_pkey")),
    )
    op.create_index("voortgangsgesprek_traject_idx", "voortgangsgesprek", ["traject"], unique=False)
    op.create_table(
        "inductieperiode",
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("vestiging", sa.Text(), nullable=False),
        sa.Column("begindatum", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=True),
        sa.Column("gesloten_met_traject", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("leidinggevende", sa.Text(), nullable=True),
        sa.Column("leidinggevende_naam", sa.Text(), nullable=True),
        sa.Column("traject", sa.Uuid(), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("leraar"), "="),
            (sa.text("daterange(begindatum, einddatum, '[]')"), "&&"),
            using="gist",
            name="inductieperiode_geen_overlap",
        ),
        sa.CheckConstraint("einddatum >= begindatum", name=op.f("inductieperiode_periode_check")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("inductieperiode_bestuur_fkey")),
        sa.ForeignKeyConstraint(
            ["leidinggevende"], ["leraar.registratienummer"], name=op.f("inductieperiode_leidinggevende_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["traject", "leraar"],
            ["inductietraject.id", "inductietraject.leraar"],
            name="inductieperiode_traject_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(["vestiging"], ["vestiging.code"], name=op.f("inductieperiode_vestiging_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("inductieperiode_pkey")),
    )
    op.create_index("inductieperiode_bestuur_traject_idx", "inductieperiode", ["bestuur", "traject"], unique=False)
    op.create_index("inductieperiode_traject_idx", "inductieperiode", ["traject"], unique=False)
    op.create_table(
        "observatiescore",
        sa.Column("observatie", sa.Uuid(), nullable=False),
        sa.Column("scores", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("toelichting", sa.Text(), nullable=True),
        sa.Column("gedeeld", sa.Boolean(), nullable=False),
        sa.Column("traject", sa.Uuid(), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.ForeignKeyConstraint(["observatie"], ["observatie.id"], name=op.f("observatiescore_observatie_fkey")),
        sa.ForeignKeyConstraint(
            ["traject", "leraar"],
            ["inductietraject.id", "inductietraject.leraar"],
            name="observatiescore_traject_fkey",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("observatiescore_pkey")),
        sa.UniqueConstraint("observatie", name="observatiescore_observatie_key"),
    )
    op.create_index("observatiescore_traject_idx", "observatiescore", ["traject"], unique=False)
