"""Reads of leraren."""

from typing import Any

from sqlalchemy.orm import Session

from register_service.api.call import Answer, Call
from register_service.api.history import history
from register_service.api.reading import Source, one, page
from register_service.core.db import run_in
from register_service.core.errors import Forbidden, Moved, NotFound
from register_service.core.representation import json_object
from register_service.journal.moments import known
from register_service.leraren.schemas import LeraarSchema

LERAAR_JSON = json_object(LeraarSchema, "l")

LERAAR = Source(
    f"select l.registratienummer as leraar, {LERAAR_JSON} as body from leraar l "
    "where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null",
    tables=("leraar",),
    parts=("leraar",),
    of_dossier=True,
)

# Whether a row of the journal was known at the moment that is asked for.
_KNOWN = f"(%(beschikbaar_op)s::timestamptz is null or {known('{0}.tx')})"

# Rows of a dossier, of those merged into it too; of a dossier that was merged itself there are none, for it goes on elsewhere.
# In one array: with `or` PostgreSQL reads the whole journal.
IN_DOSSIER = f"""
    j.dossier = any(%(registratienummer)s::text || array(
        select m.state ->> 'van' from journal m
        where m.dossier = %(registratienummer)s and m.table_name = 'samenvoeging' and {_KNOWN.format("m")}))
    and not exists (
        select from journal g where g.dossier = %(registratienummer)s and g.table_name = 'leraar'
        and g.state ->> 'samengevoegd_met' is not null and {_KNOWN.format("g")})
"""
OF_DOSSIER = "%(registratienummer)s::text"
IN_DOSSIER_BY_ID = f"j.object_id = %(id)s::uuid and {IN_DOSSIER}"

HISTORIE = history("leraar", LeraarSchema, IN_DOSSIER, part="leraar", of=OF_DOSSIER)

# A page reads no further than it shows, however many leraren there are: who is on it comes from an index in the order of the
# page, as far as the page goes, before anything else is read.
_ON_PAGE = "({numbers} order by leraar limit %(limit)s) visible join leraar l on l.registratienummer = visible.leraar"
_SEEN = "z.bestuur = %(bestuur)s and z.leraar > %(after)s and current_setting('register.today')::date between z.vanaf and z.tot"
_SEEN_BY_BESTUUR = _ON_PAGE.format(
    numbers=f"""
    (select distinct z.leraar from zicht_aanstelling z where {_SEEN} order by z.leraar limit %(limit)s) union
    (select distinct z.leraar from koppeling z where {_SEEN} order by z.leraar limit %(limit)s)"""
)
_AT_WORK = """
    select distinct a.leraar from aanstelling a
    where {where} and a.leraar > %(after)s and coalesce(%(geldig_op)s::date, current_setting('register.today')::date)
        between a.begindatum and coalesce(a.einddatum, 'infinity')"""
_ALL = "leraar l"
# Who is seen today is perhaps not whom a search looks for: nobody is left out beforehand.
_ALL_SEEN_BY_BESTUUR = f"""
    (select distinct z.leraar from zicht z where {_SEEN}) visible join leraar l on l.registratienummer = visible.leraar"""
_MATCHING = """
    and (%(achternaam)s::text is null or zoeknaam(l.achternaam) %% zoeknaam(%(achternaam)s))
    and (%(voornamen)s::text is null or zoeknaam(l.voornamen) %% zoeknaam(%(voornamen)s)
         or zoeknaam(l.roepnaam) %% zoeknaam(%(voornamen)s))
    and (%(geboortedatum)s::date is null or l.geboortedatum = %(geboortedatum)s)
    and (%(emailadres)s::text is null or lower(l.emailadres) = lower(%(emailadres)s))
    and (%(eck_id)s::text is null or l.eck_id = %(eck_id)s)
    and (%(personeelsnummer)s::text is null or exists (
        select from aanstelling a where a.leraar = l.registratienummer and a.personeelsnummer = %(personeelsnummer)s))
    and (%(geldig_op)s::date is null or exists (
        select from aanstelling a where a.leraar = l.registratienummer
        and %(geldig_op)s::date between a.begindatum and coalesce(a.einddatum, 'infinity')))
"""
SEARCHED = ("achternaam", "voornamen", "geboortedatum", "emailadres", "eck_id", "personeelsnummer")


def _list(seen: str, condition: str = "") -> Source:
    return Source(
        f"select l.registratienummer as leraar, l.registratienummer as key, {LERAAR_JSON} as body from {seen} "
        f"where l.registratienummer > %(after)s and l.samengevoegd_met is null {condition} "
        "order by l.registratienummer limit %(limit)s",
        tables=("leraar", "aanstelling"),
        parts=("leraar",),
    )


# Row-level security would leave out all others as well, one by one; this goes by index.
_CALLER = "current_setting('register.leraar', true)"
_OWN = f"and l.registratienummer = {_CALLER}"
_AT_VESTIGING = _list(_ON_PAGE.format(numbers=_AT_WORK.format(where="a.vestiging = %(vestiging)s")))
LISTS = {
    ("bestuur", "list"): _list(_SEEN_BY_BESTUUR),
    ("bestuur", "search"): _list(_ALL_SEEN_BY_BESTUUR, _MATCHING),
    ("bestuur", "at_work"): _list(_ON_PAGE.format(numbers=_AT_WORK.format(where="a.bestuur = %(bestuur)s"))),
    ("leraar", "list"): _list(_ALL, _OWN),
    ("leraar", "search"): _list(_ALL, _OWN + _MATCHING),
    ("leraar", "at_work"): _list(_ON_PAGE.format(numbers=_AT_WORK.format(where=f"a.leraar = {_CALLER}"))),
    ("other", "list"): _list(_ALL),
    ("other", "search"): _list(_ALL, _MATCHING),
    ("other", "at_work"): _list(_ON_PAGE.format(numbers=_AT_WORK.format(where="true"))),
}


def list_source(call: Call, kind: str) -> Source:
    """Give the source of a list of leraren: `list`, `at_work` (by vestiging or day) or `search`."""
    if kind == "at_work" and call.query.get("vestiging"):
        return _AT_VESTIGING
    # Of the past row-level security alone tells what is seen: a dossier that was merged since is in nobody's zicht today.
    role = "other" if call.query.get("beschikbaar_op") else call.caller.role
    return LISTS[role if (role, kind) in LISTS else "other", kind]


_SUCCESSOR = """
select s.naar from samenvoeging s join leraar l on l.registratienummer = s.naar where s.van = %(registratienummer)s
"""
# At a moment in the past: what it had been merged into by then, if anything.
_SUCCESSOR_THEN = f"""
select m.state ->> 'naar' from samenvoeging s join leraar l on l.registratienummer = s.naar join journal m on m.object_id = s.id
where s.van = %(registratienummer)s and {_KNOWN.format("m")} order by m.id desc limit 1
"""


def of_leraar(call: Call, source: Source, registratienummer: str, **values: Any) -> Answer:
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
    if answer.body.startswith(b'{"items":[]'):
        require_not_moved(call, registratienummer)
        if "cursor" not in call.query:
            raise NotFound
    return answer


def require_not_moved(call: Call, registratienummer: str) -> None:
    """Raise Moved when the dossier was merged, as far as was known at the moment asked for, into one that the caller sees."""
    moment = call.query.get("beschikbaar_op")
    parameters = {"registratienummer": registratienummer, "beschikbaar_op": moment}
    statement = _SUCCESSOR if moment is None else _SUCCESSOR_THEN
    (rows,) = call.services.database.read(call.context, (statement, parameters))
    if rows:
        raise Moved(registratienummer, rows[0][0])


_SEEN_BY_CALLER = "select 1 from leraar where registratienummer = %(registratienummer)s and samengevoegd_met is null"


def refuse_bestuur(call: Call, registratienummer: str) -> None:
    """Refuse a bestuur what is between a leraar and the keeper.

    Raises Forbidden; of a leraar whom it does not see, NotFound or Moved.
    """
    if call.caller.role != "bestuur":
        return
    (seen,) = call.services.database.read(call.context, (_SEEN_BY_CALLER, {"registratienummer": registratienummer}))
    if not seen:
        # Of another bestuur's leraar not even this is told.
        require_not_moved(call, registratienummer)
        raise NotFound
    raise Forbidden("Dit is tussen de leraar en de beheerder van het register; een bestuur ziet het niet.")


def require_leraar(session: Session, registratienummer: str, *, to_change: bool = False) -> None:
    """Hold a leraar's row until the end of a write, so that no merge comes between. Raises NotFound or Moved.

    `to_change` takes the row for oneself at once: two writes that both held it could not both go on to change it.
    """
    parameters = {"registratienummer": registratienummer}
    (held,) = run_in(session, (_HOLD + ("update" if to_change else "key share"), parameters))
    if held:
        return
    (((own,),),) = run_in(session, (_HOLD_OWN, {**parameters, "to_change": to_change}))
    if own is not None:
        if own != registratienummer:
            raise Moved(registratienummer, own)
        return
    (successor,) = run_in(session, (_SUCCESSOR, parameters))
    if successor:
        raise Moved(registratienummer, successor[0][0])
    raise NotFound


def follow_leraar(session: Session, registratienummer: str) -> str:
    """Hold the dossier that a number in a body stands for, also after a merge, and give its number. Raises NotFound."""
    try:
        require_leraar(session, registratienummer)
    except Moved as moved:
        return follow_leraar(session, moved.new)
    return registratienummer


_HOLD = """
select 1 from leraar where registratienummer = %(registratienummer)s and samengevoegd_met is null for """
# A leraar changes nothing in the own row, and row-level security lets nobody hold what he may not change.
_HOLD_OWN = "select houd_eigen_dossier(%(registratienummer)s, %(to_change)s)"
