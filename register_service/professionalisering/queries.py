"""Reads of activiteiten. Which of them a caller sees is up to row-level security, now and in the past, and to nothing here."""

from typing import Any

from register_service.api.call import Answer, Call
from register_service.api.history import history
from register_service.api.reading import Source, page_below
from register_service.core.errors import NotFound
from register_service.core.representation import json_object
from register_service.leraren.queries import IN_DOSSIER_BY_ID, OF_DOSSIER, require_not_moved
from register_service.professionalisering.schemas import (
    ActiviteitSchema,
    ActiviteitToestandSchema,
    BewijsstukSchema,
)

# Who judged is between the leraar and the register: a bestuur reads that somebody did.
_JUDGE = "case when current_setting('register.role', true) in ('leraar', 'beheer') then {}.beoordeeld_door end"


def bewijsstukken_json(shown: str) -> str:
    """Give the SQL of the bewijsstukken `b` of the activiteit `a`, each as `shown`, as a JSON array."""
    return f"""coalesce((
        select json_agg({shown} order by b.id) from bewijsstuk b where b.activiteit = a.id), '[]')"""


# What may be the same activity, entered twice; of titles as alike as the regeling of today says. An activiteit that counts for
# nothing is no double.
MOGELIJK_DUBBEL = """coalesce((
        select json_agg(d.id order by d.id) from activiteit d
        where d.leraar = a.leraar and d.id <> a.id and d.soort = a.soort
          and d.begindatum <= a.einddatum and d.einddatum >= a.begindatum and d.status not in ('afgewezen', 'ingetrokken')
          and similarity(zoeknaam(d.titel), zoeknaam(a.titel)) >= (
              select (r.waarden ->> 'gelijkenisTitel')::real from public.regeling r
              where r.sector = 'alle'
                and current_setting('register.today')::date between r.geldig_vanaf and coalesce(r.geldig_tot, 'infinity'))
    ), '[]')"""

BEWIJSSTUK_JSON = json_object(BewijsstukSchema, "b")
ACTIVITEIT_JSON = json_object(
    ActiviteitSchema,
    "a",
    beoordeeld_door=_JUDGE.format("a"),
    bewijsstukken=bewijsstukken_json(BEWIJSSTUK_JSON),
    mogelijk_dubbel=MOGELIJK_DUBBEL,
)
HELD_ON = "%(geldig_op)s::date between {0}.begindatum and {0}.einddatum"
_HELD = f"(%(geldig_op)s::date is null or {HELD_ON.format('a')})"
_TABLES = ("leraar", "activiteit", "bewijsstuk")

ACTIVITEIT = Source(
    f"select l.registratienummer as leraar, {ACTIVITEIT_JSON} as body "
    "from activiteit a join leraar l on l.registratienummer = a.leraar "
    f"where a.id = %(id)s::uuid and a.leraar = %(registratienummer)s and {_HELD}",
    tables=_TABLES,
    parts=("activiteiten",),
    of_dossier=True,
)

# By the last day, on which an activiteit counts. A key is of one length, so that text has the order of days.
_KEY = "a.einddatum::text || ' ' || a.id::text"
OF_LERAAR = Source(
    f"""select l.registratienummer as leraar, found.key, found.body
    from leraar l left join lateral (
        select {_KEY} as key, {ACTIVITEIT_JSON} as body from activiteit a
        where a.leraar = l.registratienummer and {_KEY} > %(after)s and {_HELD}
          and (%(status)s::text is null or a.status = %(status)s) and (%(soort)s::text is null or a.soort = %(soort)s)
        order by {_KEY} limit %(limit)s) found on true
    where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null""",
    tables=_TABLES,
    parts=("activiteiten",),
    of_dossier=True,
)

HISTORIE = history(
    "activiteit",
    ActiviteitToestandSchema,
    IN_DOSSIER_BY_ID,
    part="activiteiten",
    held_on=HELD_ON.format("s"),
    of=OF_DOSSIER,
    beoordeeld_door=_JUDGE.format("s"),
)


def page_of_leraar(call: Call, source: Source, **values: Any) -> Answer:
    """Answer with a page of what belongs to a leraar. Raises NotFound, or Moved when the dossier was merged."""
    number = call.path["registratienummer"]
    try:
        return page_below(call, source, registratienummer=number, dossier=number, **values)
    except NotFound:
        require_not_moved(call, number)
        raise
