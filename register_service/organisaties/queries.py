"""Reads of organisations. Nobody's dossier, so nothing is logged per leraar."""

from register_service.api.history import history
from register_service.api.reading import Source
from register_service.core.representation import json_object
from register_service.organisaties.schemas import (
    BestuurSchema,
    DeelnameSchema,
    PartnerschapSchema,
    PartnerschapStandSchema,
    SchoolSchema,
    VestigingSchema,
)

_MEMBER_ON = "%(geldig_op)s::date between coalesce({0}.lid_sinds, '-infinity') and coalesce({0}.lid_tot, 'infinity')"
_OPEN_ON = "({0}.gesloten_op is null or %(geldig_op)s::date < {0}.gesloten_op)"
_JOINED_ON = "%(geldig_op)s::date between {0}.begindatum and coalesce({0}.einddatum, 'infinity')"
_ANY_DAY = "%(geldig_op)s::date is null or "

_PARTNERSCHAP_JSON = json_object(
    PartnerschapSchema,
    "o",
    opleidingen="to_json(o.opleidingen)",
    deelnames=f"""coalesce((select json_agg({json_object(DeelnameSchema, "d")} order by d.bestuur, d.begindatum)
        from deelname d where d.partnerschap_id = o.id and ({_ANY_DAY}{_JOINED_ON.format("d")})), '[]')""",
)
_BESTUUR = (json_object(BestuurSchema, "o"), f"({_ANY_DAY}{_MEMBER_ON.format('o')})")
_SCHOOL = (json_object(SchoolSchema, "o"), "(%(geldig_op)s::date is null or true)")
_VESTIGING = (json_object(VestigingSchema, "o"), f"({_ANY_DAY}{_OPEN_ON.format('o')})")
_PARTNERSCHAP = (_PARTNERSCHAP_JSON, "(%(geldig_op)s::date is null or true)")


def _one(table: str, key: str, shape: tuple[str, str], tables: tuple[str, ...]) -> Source:
    body, held = shape
    select = f"select null::text as leraar, {body} as body from {table} o where o.{key} = %(key)s and {held}"
    return Source(select, tables, parts=())


def _list(table: str, key: str, shape: tuple[str, str], tables: tuple[str, ...], filters: str = "") -> Source:
    body, held = shape
    select = (
        f"select null::text as leraar, o.{key}::text as key, {body} as body from {table} o "
        f"where o.{key}::text > %(after)s and {held} {filters} order by o.{key} limit %(limit)s"
    )
    return Source(select, tables, parts=())


_OF_BESTUUR = """and (%(bestuur)s::text is null or o.bestuur = %(bestuur)s)
    and (%(sector)s::text is null or o.sector = %(sector)s)"""
_OF_PLACE = """and (%(brin)s::text is null or o.brin = %(brin)s)
    and (%(gemeente)s::text is null or lower(o.gemeente) = lower(%(gemeente)s))"""

BESTUUR = _one("bestuur", "nummer", _BESTUUR, ("bestuur",))
BESTUREN = _list("bestuur", "nummer", _BESTUUR, ("bestuur",))
SCHOOL = _one("school", "brin", _SCHOOL, ("school",))
SCHOLEN = _list("school", "brin", _SCHOOL, ("school",), _OF_BESTUUR)
VESTIGING = _one("vestiging", "code", _VESTIGING, ("vestiging",))
VESTIGINGEN = _list("vestiging", "code", _VESTIGING, ("vestiging",), _OF_BESTUUR + _OF_PLACE)
PARTNERSCHAP = _one("partnerschap", "id", _PARTNERSCHAP, ("partnerschap", "deelname"))
PARTNERSCHAPPEN = _list("partnerschap", "id", _PARTNERSCHAP, ("partnerschap", "deelname"))


def _of(table: str, key: str) -> str:
    # Organisations are closed or left, never deleted: the table knows the object of every key there ever was.
    return f"j.object_id = (select id from {table} where {key} = %(key)s)"


BESTUUR_HISTORIE = history(
    "bestuur", BestuurSchema, _of("bestuur", "nummer"), part="organisaties", held_on=_MEMBER_ON.format("s")
)
SCHOOL_HISTORIE = history("school", SchoolSchema, _of("school", "brin"), part="organisaties")
VESTIGING_HISTORIE = history(
    "vestiging", VestigingSchema, _of("vestiging", "code"), part="organisaties", held_on=_OPEN_ON.format("s")
)
PARTNERSCHAP_HISTORIE = history(
    "partnerschap", PartnerschapStandSchema, "j.object_id = %(key)s::uuid", part="organisaties"
)
DEELNAME_HISTORIE = history(
    "deelname",
    DeelnameSchema,
    "j.object_id in (select id from deelname where partnerschap_id = %(key)s::uuid)",
    part="organisaties",
    held_on=_JOINED_ON.format("s"),
)
