"""Something that may not be, of the facts of a traject."""

from dataclasses import dataclass
from dataclasses import field as field_of


@dataclass(frozen=True, slots=True)
class Violation:
    """The rule's code, the kind and id of the fact, its JSON field, and in Dutch what to do.

    Two are equal when they are about the same values, whatever the words: so that a write can tell what it adds.
    `kind`: traject, verblijf, onderbreking, verlenging, programma, begeleiding, gesprek, observatie or afronding.
    """

    code: str
    kind: str
    id: str | None
    field: str | None
    detail: str = field_of(compare=False)
    values: tuple[object, ...] = field_of(default=(), repr=False)
