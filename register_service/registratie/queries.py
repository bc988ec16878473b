"""Reads of the registratie: SQL gives the facts and the figures, the rules say what follows on a day."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from register_service.api.history import history
from register_service.api.reading import Source
from register_service.core.representation import json_object
from register_service.leraren.queries import IN_DOSSIER, OF_DOSSIER
from register_service.registratie.rules.course import (
    GEREGISTREERD,
    ONDER_VOORWAARDEN,
    Verloop,
    course_of,
    end_of_conditions,
    underlying,
)
from register_service.registratie.rules.facts import Feiten, read_feiten
from register_service.registratie.rules.norms import Regelingen, read_regelingen
from register_service.registratie.rules.ready import progress_from
from register_service.registratie.rules.voortgang import voortgang_on
from register_service.registratie.schemas import BerichtSchema, PeriodeToestandSchema, UitstelSchema

# As text inside the JSON, so that figures that were read before are known by it.
_REGELINGEN = """(select json_agg(json_build_object('sector', r.sector, 'geldigVanaf', r.geldig_vanaf, 'waarden', r.waarden)
    order by r.geldig_vanaf, r.sector)::text from regeling r)"""
_FACTS = "registratiefeiten(array[%(registratienummer)s], %(beschikbaar_op)s::timestamptz)"
REGELINGEN = f"select {_REGELINGEN}"
FACTS_JSON = f"json_build_object('feiten', f.feiten, 'regelingen', {_REGELINGEN})"


@lru_cache(maxsize=64)
def regelingen_of(text: str) -> Regelingen:
    """Read the figures, once for each text of them."""
    return read_regelingen(orjson.loads(text))


def read_facts(body: str) -> tuple[Feiten, Regelingen]:
    """Read what `FACTS_JSON` gives."""
    found = orjson.loads(body)
    regelingen = regelingen_of(found["regelingen"])
    return read_feiten(found["feiten"], regelingen), regelingen


def finish_registratie(body: str, day: date) -> str:
    """Make the representation of a registratie on a day."""
    feiten, regelingen = read_facts(body)
    return orjson.dumps(represent(feiten, regelingen, course_of(feiten, regelingen, day))).decode()


def represent(feiten: Feiten, regelingen: Regelingen, verloop: Verloop) -> dict[str, Any]:
    """Give a registratie as JSON."""
    running = underlying(regelingen, verloop.perioden, verloop.dag) == GEREGISTREERD
    last = verloop.perioden[-1] if verloop.perioden else None
    return {
        "registratienummer": feiten.nummer,
        "peildatum": verloop.dag,
        "status": verloop.status,
        "sinds": verloop.standen[-1].vanaf if verloop.standen else None,
        "geregistreerdTot": last.einddatum if last and running else None,
        "herstelTot": end_of_conditions(last, regelingen) if last and verloop.status == ONDER_VOORWAARDEN else None,
        "perioden": [
            {
                "id": periode.id,
                "begindatum": periode.begindatum,
                "einddatum": periode.einddatum,
                "grond": periode.grond,
                "uitstelMaanden": periode.uitstel_maanden,
            }
            for periode in verloop.perioden
        ],
        "standen": [{"status": status, "vanaf": vanaf, "tot": tot} for status, vanaf, tot in verloop.standen],
    }


def represent_public(found: str, figures: str, day: date) -> dict[str, Any]:
    """Give what anyone may see: the status, since when and until when, and the bevoegdheden."""
    shown, regelingen = orjson.loads(found), regelingen_of(figures)
    feiten = read_feiten(shown["feiten"], regelingen)
    registratie = represent(feiten, regelingen, course_of(feiten, regelingen, day))
    names = ("status", "sinds", "geregistreerdTot")
    return {**{name: registratie[name] for name in names}, "bevoegdheden": shown["bevoegdheden"]}


def finish_voortgang(body: str, day: date) -> str:
    """Make the progress of one leraar on a day."""
    feiten, regelingen = read_facts(body)
    return orjson.dumps(voortgang_on(feiten, regelingen, day).as_json()).decode()


def voortgangen_from(standen: Iterable[str], day: date) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """Give the number of each of whom `STANDEN` gives something, with the progress, or None where nothing was ready."""
    today = day.isoformat()
    for one in orjson.loads(f"[{','.join(standen)}]"):
        yield (one, None) if isinstance(one, str) else (one[0], progress_from(one, day, today))


def voortgangen_of(bodies: Iterable[str], day: date) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the progress of each of many as JSON, with its number, from what `VOORTGANGEN` gives."""
    found = orjson.loads(f"[{','.join(bodies)}]")
    figures = next((one["regelingen"] for one in found if one["regelingen"]), None)
    if figures is not None:
        regelingen = regelingen_of(figures)
        for one in found:
            feiten = read_feiten(one["feiten"], regelingen)
            yield feiten.nummer, voortgang_on(feiten, regelingen, day).as_json()


REGISTRATIE = Source(
    f"select f.leraar, {FACTS_JSON} as body from {_FACTS} f",
    tables=("regeling",),
    parts=("registratie",),
    finish=finish_registratie,
)
VOORTGANG = Source(
    f"select f.leraar, {FACTS_JSON} as body from {_FACTS} f",
    tables=("regeling",),
    parts=("voortgang",),
    finish=finish_voortgang,
)
# Of many at once, on a day; the figures come with the first only.
_FACTS_OF_MANY = """registratiefeiten_op(%(registratienummers)s::text[],
    coalesce(%(geldig_op)s::date, current_setting('register.today')::date), %(beschikbaar_op)s::timestamptz)"""
VOORTGANGEN = Source(
    f"""select f.leraar, f.leraar as key, '{{"feiten":' || f.feiten || ',"regelingen":' || coalesce(
        case when row_number() over () = 1 then to_json({_REGELINGEN})::text end, 'null') || '}}' as body
    from {_FACTS_OF_MANY} f""",
    tables=("regeling",),
    parts=("voortgang",),
)
# What the worker made ready, where it still holds; the number alone where that is to be worked out. In no order.
STANDEN = Source(
    """select v.leraar, coalesce(v.stand, to_json(v.leraar)::text) as body
    from voortgangstanden(%(registratienummers)s::text[], %(dag)s::date, %(regels)s) v""",
    tables=(),
    parts=("voortgang",),
)
# Of those whose look was logged just before.
UNKNOWN_VOORTGANGEN = f"select body from ({VOORTGANGEN.select}) unknown"

# Inside a write: what the rules decide with.
FACTS = f"""
select {FACTS_JSON}::text from registratiefeiten(array[%(registratienummer)s], null) f
"""

_UITSTEL = json_object(UitstelSchema, "u")
_DECIDED = "(%(geldig_op)s::date is null or u.besluitdatum <= %(geldig_op)s::date)"
_IN_DOSSIER = "leraar l where l.registratienummer = %(registratienummer)s and l.samengevoegd_met is null"
UITSTELLEN = Source(
    f"""select l.registratienummer as leraar, json_build_object('items', coalesce((
        select json_agg({_UITSTEL} order by u.besluitdatum, u.id) from uitstel u
        where u.leraar = l.registratienummer and {_DECIDED}), '[]'), 'volgende', null) as body from {_IN_DOSSIER}""",
    tables=("leraar", "uitstel"),
    parts=("registratie",),
    of_dossier=True,
)
UITSTEL = Source(
    f"select u.leraar, {_UITSTEL} as body from uitstel u "
    f"where u.id = %(id)s::uuid and u.leraar = %(registratienummer)s and {_DECIDED}",
    tables=("uitstel",),
    parts=("registratie",),
    of_dossier=True,
)
_BERICHT = json_object(BerichtSchema, "b")
BERICHTEN = Source(
    f"""select l.registratienummer as leraar, json_build_object('items', coalesce((
        select json_agg({_BERICHT} order by b.gemaakt_op, b.id) from bericht b
        where b.leraar = l.registratienummer
          and (%(geldig_op)s::date is null or b.gemaakt_op <= %(geldig_op)s::date)), '[]'), 'volgende', null) as body
    from {_IN_DOSSIER}""",
    tables=("leraar", "bericht"),
    parts=("berichten",),
    of_dossier=True,
)

HISTORIE = history(
    "registratieperiode",
    PeriodeToestandSchema,
    IN_DOSSIER,
    part="registratie",
    held_on="%(geldig_op)s::date between s.begindatum and s.einddatum",
    of=OF_DOSSIER,
)
UITSTEL_HISTORIE = history(
    "uitstel",
    UitstelSchema,
    f"j.object_id = %(id)s::uuid and {IN_DOSSIER}",
    part="registratie",
    held_on="s.besluitdatum <= %(geldig_op)s::date",
    of=OF_DOSSIER,
)
BERICHTEN_HISTORIE = history(
    "bericht",
    BerichtSchema,
    IN_DOSSIER,
    part="berichten",
    held_on="s.gemaakt_op <= %(geldig_op)s::date",
    of=OF_DOSSIER,
)
