"""From a moment (`beschikbaarOp`) to what was known of the register then.

A moment is sealed when no later checkpoint can carry it or an earlier one: then what was known at it is final.
"""

from datetime import datetime

from register_service.core.clock import dutch_moment
from register_service.core.errors import FieldError
from register_service.journal.checkpoints import format_moment

# The last sealed moment, and whether the asked moment is sealed.
HORIZON = "select nullif(sealed_until, '-infinity'), sealed_until >= %(beschikbaar_op)s from seal_horizon"


def known(tx: str) -> str:
    """Give the SQL of "this was known at %(beschikbaar_op)s", of what the transaction `tx` wrote: in the newest checkpoint then.

    Not true before the first checkpoint, when nothing was known.
    """
    return f"""pg_visible_in_snapshot({tx}, (
        select snapshot from checkpoint where at <= %(beschikbaar_op)s order by at desc limit 1))"""


def not_sealed(until: datetime | None) -> FieldError:
    """Refuse a `beschikbaarOp` that is not sealed yet; `until` is the last moment that is, or None when nothing ever was."""
    last = f"tot en met {dutch_moment(until)} ({format_moment(until)})" if until else None
    detail = f"Dit tijdstip is nog niet verzegeld. Kies een tijdstip {last or 'zodra het eerste is verzegeld'}."
    return FieldError("query", "/beschikbaarOp", "nog-niet-verzegeld", detail)
