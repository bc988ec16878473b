"""Scores stay with the leraar when the observatie is withdrawn."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing yet."""
