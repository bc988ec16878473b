"""Rules that PostgreSQL itself holds, because two racing requests could break them: constraint name -> what to say.

Each slice adds its constraints in `rules.py`; nothing else looks at the text of a database error.
"""

from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError

from register_service.core.errors import Conflict, DomainError

_REFUSALS: dict[str, tuple[str, str]] = {}


def declare(refusals: Mapping[str, tuple[str, str]]) -> None:
    """Add, per constraint, the stable `code` and the Dutch `detail` of its refusal."""
    _REFUSALS.update(refusals)


def as_domain_error(error: IntegrityError) -> DomainError:
    """Turn a constraint that was hit into a Conflict. An unknown constraint is our mistake: the error itself goes on."""
    name = constraint_of(error)
    if name not in _REFUSALS:
        raise error
    code, detail = _REFUSALS[name]
    return Conflict(detail, code=code)


def constraint_of(error: IntegrityError) -> str:
    """Give the name of the constraint that was hit, or ''."""
    diagnostics = getattr(error.orig, "diag", None)
    return getattr(diagnostics, "constraint_name", None) or ""
