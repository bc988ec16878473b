"""What reports may see of the register."""

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Nothing yet."""
