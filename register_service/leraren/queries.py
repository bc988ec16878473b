"""Reads of leraren."""

from sqlalchemy.orm import Session

from register_service.api.call import Answer, Call
from register_service.api.history import history
from register_service.api.reading import Source, one, page
from register_service.core.errors import Moved, NotFound
from register_service.core.representation import json_object
from register_service.leraren.schemas import LeraarSchema

LERAAR_JSON = json_object(LeraarSchema, "l")

LERAAR = Source(
    f"select l.registratienummer as leraar, {LERAAR_JSON} as body from leraar l "
    "where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null",
    tables=("leraar",),
    parts=("leraar",),
    of_dossier=True,
)

HISTORIE = history("leraar", LeraarSchema, "j.dossier = %(registratienummer)s", part="leraar")

# Whom a bestuur sees comes from an index in the order of the page, so that a deep page costs what the first costs.
_VISIBLE_TO_BESTUUR = """
    (select distinct z.leraar from zicht z
     where z.bestuur = %(bestuur)s and z.leraar > %(after)s
       and current_setting('register.today')::date between z.vanaf and z.tot
     order by z.leraar) visible
    join leraar l on l.registratienummer = visible.leraar
"""
_VISIBLE_TO_ALL = "leraar l"
_AT_WORK = """
    and (%(vestiging)s::text is null and %(geldig_op)s::date is null or exists (
        select from aanstelling a
        where a.leraar = l.registratienummer and a.vestiging = coalesce(%(vestiging)s, a.vestiging)
          and coalesce(%(geldig_op)s::date, current_setting('register.today')::date)
              between a.begindatum and coalesce(a.einddatum, 'infinity')))
"""
_MATCHING = """
    and (%(achternaam)s::text is null or zoeknaam(l.achternaam) %% zoeknaam(%(achternaam)s))
    and (%(voornamen)s::text is null or zoeknaam(l.voornamen) %% zoeknaam(%(voornamen)s)
         or zoeknaam(l.roepnaam) %% zoeknaam(%(voornamen)s))
    and (%(geboortedatum)s::date is null or l.geboortedatum = %(geboortedatum)s)
    and (%(emailadres)s::text is null or lower(l.emailadres) = lower(%(emailadres)s))
    and (%(eck_id)s::text is null or l.eck_id = %(eck_id)s)
    and (%(personeelsnummer)s::text is null or exists (
        select from aanstelling a where a.leraar = l.registratienummer and a.personeelsnummer = %(personeelsnummer)s))
"""
SEARCHED = ("achternaam", "voornamen", "geboortedatum", "emailadres", "eck_id", "personeelsnummer")


def _list(visible: str, condition: str) -> Source:
    return Source(
        f"select l.registratienummer as leraar, l.registratienummer as key, {LERAAR_JSON} as body from {visible} "
        f"where l.registratienummer > %(after)s and l.samengevoegd_met is null {condition} "
        "order by l.registratienummer limit %(limit)s",
        tables=("leraar", "aanstelling"),
        parts=("leraar",),
    )


_LISTS = {
    (role, kind): _list(visible, condition)
    for role, visible in (("bestuur", _VISIBLE_TO_BESTUUR), ("other", _VISIBLE_TO_ALL))
    for kind, condition in (("list", ""), ("at_work", _AT_WORK), ("search", _MATCHING))
}


def list_source(call: Call, kind: str) -> Source:
    """Give the source of a list of leraren: `list`, `at_work` (by vestiging or day) or `search`."""
    return _LISTS["bestuur" if call.caller.role == "bestuur" else "other", kind]


_SUCCESSOR = """
select s.naar from samenvoeging s join leraar l on l.registratienummer = s.naar where s.van = %(registratienummer)s
"""


def of_leraar(call: Call, source: Source, registratienummer: str, **values: str) -> Answer:
    """Answer with one object of a leraar. Raises NotFound, or Moved when the dossier was merged into one the caller sees."""
    values = {"registratienummer": registratienummer, "dossier": registratienummer, **values}
    try:
        return one(call, source, **values)
    except NotFound:
        require_not_moved(call, registratienummer)
        raise


def history_of(call: Call, source: Source, registratienummer: str, **values: str) -> Answer:
    """Answer with a page of history of something of a leraar. Raises NotFound or Moved when there is none at all."""
    answer = page(call, source, registratienummer=registratienummer, **values)
    if answer.body.startswith(b'{"items":[]') and "cursor" not in call.query:
        require_not_moved(call, registratienummer)
        raise NotFound
    return answer


def require_not_moved(call: Call, registratienummer: str) -> None:
    """Raise Moved when the dossier was merged into one that the caller sees."""
    (rows,) = call.services.database.read(call.context, (_SUCCESSOR, {"registratienummer": registratienummer}))
    if rows:
        raise Moved(registratienummer, rows[0][0])


def require_leraar(session: Session, registratienummer: str, *, to_change: bool = False) -> None:
    """Hold a leraar's row until the end of a write, so that no merge comes between. Raises NotFound or Moved.

    `to_change` takes the row for oneself at once: two writes that both held it could not both go on to change it.
    """
    connection = session.connection()
    parameters = {"registratienummer": registratienummer}
    if connection.exec_driver_sql(_HOLD + ("update" if to_change else "key share"), parameters).first() is not None:
        return
    successor = connection.exec_driver_sql(_SUCCESSOR, parameters).scalar()
    if successor is not None:
        raise Moved(registratienummer, successor)
    raise NotFound


_HOLD = """
select 1 from leraar where registratienummer = %(registratienummer)s and samengevoegd_met is null for """
