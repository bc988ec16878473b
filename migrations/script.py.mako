"""${message}

Migrations only go forward, and a running service of the version before must keep working while this runs: add columns
as nullable, fill them in batches, tighten them in a later release; create indexes concurrently on large tables.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Move the schema forward."""
    ${upgrades if upgrades else "pass"}
