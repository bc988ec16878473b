"""Every rule that needs the whole of a traject's facts (domain.md, Inductietraject)."""

from datetime import date

from register_service.inductie.rules.check_decisions import check_decisions
from register_service.inductie.rules.check_periods import check_periods
from register_service.inductie.rules.check_start import check_start
from register_service.inductie.rules.facts import Facts
from register_service.inductie.rules.violation import Violation

__all__ = ["Violation", "violations"]


def violations(facts: Facts, today: date) -> list[Violation]:
    """Give everything that is wrong with a traject, in an order that the order of the facts does not change.

    `today` bounds what can have happened. A write is refused when it adds one to those that were there.
    """
    found = [*check_start(facts, today), *check_periods(facts), *check_decisions(facts, today)]
    return sorted(dict.fromkeys(found), key=lambda v: (v.kind, v.id or "", v.field or "", v.code, str(v.values)))
