"""Who may not guide a starter, told without showing more of anybody than the caller may see."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the functions that compare people by number and by name."""
    sql = Path(__file__).with_name("0004_begeleiding.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(sql.replace("%", "%%"))
