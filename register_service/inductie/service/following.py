"""The course of a traject follows the aanstellingen of its leraar: where there is none, and how much work counts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from register_service.aanstellingen.following import Change, Follower
from register_service.inductie.service.recomputing import recompute_of
from register_service.inductie.service.saving import Raw


def follow_aanstelling(session: Session, leraar: str, change: Change) -> None:
    """Make the course of all trajecten of a leraar anew, with an aanstelling as it will be; one statement without any."""
    before, after = _fact(change.before), _fact(change.after)
    if before == after:
        return

    def changed(raw: Raw) -> Raw:
        # No two of one leraar at one vestiging begin on one day, so this is the one, written already or not.
        gone = {_key(fact) for fact in (before, after) if fact is not None}
        kept = [fact for fact in raw["aanstellingen"] if _key(fact) not in gone]
        return {**raw, "aanstellingen": [*kept, after] if after is not None else kept}

    recompute_of(session, leraar, changed)


FOLLOWER = Follower("inductie_bestaat(a.leraar)", follow_aanstelling)


def _fact(aanstelling: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if aanstelling is None:
        return None
    end = aanstelling.get("einddatum")
    return {
        "vestiging": aanstelling["vestiging"],
        "begindatum": aanstelling["begindatum"].isoformat(),
        "einddatum": end.isoformat() if end else None,
        "betrekkingsomvang": aanstelling["betrekkingsomvang"],
        "soort": aanstelling["soort"],
    }


def _key(fact: Mapping[str, Any]) -> tuple[str, str]:
    return fact["vestiging"], fact["begindatum"]
