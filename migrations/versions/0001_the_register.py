"""The register: all tables, the journal's trigger, visibility and matching.

Migrations only go forward, and a running service of the version before must keep working while this runs: add columns
as nullable, fill them in batches, tighten them in a later release; create indexes concurrently on large tables.
"""

import json
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from register_service.journal.models import PgSnapshot, Xid8

revision = "0001"
down_revision = None

# The figures of the domain that hold for every sector (domain.md); later ones are added by command, dated.
REGELING = {
    "leeftijdMinimaal": 16,
    "leeftijdMaximaal": 100,
    "betrekkingsomvangMaximaal": "1.2000",
    "zichtVoorafMaanden": 3,
    "zichtAchterafMaanden": 12,
    "koppelingMaanden": 3,
    "geschiktheidsverklaringJaren": 2,
    "gelijkenisNaam": 0.6,
}


def upgrade() -> None:
    """Create everything in an empty database."""
    run_sql("0001_names.sql")
    create_tables()
    for name in ("0001_journal.sql", "0001_visibility.sql", "0001_matching.sql"):
        run_sql(name)
    context = json.dumps({"actor": "migratie:0001", "event": "regeling.toegevoegd", "reason": "eerste regeling"})
    op.get_bind().execute(sa.text("select set_config('register.context', :context, true)"), {"context": context})
    op.get_bind().execute(
        sa.text(
            "insert into regeling (sector, geldig_vanaf, waarden) values ('alle', '1900-01-01', cast(:waarden as jsonb))"
        ),
        {"waarden": json.dumps(REGELING)},
    )
    op.execute("insert into seal_horizon (id, sealed_until) values (1, '-infinity')")


def run_sql(name: str) -> None:
    """Run a file of SQL that stands beside this one, as it is."""
    op.get_bind().exec_driver_sql(Path(__file__).with_name(name).read_text(encoding="utf-8").replace("%", "%%"))


def create_tables() -> None:
    """Create tables and indexes, as the models declare them."""
    op.create_table(
        "access_log",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("namens", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("parts", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("access_log_pkey")),
    )
    op.create_index("access_log_leraar_at_idx", "access_log", ["leraar", "at"], unique=False)
    op.create_table(
        "bestuur",
        sa.Column("nummer", sa.Text(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("lid_sinds", sa.Date(), nullable=True),
        sa.Column("lid_tot", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("nummer ~ '^[0-9]{5}$'", name=op.f("bestuur_nummer_check")),
        sa.CheckConstraint("lid_tot >= lid_sinds", name=op.f("bestuur_lidmaatschap_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("bestuur_pkey")),
        sa.UniqueConstraint("nummer", name=op.f("bestuur_nummer_key")),
    )
    op.create_table(
        "checkpoint",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snapshot", PgSnapshot(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("checkpoint_pkey")),
        sa.UniqueConstraint("size", name=op.f("checkpoint_size_key")),
    )
    op.create_index("checkpoint_at_key", "checkpoint", ["at"], unique=True)
    op.create_table(
        "idempotency_key",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("client_id", "key", name=op.f("idempotency_key_pkey")),
    )
    op.create_index(op.f("idempotency_key_created_at_idx"), "idempotency_key", ["created_at"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("tx", Xid8(), server_default=sa.text("pg_current_xact_id()"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("dossier", sa.Text(), nullable=True),
        sa.Column("bestuur", sa.Text(), nullable=True),
        sa.Column("state", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("namens", sa.Text(), nullable=True),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("request_id", sa.Text(), nullable=True),
        sa.CheckConstraint("action in ('insert', 'update', 'delete')", name=op.f("journal_action_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("journal_pkey")),
    )
    op.create_index(
        "journal_dossier_idx",
        "journal",
        ["dossier", "object_id", "id"],
        unique=False,
        postgresql_where=sa.text("dossier is not null"),
    )
    op.create_index("journal_object_idx", "journal", ["object_id", "id"], unique=False)
    op.create_index(
        "journal_organisation_idx",
        "journal",
        ["table_name", "object_id", "id"],
        unique=False,
        postgresql_where=sa.text("dossier is null"),
    )
    op.create_index("journal_tx_idx", "journal", ["tx"], unique=False)
    op.create_table(
        "leraar",
        sa.Column("registratienummer", sa.Text(), nullable=False),
        sa.Column("voornamen", sa.Text(), nullable=False),
        sa.Column("roepnaam", sa.Text(), nullable=True),
        sa.Column("voorvoegsel", sa.Text(), nullable=True),
        sa.Column("achternaam", sa.Text(), nullable=False),
        sa.Column("geboortedatum", sa.Date(), nullable=False),
        sa.Column("emailadres", sa.Text(), nullable=True),
        sa.Column("eck_id", sa.Text(), nullable=True),
        sa.Column("geregistreerd_op", sa.Date(), nullable=False),
        sa.Column("samengevoegd_met", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("registratienummer ~ '^[1-9][0-9]{9}$'", name=op.f("leraar_registratienummer_check")),
        sa.ForeignKeyConstraint(
            ["samengevoegd_met"], ["leraar.registratienummer"], name=op.f("leraar_samengevoegd_met_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("leraar_pkey")),
        sa.UniqueConstraint("eck_id", name=op.f("leraar_eck_id_key")),
        sa.UniqueConstraint("registratienummer", name=op.f("leraar_registratienummer_key")),
    )
    op.create_index("leraar_emailadres_idx", "leraar", [sa.literal_column("lower(emailadres)")], unique=False)
    op.create_index("leraar_geboortedatum_idx", "leraar", ["geboortedatum"], unique=False)
    op.create_index(
        "leraar_zoeknaam_idx",
        "leraar",
        [sa.literal_column("zoeknaam(achternaam) gin_trgm_ops")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "merkle_node",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "index", name=op.f("merkle_node_pkey")),
    )
    op.create_table(
        "partnerschap",
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("opleidingen", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("partnerschap_pkey")),
        sa.UniqueConstraint("naam", name=op.f("partnerschap_naam_key")),
    )
    op.create_table(
        "regeling",
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("geldig_vanaf", sa.Date(), nullable=False),
        sa.Column("geldig_tot", sa.Date(), nullable=True),
        sa.Column("waarden", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("sector"), "="),
            (sa.text("daterange(geldig_vanaf, geldig_tot, '[]')"), "&&"),
            using="gist",
            name="regeling_geen_overlap",
        ),
        sa.CheckConstraint("sector in ('alle', 'po', 'so', 'vo', 'mbo', 'ho')", name=op.f("regeling_sector_check")),
        sa.CheckConstraint("geldig_tot >= geldig_vanaf", name=op.f("regeling_geldigheid_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("regeling_pkey")),
    )
    op.create_table(
        "revoked_token",
        sa.Column("jti", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("jti", name=op.f("revoked_token_pkey")),
    )
    op.create_index(op.f("revoked_token_expires_at_idx"), "revoked_token", ["expires_at"], unique=False)
    op.create_table(
        "seal",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("journal_id", sa.BigInteger(), nullable=False),
        sa.Column("leaf_hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("seal_pkey")),
        sa.UniqueConstraint("journal_id", name=op.f("seal_journal_id_key")),
    )
    op.create_table(
        "used_assertion",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("jti", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", "jti", name=op.f("used_assertion_pkey")),
    )
    op.create_index(op.f("used_assertion_expires_at_idx"), "used_assertion", ["expires_at"], unique=False)
    op.create_table(
        "bevoegdheid",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("vak", sa.Text(), nullable=True),
        sa.Column("behaald_op", sa.Date(), nullable=False),
        sa.Column("geldig_tot", sa.Date(), nullable=True),
        sa.Column("instelling", sa.Text(), nullable=True),
        sa.Column("verificatie", sa.Text(), nullable=False),
        sa.Column("geverifieerd_door", sa.Text(), nullable=True),
        sa.Column("geverifieerd_op", sa.Date(), nullable=True),
        sa.Column("geverifieerd_tegen", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint(
            "(verificatie = 'niet-geverifieerd') = (geverifieerd_op is null)",
            name=op.f("bevoegdheid_geverifieerd_check"),
        ),
        sa.CheckConstraint(
            "soort in ('pabo', 'tweedegraads', 'eerstegraads', 'pdg', 'beperkt', 'geschiktheidsverklaring', 'erkend-buitenland')",
            name=op.f("bevoegdheid_soort_check"),
        ),
        sa.CheckConstraint(
            "verificatie in ('niet-geverifieerd', 'geverifieerd', 'afgewezen')",
            name=op.f("bevoegdheid_verificatie_check"),
        ),
        sa.CheckConstraint("geldig_tot >= behaald_op", name=op.f("bevoegdheid_geldigheid_check")),
        sa.ForeignKeyConstraint(["leraar"], ["leraar.registratienummer"], name=op.f("bevoegdheid_leraar_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("bevoegdheid_pkey")),
    )
    op.create_index(
        "bevoegdheid_eenmalig_key",
        "bevoegdheid",
        ["leraar", "soort", "vak", "behaald_op"],
        unique=True,
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "client",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("bestuur", sa.Text(), nullable=True),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("jwks", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("(soort = 'bestuur') = (bestuur is not null)", name=op.f("client_bestuur_check")),
        sa.CheckConstraint("soort in ('bestuur', 'beheer', 'auditor')", name=op.f("client_soort_check")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("client_bestuur_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("client_pkey")),
        sa.UniqueConstraint("client_id", name=op.f("client_client_id_key")),
    )
    op.create_table(
        "deelname",
        sa.Column("partnerschap_id", sa.Uuid(), nullable=False),
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("begindatum", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("partnerschap_id"), "="),
            (sa.column("bestuur"), "="),
            (sa.text("daterange(begindatum, einddatum, '[]')"), "&&"),
            using="gist",
            name="deelname_geen_overlap",
        ),
        sa.CheckConstraint("einddatum >= begindatum", name=op.f("deelname_periode_check")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("deelname_bestuur_fkey")),
        sa.ForeignKeyConstraint(["partnerschap_id"], ["partnerschap.id"], name=op.f("deelname_partnerschap_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("deelname_pkey")),
    )
    op.create_index(op.f("deelname_bestuur_idx"), "deelname", ["bestuur"], unique=False)
    op.create_table(
        "koppeling",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("vanaf", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("tot >= vanaf", name=op.f("koppeling_periode_check")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("koppeling_bestuur_fkey")),
        sa.ForeignKeyConstraint(["leraar"], ["leraar.registratienummer"], name=op.f("koppeling_leraar_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("koppeling_pkey")),
    )
    op.create_index("koppeling_bestuur_leraar_idx", "koppeling", ["bestuur", "leraar"], unique=False)
    op.create_index("koppeling_leraar_idx", "koppeling", ["leraar"], unique=False)
    op.create_table(
        "samenvoeging",
        sa.Column("van", sa.Text(), nullable=False),
        sa.Column("naar", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("van <> naar", name=op.f("samenvoeging_ander_check")),
        sa.ForeignKeyConstraint(["naar"], ["leraar.registratienummer"], name=op.f("samenvoeging_naar_fkey")),
        sa.ForeignKeyConstraint(["van"], ["leraar.registratienummer"], name=op.f("samenvoeging_van_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("samenvoeging_pkey")),
        sa.UniqueConstraint("van", name=op.f("samenvoeging_van_key")),
    )
    op.create_index(op.f("samenvoeging_naar_idx"), "samenvoeging", ["naar"], unique=False)
    op.create_table(
        "school",
        sa.Column("brin", sa.Text(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("bestuur", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("brin ~ '^[0-9]{2}[A-Z]{2}$'", name=op.f("school_brin_check")),
        sa.CheckConstraint("sector in ('po', 'so', 'vo', 'mbo', 'ho')", name=op.f("school_sector_check")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("school_bestuur_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("school_pkey")),
        sa.UniqueConstraint("brin", name=op.f("school_brin_key")),
    )
    op.create_index(op.f("school_bestuur_idx"), "school", ["bestuur"], unique=False)
    op.create_table(
        "seal_horizon",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("sealed_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checkpoint_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("seal_horizon_one_row_check")),
        sa.ForeignKeyConstraint(["checkpoint_id"], ["checkpoint.id"], name=op.f("seal_horizon_checkpoint_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("seal_horizon_pkey")),
    )
    op.create_table(
        "client_secret",
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["client.client_id"], name=op.f("client_secret_client_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("client_secret_pkey")),
    )
    op.create_index(op.f("client_secret_client_id_idx"), "client_secret", ["client_id"], unique=False)
    op.create_table(
        "vestiging",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("brin", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text(), nullable=False),
        sa.Column("naam", sa.Text(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=True),
        sa.Column("straat", sa.Text(), nullable=True),
        sa.Column("huisnummer", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("plaats", sa.Text(), nullable=True),
        sa.Column("gemeente", sa.Text(), nullable=True),
        sa.Column("provincie", sa.Text(), nullable=True),
        sa.Column("denominatie", sa.Text(), nullable=True),
        sa.Column("internetadres", sa.Text(), nullable=True),
        sa.Column("onderwijsstructuur", sa.Text(), nullable=True),
        sa.Column("bestuur", sa.Text(), nullable=True),
        sa.Column("gesloten_op", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint(
            "code ~ '^[0-9]{2}[A-Z]{2}[0-9]{2}$' and left(code, 4) = brin", name=op.f("vestiging_code_check")
        ),
        sa.CheckConstraint("sector in ('po', 'so', 'vo', 'mbo', 'ho')", name=op.f("vestiging_sector_check")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("vestiging_bestuur_fkey")),
        sa.ForeignKeyConstraint(["brin"], ["school.brin"], name=op.f("vestiging_brin_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("vestiging_pkey")),
        sa.UniqueConstraint("code", name=op.f("vestiging_code_key")),
    )
    op.create_index("vestiging_bestuur_code_idx", "vestiging", ["bestuur", "code"], unique=False)
    op.create_index(op.f("vestiging_brin_idx"), "vestiging", ["brin"], unique=False)
    op.create_table(
        "aanstelling",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("bestuur", sa.Text(), nullable=False),
        sa.Column("vestiging", sa.Text(), nullable=False),
        sa.Column("functie", sa.Text(), nullable=False),
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("begindatum", sa.Date(), nullable=False),
        sa.Column("einddatum", sa.Date(), nullable=True),
        sa.Column("betrekkingsomvang", sa.Numeric(precision=5, scale=4), nullable=False),
        sa.Column("personeelsnummer", sa.Text(), nullable=True),
        sa.Column("reden_einde", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("leraar"), "="),
            (sa.column("vestiging"), "="),
            (sa.text("daterange(begindatum, einddatum, '[]')"), "&&"),
            using="gist",
            name="aanstelling_geen_overlap",
        ),
        sa.CheckConstraint(
            "reden_einde in ('ander-bestuur-in-regio', 'buiten-regio', 'buiten-onderwijs', 'pensioen', 'overig')",
            name=op.f("aanstelling_reden_einde_check"),
        ),
        sa.CheckConstraint(
            "soort in ('regulier', 'vervanging', 'zij-instroom', 'in-opleiding')", name=op.f("aanstelling_soort_check")
        ),
        sa.CheckConstraint("betrekkingsomvang > 0", name=op.f("aanstelling_betrekkingsomvang_check")),
        sa.CheckConstraint("einddatum >= begindatum", name=op.f("aanstelling_periode_check")),
        sa.CheckConstraint(
            "reden_einde is null or einddatum is not null", name=op.f("aanstelling_reden_zonder_einde_check")
        ),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("aanstelling_bestuur_fkey")),
        sa.ForeignKeyConstraint(["leraar"], ["leraar.registratienummer"], name=op.f("aanstelling_leraar_fkey")),
        sa.ForeignKeyConstraint(["vestiging"], ["vestiging.code"], name=op.f("aanstelling_vestiging_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("aanstelling_pkey")),
    )
    op.create_index("aanstelling_bestuur_id_idx", "aanstelling", ["bestuur", "id"], unique=False)
    op.create_index(
        "aanstelling_bestuur_leraar_idx",
        "aanstelling",
        ["bestuur", "leraar"],
        unique=False,
        postgresql_include=["begindatum", "einddatum"],
    )
    op.create_index(
        "aanstelling_hr_sleutel_key",
        "aanstelling",
        ["bestuur", "personeelsnummer", "begindatum"],
        unique=True,
        postgresql_where=sa.text("personeelsnummer is not null"),
    )
    op.create_index("aanstelling_leraar_idx", "aanstelling", ["leraar"], unique=False)
    op.create_index("aanstelling_vestiging_leraar_idx", "aanstelling", ["vestiging", "leraar"], unique=False)
