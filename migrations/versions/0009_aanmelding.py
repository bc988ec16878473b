"""Signing in: accounts, koppelcodes and sessions."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"

_ACTIVE = sa.text("ingetrokken_op is null")


def upgrade() -> None:
    """Create the tables, and the functions by which the service's role uses them without reading them."""
    create_account()
    create_koppelcode()
    create_sessions()
    sql = Path(__file__).with_name("0009_aanmelding.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))


def create_account() -> None:
    """Create the table of accounts."""
    op.create_table(
        "account",
        sa.Column("soort", sa.Text(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("eck_id", sa.Text(), nullable=True),
        sa.Column("leraar", sa.Text(), nullable=True),
        sa.Column("naam", sa.Text(), nullable=True),
        sa.Column("gekoppeld_met", sa.Text(), nullable=False),
        sa.Column("gekoppeld_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("geweigerd_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("soort in ('leraar', 'auditor')", name=op.f("account_soort_check")),
        sa.CheckConstraint("(soort = 'leraar') = (leraar is not null)", name=op.f("account_leraar_check")),
        sa.CheckConstraint("(soort = 'auditor') = (naam is not null)", name=op.f("account_naam_check")),
        sa.CheckConstraint("gekoppeld_met in ('eckId', 'koppelcode')", name=op.f("account_gekoppeld_met_check")),
        sa.CheckConstraint("gekoppeld_met <> 'eckId' or eck_id is not null", name=op.f("account_eck_id_check")),
        sa.ForeignKeyConstraint(["leraar"], ["leraar.registratienummer"], name=op.f("account_leraar_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("account_pkey")),
    )
    op.create_index("account_subject_key", "account", ["provider", "subject"], unique=True, postgresql_where=_ACTIVE)
    op.create_index("account_leraar_key", "account", ["leraar", "provider"], unique=True, postgresql_where=_ACTIVE)
    op.create_index("account_leraar_idx", "account", ["leraar"], unique=False)


def create_koppelcode() -> None:
    """Create the tables of codes: what anybody may know of one, and apart from that its hash."""
    op.create_table(
        "koppelcode",
        sa.Column("leraar", sa.Text(), nullable=True),
        sa.Column("bestuur", sa.Text(), nullable=True),
        sa.Column("naam", sa.Text(), nullable=True),
        sa.Column("uitgegeven_op", sa.DateTime(timezone=True), nullable=False),
        sa.Column("geldig_tot", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gebruikt_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ingetrokken_op", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.CheckConstraint("(leraar is null) = (naam is not null)", name=op.f("koppelcode_naam_check")),
        sa.CheckConstraint("geldig_tot > uitgegeven_op", name=op.f("koppelcode_geldigheid_check")),
        sa.CheckConstraint("(gebruikt_op is null) = (account is null)", name=op.f("koppelcode_gebruikt_check")),
        sa.CheckConstraint("gebruikt_op is null or ingetrokken_op is null", name=op.f("koppelcode_ingetrokken_check")),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("koppelcode_account_fkey")),
        sa.ForeignKeyConstraint(["bestuur"], ["bestuur.nummer"], name=op.f("koppelcode_bestuur_fkey")),
        sa.ForeignKeyConstraint(["leraar"], ["leraar.registratienummer"], name=op.f("koppelcode_leraar_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("koppelcode_pkey")),
    )
    op.create_index("koppelcode_leraar_idx", "koppelcode", ["leraar"], unique=False)
    op.create_table(
        "koppelcode_secret",
        sa.Column("koppelcode", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["koppelcode"], ["koppelcode.id"], name=op.f("koppelcode_secret_koppelcode_fkey")),
        sa.PrimaryKeyConstraint("koppelcode", name=op.f("koppelcode_secret_pkey")),
        sa.UniqueConstraint("hash", name=op.f("koppelcode_secret_hash_key")),
    )


def create_sessions() -> None:
    """Create the tables of who signed in, who is on the way, and who is not known yet."""
    op.create_table(
        "session",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("session_account_fkey")),
        sa.PrimaryKeyConstraint("hash", name=op.f("session_pkey")),
    )
    op.create_index(op.f("session_account_idx"), "session", ["account"], unique=False)
    op.create_index(op.f("session_seen_at_idx"), "session", ["seen_at"], unique=False)
    op.create_table(
        "sign_in",
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("browser", sa.LargeBinary(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("next", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("state", name=op.f("sign_in_pkey")),
    )
    op.create_index(op.f("sign_in_expires_at_idx"), "sign_in", ["expires_at"], unique=False)
    op.create_table(
        "newcomer",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("eck_id", sa.Text(), nullable=True),
        sa.Column("roles", postgresql.ARRAY(sa.TEXT()), nullable=False),
        sa.Column("next", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("newcomer_pkey")),
    )
    op.create_index(op.f("newcomer_expires_at_idx"), "newcomer", ["expires_at"], unique=False)
