"""The work list of a bestuur: every finding of `gegevenskwaliteit` by itself, a page at a time as JSON, or whole as CSV.

Whoever is on it was looked at, and the log says so: it is written by the statement that makes the list, as in api.reading.
"""

import hashlib
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final

import psycopg
from flask import Response, request
from werkzeug.wsgi import wrap_file

from register_service.access.models import ClientSoort
from register_service.api.call import Answer, Call
from register_service.api.reading import Source, page_on
from register_service.core.errors import Forbidden
from register_service.rapportages.dataset import Vraag
from register_service.rapportages.datasets.gegevenskwaliteit_sql import FOUND, MELDINGEN, TABELLEN
from register_service.rapportages.leaving import cancelled_when_left
from register_service.rapportages.renderers.csv_form import BOM, MEDIATYPE
from register_service.rapportages.running import checked_moment, checkpoint_at, tables_of
from register_service.rapportages.tables import register_tables

READS: Final = (*TABELLEN, "vestiging")
SOORTEN: Final = {kind.replace("_", "-"): melding for kind, melding in MELDINGEN.items()}
PART: Final = "werklijst"
FILENAME: Final = "werklijst"
_BLOCK: Final = 2**16  # bytes

# The findings asked for, with their words: by leraar, the gravest first.
_LIJST = f"""{FOUND},
woorden as (
    select ordinality - 1 as rang, soort, titel, object_soort, wat_te_doen
    from unnest(%(soorten)s::text[], %(titels)s::text[], %(objecten)s::text[], %(stappen)s::text[])
        with ordinality w (soort, titel, object_soort, wat_te_doen)),
lijst as (
    select m.leraar, m.rang, w.soort, w.titel, m.sinds, w.object_soort, m.object, m.bestuur, m.vestiging, w.wat_te_doen
    from melding m join woorden w on w.rang = m.rang
    where (%(bestuur)s::text is null or m.bestuur = %(bestuur)s) and (%(vestiging)s::text is null or m.vestiging = %(vestiging)s)
      and (%(soort)s::text is null or w.soort = %(soort)s))"""
_PAGE = """select w.leraar, w.key, json_build_object(
        'registratienummer', w.leraar, 'soort', w.soort, 'titel', w.titel, 'sinds', w.sinds, 'objectSoort', w.object_soort,
        'object', w.object, 'bestuur', w.bestuur, 'vestiging', w.vestiging, 'watTeDoen', w.wat_te_doen) as body
    from (select lijst.*, leraar || to_char(rang, 'FM00') || object as key from lijst) w
    where w.key > %(after)s order by w.key limit %(limit)s"""
_WHOLE = """copy (with {tables}, {lijst},
op_lijst as materialized (select * from lijst order by leraar, rang, object),
looked as (
    insert into access_log (leraar, actor, namens, purpose, reason, parts, request_id)
    -- In the order of the index, which takes them in so in half the time.
    select leraar, %(actor)s, %(namens)s, %(purpose)s, null, %(parts)s::text[], %(request_id)s
    from (select distinct leraar from op_lijst order by leraar) wie)
select leraar as registratienummer, soort, titel, sinds, object_soort as "objectSoort", object, bestuur, vestiging,
    wat_te_doen as "watTeDoen"
from op_lijst order by leraar, rang, object) to stdout (format csv, header)"""


def require_own(call: Call) -> None:
    """Refuse whoever is no employer: a report has no people in it, this list has. Raises Forbidden."""
    if call.caller.role not in (ClientSoort.BESTUUR, ClientSoort.BEHEER):
        raise Forbidden(
            "De werklijst noemt leraren; zij is voor het bestuur zelf en de beheerder.", code="alleen-voor-bestuur"
        )


def paged(call: Call) -> Answer:
    """Answer with a page of the list. Raises Invalid with all that is wrong with the question."""
    with call.services.database.snapshot(call.context, writes=True) as connection, cancelled_when_left(connection):
        values = _values(connection, call)
        change = f"{tables_of(connection, READS, values)}, {_LIJST}"
        return page_on(connection, call, Source(_PAGE, tables=(), parts=(PART,), change=change), **values)


def _values(connection: psycopg.Connection[Any], call: Call) -> dict[str, Any]:
    day = call.query.get("geldig_op") or call.context.today
    filters = {name: call.query.get(name) for name in ("bestuur", "vestiging")}
    filters["bestuur"] = call.caller.bestuur or filters["bestuur"]
    vraag = Vraag(day, day, "bestuur", {name: value for name, value in filters.items() if value})
    moment = checked_moment(connection, vraag, call.query.get("beschikbaar_op"), ())
    _, snapshot = checkpoint_at(connection, moment)
    return {
        "periode_tot": day,
        "snapshot": snapshot,
        "tabellen": register_tables(READS),
        "soort": call.query.get("soort"),
        **filters,
        "soorten": list(SOORTEN),
        "titels": [melding.titel for melding in SOORTEN.values()],
        "objecten": [melding.object_soort for melding in SOORTEN.values()],
        "stappen": [melding.wat_te_doen for melding in SOORTEN.values()],
    }


@dataclass(frozen=True, slots=True)
class FileAnswer(Answer):
    """The list as a file, open at its beginning, and the tag of its content."""

    file: IO[bytes] = field(kw_only=True)
    size: int = field(kw_only=True)
    etag: str = field(kw_only=True)

    def response(self) -> Response:
        """Make it a response of Flask: the file, or 304 for who has it already."""
        if request.if_none_match.contains_weak(self.etag.strip('"')):
            self.file.close()
            return Response(b"", 304, {"ETag": self.etag})
        response = Response(wrap_file(request.environ, self.file, _BLOCK), mimetype=MEDIATYPE, direct_passthrough=True)
        response.content_length = self.size
        response.headers["ETag"] = self.etag
        response.headers["Content-Disposition"] = f'attachment; filename="{FILENAME}.csv"'
        return response


def whole(call: Call) -> FileAnswer:
    """Make the whole list, in a file without a name, so that memory stays flat and no slow client holds PostgreSQL.

    What goes into it is codes, days and texts of ours: nothing that a spreadsheet takes for a formula. Raises Invalid.
    """
    digest = hashlib.blake2b(digest_size=12)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the response that reads it
    try:
        file.write(BOM.encode())
        _copy(call, file, digest)
    except BaseException:
        file.close()
        raise
    size = file.tell()
    file.seek(0)
    return FileAnswer(b"", file=file, size=size, etag=f'"{urlsafe_b64encode(digest.digest()).decode()}"')


def _copy(call: Call, file: IO[bytes], digest: Any) -> None:
    with call.services.database.snapshot(call.context, writes=True) as connection, cancelled_when_left(connection):
        values = _values(connection, call)
        statement = _WHOLE.format(tables=tables_of(connection, READS, values), lijst=_LIJST)
        looked = {
            "actor": call.context.actor,
            "namens": call.context.namens,
            "purpose": call.operation.purpose,
            "parts": [PART],
            "request_id": call.request_id,
        }
        # COPY takes no parameters.
        text = psycopg.ClientCursor(connection).mogrify(statement, {**values, **looked})
        with connection.cursor() as cursor, cursor.copy(text.encode()) as rows:
            for block in _blocks(rows):
                file.write(block)
                digest.update(block)


def _blocks(rows: Iterable[bytes | bytearray | memoryview]) -> Iterator[bytes]:
    """Put lines together, for a line by itself costs more to write than to find."""
    block = bytearray()
    for row in rows:
        block += row
        if len(block) >= _BLOCK:
            yield _ended(block)
            block.clear()
    yield _ended(block)


def _ended(lines: bytearray) -> bytes:
    # No value holds a line end; RFC 4180 wants both signs.
    return bytes(lines.replace(b"\n", b"\r\n"))
