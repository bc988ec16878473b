"""Merging dossiers with a traject; and telling a write of an aanstelling whether there is a traject that follows it."""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the two functions."""
    sql = Path(__file__).with_name("0005_samenvoegen_inductie.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
