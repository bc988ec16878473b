"""Progress of many at once: what it follows from, kept ready."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from register_service.journal.models import PgSnapshot

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Create the table, the indexes by which the journal tells whether a row holds, and what reads it; make sight quicker."""
    op.create_table(
        "voortgangstand",
        sa.Column("leraar", sa.Text(), nullable=False),
        sa.Column("vanaf", sa.Date(), nullable=False),
        sa.Column("tot", sa.Date(), nullable=False),
        sa.Column("gezien", PgSnapshot(), nullable=False),
        sa.Column("regels", sa.Text(), nullable=False),
        sa.Column("stand", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["leraar"], ["leraar.registratienummer"], name=op.f("voortgangstand_leraar_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("leraar", name=op.f("voortgangstand_pkey")),
    )
    op.create_index(
        "journal_dossier_tx_idx", "journal", ["dossier", "tx"], postgresql_where=sa.text("dossier is not null")
    )
    op.create_index(
        "journal_shared_tx_idx",
        "journal",
        ["tx"],
        postgresql_where=sa.text("dossier is null and table_name in ('regeling', 'school', 'vestiging')"),
    )
    sql = Path(__file__).with_name("0011_voortgang.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
