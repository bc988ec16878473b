"""Scores stay with the leraar when the observatie or the traject is withdrawn; what was closed for a time stays closed for it."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Let scores belong to the leraar alone, and the past know of what a caller may not read."""
    op.drop_constraint("observatiescore_observatie_fkey", "observatiescore")
    op.drop_constraint("observatiescore_traject_fkey", "observatiescore")
    op.create_foreign_key(
        op.f("observatiescore_leraar_fkey"), "observatiescore", "leraar", ["leraar"], ["registratienummer"]
    )
    op.drop_constraint("overname_instemming_traject_fkey", "overname_instemming")
    op.create_foreign_key(
        "overname_instemming_traject_fkey", "overname_instemming", "inductietraject", ["traject", "leraar"],
        ["id", "leraar"], ondelete="CASCADE", deferrable=True, initially="DEFERRED",
    )  # fmt: skip
    sql = Path(__file__).with_name("0006_observatiescore_blijft.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
    count_requests()


def count_requests() -> None:
    """Keep when somebody did what may be done so often only, such as guessing a geboortedatum."""
    op.create_table(
        "rate_limit",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("hits", postgresql.ARRAY(sa.DateTime(timezone=True)), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("rate_limit_pkey")),
    )
    op.create_index(op.f("rate_limit_expires_at_idx"), "rate_limit", ["expires_at"], unique=False)
    op.execute("grant select, insert, update on rate_limit to register_app")
