"""Searching aanbod in Dutch; who was at it, told to aanbieders without showing them a dossier."""

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# Most hours stand in the regeling; whole and half ones are so by definition.
_HOURS = ("vakinhoudelijk", "vakdidactisch", "pedagogisch", "overig", "zelfstudie")


def upgrade() -> None:
    """Say who withdrew an activiteit, hold what attendance is, and add the functions."""
    op.add_column("activiteit", sa.Column("ingetrokken_door", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("activiteit_ingetrokken_door_check"),
        "activiteit",
        "ingetrokken_door in ('leraar', 'bestuur', 'aanbieder', 'beheer')",
    )
    op.create_check_constraint(
        op.f("activiteit_aanwezig_check"),
        "activiteit",
        "aanbod is null or status in ('goedgekeurd', 'ingetrokken') and beoordeeld_door is null and gemeld_door <> 'leraar'",
    )
    op.drop_index("activiteit_aanwezig_key", "activiteit")
    op.create_index(
        "activiteit_aanwezig_key",
        "activiteit",
        ["aanbod", "leraar", "begindatum"],
        unique=True,
        postgresql_where=sa.text("status <> 'ingetrokken' or ingetrokken_door = 'leraar'"),
    )
    op.create_index("activiteit_aanbod_idx", "activiteit", ["aanbod"], postgresql_where=sa.text("aanbod is not null"))
    for table in ("aanbod", "activiteit"):
        op.drop_constraint(op.f(f"{table}_registeruren_check"), table)
        op.create_check_constraint(op.f(f"{table}_registeruren_check"), table, "registeruren > 0")
        op.drop_constraint(op.f(f"{table}_halve_uren_check"), table)
        op.create_check_constraint(
            op.f(f"{table}_halve_uren_check"), table, " and ".join(f"2 * {name} % 1 = 0" for name in _HOURS)
        )
    sql = Path(__file__).with_name("0008_aanwezigheid.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
