"""People whom a fact names: by registratienummer or, when they are not in the register, by name.

They may be of another bestuur, so PostgreSQL compares them, and tells no more than the rule needs (migration 0004).
"""

from typing import Any

from sqlalchemy.orm import Session

from register_service.core.db import run_in
from register_service.core.errors import FieldError
from register_service.core.schema import camel_case

_LIVING = "select leraar_achter(%(nummer)s)"
_CALLED = "select heet_zo(%(nummer)s, %(naam)s)"


def follow_number(session: Session, fact: Any, field: str) -> list[FieldError]:
    """Put the living dossier behind a number in its place; give what is wrong when nobody has it."""
    number = getattr(fact, field)
    if number is None:
        return []
    ((row,),) = run_in(session, (_LIVING, {"nummer": number}))
    (living,) = row
    if living is None:
        detail = "Dit registratienummer staat niet in het register; kijk het na, of geef de naam."
        return [FieldError("body", f"/{camel_case(field)}", "registratienummer-onbekend", detail)]
    setattr(fact, field, living)
    return []


def is_called(session: Session, number: str, name: str) -> bool:
    """Tell whether a leraar whom the caller sees goes by a name, in any order of its words (domain.md, Matching)."""
    ((row,),) = run_in(session, (_CALLED, {"nummer": number, "naam": name}))
    return bool(row[0])


def require_one(fact: Any, number: str, name: str, code: str) -> list[FieldError]:
    """Give what is wrong unless exactly one of a number and a name is there."""
    if (getattr(fact, number) is None) != (getattr(fact, name) is None):
        return []
    fields = f"'{camel_case(number)}' (registratienummer) of '{camel_case(name)}'"
    detail = f"Geef {fields}, een van beide; maak bij wijzigen het andere leeg met null."
    return [FieldError("body", f"/{camel_case(number)}", code, detail)]


def require_not_self(session: Session, fact: Any, number: str, name: str, code: str, who: str) -> list[FieldError]:
    """Give what is wrong when a fact names the leraar of the traject, by number or by name."""
    given = getattr(fact, number), getattr(fact, name)
    if given[0] == fact.leraar:
        return [FieldError("body", f"/{camel_case(number)}", code, f"De {who} is nooit de leraar zelf.")]
    if given[1] is not None and is_called(session, fact.leraar, given[1]):
        detail = f"De {who} is nooit de leraar zelf. Is het een naamgenoot, geef dan het registratienummer."
        return [FieldError("body", f"/{camel_case(name)}", code, detail)]
    return []
