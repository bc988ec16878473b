"""Reads of aanstellingen. Of another bestuur's aanstellingen nothing shows: row-level security sees to it."""

from functools import cache

from register_service.aanstellingen.schemas import AanstellingSchema
from register_service.api.history import history
from register_service.api.reading import Source
from register_service.core.representation import json_object
from register_service.leraren.queries import IN_DOSSIER_BY_ID, OF_DOSSIER

AANSTELLING_JSON = json_object(AanstellingSchema, "a")
HELD_ON = "%(geldig_op)s::date between {alias}.begindatum and coalesce({alias}.einddatum, 'infinity')"
_HELD = f"(%(geldig_op)s::date is null or {HELD_ON.format(alias='a')})"

# All aanstellingen of the leraar `l` that the caller may see, as a JSON array.
OF_LERAAR_JSON = f"""coalesce((
    select json_agg({AANSTELLING_JSON} order by a.begindatum, a.id) from aanstelling a
    where a.leraar = l.registratienummer and {_HELD}), '[]')"""

AANSTELLING = Source(
    f"select a.leraar, {AANSTELLING_JSON} as body from aanstelling a "
    f"where a.id = %(id)s::uuid and a.leraar = %(registratienummer)s and {_HELD}",
    tables=("aanstelling",),
    parts=("aanstellingen",),
    of_dossier=True,
)

# Adds an aanstelling to a dossier that the caller sees and that no merge takes away meanwhile; nothing when there is none.
_ADDED = """added as (
        insert into aanstelling (id, leraar, bestuur, vestiging, functie, soort, begindatum, einddatum, betrekkingsomvang,
                                 personeelsnummer, reden_einde)
        select %(id)s::uuid, l.registratienummer, %(bestuur)s, %(vestiging)s, %(functie)s, %(soort)s, %(begindatum)s::date,
               %(einddatum)s::date, %(betrekkingsomvang)s::numeric, %(personeelsnummer)s, %(reden_einde)s
        from leraar l where l.registratienummer = %(leraar)s and l.samengevoegd_met is null for key share
        returning *)"""


@cache
def added(concerned: tuple[str, ...]) -> Source:
    """Give the source that adds an aanstelling; its `key` tells, as 'true', that it concerns one of its followers."""
    key = f"({' or '.join(concerned) or 'false'})::text"
    return Source(
        f"select a.leraar, {key} as key, {AANSTELLING_JSON} as body from added a",
        tables=("aanstelling",),
        parts=("aanstellingen",),
        change=_ADDED,
    )


OF_LERAAR = Source(
    f"select l.registratienummer as leraar, json_build_object('items', {OF_LERAAR_JSON}, 'volgende', null) as body "
    "from leraar l where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null",
    tables=("leraar", "aanstelling"),
    parts=("aanstellingen",),
    of_dossier=True,
)


def _list(*conditions: str) -> Source:
    # By id, whose first part is the time it was made: new ones come last, so that a page never shifts.
    # Made a key once, before any row: what could give a row away by an error PostgreSQL only looks at after who may see it.
    after = "a.id > (select coalesce(nullif(%(after)s, ''), '00000000-0000-0000-0000-000000000000')::uuid)"
    return Source(
        f"select a.leraar, a.id::text as key, {AANSTELLING_JSON} as body from aanstelling a "
        f"where {' and '.join((after, _HELD, *conditions))} order by a.id limit %(limit)s",
        tables=("aanstelling",),
        parts=("aanstellingen",),
    )


_OF_BESTUUR, _OF_VESTIGING = "a.bestuur = %(bestuur)s", "a.vestiging = %(vestiging)s"
_OF_CALLER = _list(
    "a.leraar = current_setting('register.leraar', true)",
    "(%(vestiging)s::text is null or a.vestiging = %(vestiging)s)",
)
_LISTS = {
    (False, False): _list(),
    (False, True): _list(_OF_VESTIGING),
    (True, False): _list(_OF_BESTUUR),
    (True, True): _list(_OF_BESTUUR, _OF_VESTIGING),
}


def list_source(bestuur: str | None, vestiging: str | None, *, of_caller: bool = False) -> Source:
    """Give the source of a list of aanstellingen, which takes `bestuur` and `vestiging` where these are given.

    `of_caller` is for a leraar, who has no more than the own. Row-level security alone would filter as well, but could not pick
    the index that has the rows in the order of the page.
    """
    if of_caller:
        return _OF_CALLER
    return _LISTS[bestuur is not None, vestiging is not None]


HISTORIE = history(
    "aanstelling",
    AanstellingSchema,
    IN_DOSSIER_BY_ID,
    part="aanstellingen",
    held_on=HELD_ON.format(alias="s"),
    of=OF_DOSSIER,
)
