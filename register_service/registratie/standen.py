"""What progress follows from, kept ready for whoever asks for many (docs/decisions/progress-kept-ready.md).

The worker makes it; what holds is for the reading statement to tell. So it may come late, be cut short, or not be there at all.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import orjson
from psycopg import Connection

from register_service.core import clock, days
from register_service.regelingen import figures
from register_service.registratie import queries, rules
from register_service.registratie.rules.facts import read_feiten
from register_service.registratie.rules.stand import holds_until, stand_on

# Leraren at a time: nobody waits for them, but what is made is for use soon.
SIZE: Final = 500

_MISSING = """
select l.registratienummer from leraar l
where l.samengevoegd_met is null and not exists (
    select from geldende_voortgangstand s
    where s.leraar = l.registratienummer and %(today)s between s.vanaf and s.tot and s.regels = %(regels)s offset 0)
order by l.registratienummer
"""
# One statement has one snapshot: what it shows of the facts is what `gezien` says that was seen.
_FACTS = f"""
select f.leraar, f.feiten::text, ({queries.REGELINGEN}), pg_current_snapshot()::text from registratiefeiten_van(%s, null) f
"""
_KEEP = """
insert into voortgangstand (leraar, vanaf, tot, gezien, regels, stand)
select n.leraar, n.vanaf, n.tot, n.gezien::pg_snapshot, n.regels, n.stand
from unnest(%s::text[], %s::date[], %s::date[], %s::text[], %s::text[], %s::text[]) n (leraar, vanaf, tot, gezien, regels, stand)
order by n.leraar
on conflict (leraar) do update
set vanaf = excluded.vanaf, tot = excluded.tot, gezien = excluded.gezien, regels = excluded.regels, stand = excluded.stand
"""


@cache
def fingerprint() -> str:
    """Tell these rules from those of another version of this service: what another made is not what these would make."""
    files = sorted(Path(rules.__path__[0]).glob("*.py"))
    texts = [file.read_bytes() for file in (*files, Path(days.__file__), Path(figures.__file__))]
    return blake2b(b"\0".join(texts), digest_size=12).hexdigest()


def prepare(connection: Connection[Any]) -> int:
    """Make ready what is missing for today, for some hundreds at a time; gives how many leraren that were.

    `connection` is the owner's, with no transaction open.
    """
    today = clock.today()
    with connection.transaction():
        connection.execute("set local jit = off")
        missing = [number for (number,) in connection.execute(_MISSING, {"today": today, "regels": fingerprint()})]
    for first in range(0, len(missing), SIZE):
        with connection.transaction():
            _prepare_some(connection, missing[first : first + SIZE], today)
    return len(missing)


def _prepare_some(connection: Connection[Any], numbers: Sequence[str], today: date) -> None:
    rows = list(_standen(connection, numbers, today))
    if rows:
        connection.execute(_KEEP, [list(column) for column in zip(*rows, strict=True)])


def _standen(connection: Connection[Any], numbers: Sequence[str], today: date) -> Iterator[tuple[Any, ...]]:
    for number, body, figures_then, seen in connection.execute(_FACTS, (list(numbers),)).fetchall():
        if figures_then is None:
            return
        regelingen = queries.regelingen_of(figures_then)
        feiten = read_feiten(orjson.loads(body), regelingen)
        stand = stand_on(feiten, regelingen, today)
        last = holds_until(feiten, regelingen, stand)
        yield number, today, last, seen, fingerprint(), orjson.dumps(tuple(stand)).decode()
