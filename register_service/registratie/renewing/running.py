"""The whole of it, batch by batch: killed at any point, the next one goes on with what is left."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from psycopg import Connection

from register_service.core import clock
from register_service.registratie import queries
from register_service.registratie.renewing.batch import DROPPED, MADE, Work, renew_batch
from register_service.registratie.renewing.concerned import concerned, unseen_from
from register_service.registratie.rules.course import EERSTE, HERSTELD, HERVAT, VERLENGD
from register_service.registratie.rules.norms import Regelingen

# Leraren who are held at a time: uitstel for one of them waits a third of a second.
SIZE = 1_000

# Of two runs for one day each did all of it, so that either may come last.
_DONE = """
insert into renewal_run (day, unseen_from, finished_at) values (%(day)s, %(unseen_from)s::xid8, %(moment)s)
on conflict (day) do update set unseen_from = excluded.unseen_from, finished_at = excluded.finished_at
"""
_RENEWED_UP_TO = "select max(day) from renewal_run"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: how many leraren it looked at, how many periods it stored by grond, notices it made and dropped."""

    dag: date
    bekeken: int
    begonnen: int
    verlengd: int
    hersteld: int
    hervat: int
    berichten: int
    vervallen: int

    @property
    def rows(self) -> int:
        """Give the number of rows that were stored or changed."""
        return self.begonnen + self.verlengd + self.hersteld + self.hervat + self.berichten + self.vervallen


def renew(
    connection: Connection[Any], day: date, *, actor: str, progress: Callable[[int, int], None] | None = None
) -> Outcome:
    """Store what follows up to a day, not later than today, and make the notices that are due; commits batch by batch.

    `connection` is the owner's, with no transaction open. `progress` is told how many leraren are done, of how many.
    """
    with connection.transaction():
        # The plans are short and the statements many: compiling them takes longer than they do.
        connection.execute("set jit = off")
        seen = unseen_from(connection)
        work = Work(day, clock.today(), actor, _regelingen(connection))
        numbers = concerned(connection, work.regelingen, day, work.today)
    done: Counter[str] = Counter()
    for first in range(0, len(numbers), SIZE):
        with connection.transaction():
            done += renew_batch(connection, work, numbers[first : first + SIZE])
        if progress is not None:
            progress(min(first + SIZE, len(numbers)), len(numbers))
    with connection.transaction():
        connection.execute(_DONE, {"day": day, "unseen_from": seen, "moment": clock.now()})
    return Outcome(
        dag=day,
        bekeken=len(numbers),
        begonnen=done[EERSTE],
        verlengd=done[VERLENGD],
        hersteld=done[HERSTELD],
        hervat=done[HERVAT],
        berichten=done[MADE],
        vervallen=done[DROPPED],
    )


def _regelingen(connection: Connection[Any]) -> Regelingen:
    row = connection.execute(queries.REGELINGEN).fetchone()
    assert row is not None
    return queries.regelingen_of(row[0])


def renewed_up_to(connection: Connection[Any]) -> date | None:
    """Give the last day up to which all was done; None when that never was."""
    row = connection.execute(_RENEWED_UP_TO).fetchone()
    assert row is not None
    day: date | None = row[0]
    return day
