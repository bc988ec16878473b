"""Some hundreds of leraren in one transaction: hold them, read their facts, store what follows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from psycopg import Connection

from register_service.core import clock
from register_service.core.context import set_context
from register_service.registratie.berichten import LEASE
from register_service.registratie.renewing.deciding import Decision, Due, decide
from register_service.registratie.rules.course import EERSTE, GRONDEN, HERSTELD, HERVAT, VERLENGD
from register_service.registratie.rules.facts import Periode, read_feiten
from register_service.registratie.rules.norms import Regelingen

# Held before the facts are read, in one order, so that of uitstel, a merge and another run each is either seen or waits. Who
# adds an activiteit, a bevoegdheid or an aanstelling does not wait: this changes no key.
_HOLD = """
select from leraar where registratienummer = any(%s) and samengevoegd_met is null order by registratienummer for no key update
"""
_FACTS = "select feiten::text from registratiefeiten_van(%s, null)"
_STORE = """
insert into registratieperiode (leraar, begindatum, einddatum, grond)
select *, %s from unnest(%s::text[], %s::date[], %s::date[]) as new (leraar, begindatum, einddatum) order by leraar, begindatum
on conflict do nothing
"""
# A notice is about a period as it is stored: of one that is not, or has another end by now, there is none.
_RIGHT = """
with due as (
    select p.id as periode, d.*
    from unnest(%(leraren)s::text[], %(begindata)s::date[], %(soorten)s::text[], %(einddata)s::date[], %(now)s::bool[])
        as d (leraar, begindatum, soort, einddatum, due)
    join registratieperiode p on p.leraar = d.leraar and p.begindatum = d.begindatum and p.einddatum = d.einddatum)
"""
# What a sender has in hand is not taken away from it.
_DROP = f"""{_RIGHT}
update bericht b set vervallen_op = %(moment)s
where b.leraar = any(%(held)s) and b.verzonden_op is null and b.vervallen_op is null and b.afgegeven_op is null
  and (b.bezig_sinds is null or b.bezig_sinds < %(moment)s - %(lease)s)
  and not exists (select from due d where (d.periode, d.soort, d.einddatum) = (b.periode, b.soort, b.einddatum))
"""
# Uitstel that was taken back, a registratie that was resumed: what was dropped is right again.
_TAKE_BACK = f"""{_RIGHT}
update bericht b set vervallen_op = null from due d
where (d.periode, d.soort, d.einddatum) = (b.periode, b.soort, b.einddatum) and d.due
  and b.vervallen_op is not null and b.verzonden_op is null and b.afgegeven_op is null
"""
_MAKE = f"""{_RIGHT}
insert into bericht (leraar, periode, soort, einddatum, gemaakt_op)
select d.leraar, d.periode, d.soort, d.einddatum, %(today)s from due d where d.due order by d.leraar
on conflict (periode, soort, einddatum) do nothing
"""

EVENTS = {
    EERSTE: "registratie.begonnen",
    VERLENGD: "registratie.verlengd",
    HERSTELD: "registratie.hersteld",
    HERVAT: "registratie.hervat",
}
MADE, DROPPED = "berichten", "vervallen"


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: up to which day, by whom, with which figures, on which day."""

    day: date
    today: date
    actor: str
    regelingen: Regelingen


def renew_batch(connection: Connection[Any], work: Work, numbers: Sequence[str]) -> Counter[str]:
    """Do all that is to be done about some leraren, in the transaction that is open. Gives how many of each grond and notice."""
    connection.execute(_HOLD, (list(numbers),))
    perioden: list[tuple[str, Periode]] = []
    due: list[Due] = []
    for number, decision in _decide(connection, work, numbers):
        perioden += [(number, periode) for periode in decision.perioden]
        if decision.due is not None:
            due.append(decision.due)
    return _store(connection, work, perioden) + _notify(connection, work, numbers, due)


def _decide(connection: Connection[Any], work: Work, numbers: Sequence[str]) -> Iterable[tuple[str, Decision]]:
    for (body,) in connection.execute(_FACTS, (list(numbers),)):
        feiten = read_feiten(orjson.loads(body), work.regelingen)
        yield feiten.nummer, decide(feiten, work.regelingen, work.day, work.today)


def _store(connection: Connection[Any], work: Work, perioden: Sequence[tuple[str, Periode]]) -> Counter[str]:
    stored: Counter[str] = Counter()
    for grond in GRONDEN:
        rows = [(number, p.begindatum, p.einddatum) for number, p in perioden if p.grond == grond]
        if rows:
            _say(connection, work, EVENTS[grond])
            columns = [list(column) for column in zip(*rows, strict=True)]
            stored[grond] = connection.execute(_STORE, (grond, *columns)).rowcount
    return stored


def _notify(connection: Connection[Any], work: Work, numbers: Sequence[str], due: Sequence[Due]) -> Counter[str]:
    values = {
        "leraren": [one.leraar for one in due],
        "begindata": [one.begindatum for one in due],
        "soorten": [one.melding.soort for one in due],
        "einddata": [one.melding.einddatum for one in due],
        "now": [one.now for one in due],
        "held": list(numbers),
        "today": work.today,
        "moment": clock.now(),
        "lease": LEASE,
    }
    _say(connection, work, "bericht.vervallen")
    done = Counter({DROPPED: connection.execute(_DROP, values).rowcount})
    if due:
        _say(connection, work, "bericht.opnieuw")
        done[MADE] += connection.execute(_TAKE_BACK, values).rowcount
        _say(connection, work, "bericht.gemaakt")
        done[MADE] += connection.execute(_MAKE, values).rowcount
    return done


def _say(connection: Connection[Any], work: Work, event: str) -> None:
    set_context(connection, actor=work.actor, event=event, today=work.today)
