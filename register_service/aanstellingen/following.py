"""Who has to know when an aanstelling comes, changes or goes: slices above this one, named by the application at its start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Change:
    """An aanstelling by column, as it was and as it will be; None: it is not there."""

    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Follower:
    """`follow` is called with a registratienummer and a change, in the transaction that makes it.

    It comes before the change is written, while the caller still sees the dossier: with its last aanstelling a bestuur can lose
    sight of a leraar. Only of one that is added in a single statement it comes after. `concerned` is for that statement: the
    SQL, over the new row `a`, of whether there is anything to follow.
    """

    concerned: str
    follow: Callable[[Session, str, Change], None]


FOLLOWERS: list[Follower] = []


def tell(session: Session, leraar: str, change: Change) -> None:
    """Tell every follower of a change."""
    for follower in FOLLOWERS:
        follower.follow(session, leraar, change)
