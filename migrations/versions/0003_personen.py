"""Persons: a client row stands for one token of one leraar."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Let a client be a leraar; say what the service's role may know of that."""
    op.add_column("client", sa.Column("leraar", sa.Text(), nullable=True))
    op.create_foreign_key(op.f("client_leraar_fkey"), "client", "leraar", ["leraar"], ["registratienummer"])
    op.drop_constraint(op.f("client_soort_check"), "client")
    op.create_check_constraint(
        op.f("client_soort_check"), "client", "soort in ('bestuur', 'beheer', 'auditor', 'leraar')"
    )
    op.create_check_constraint(op.f("client_leraar_check"), "client", "(soort = 'leraar') = (leraar is not null)")
    sql = Path(__file__).with_name("0003_personen.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
