"""Reads of the facts of a traject, and of scores. Of another bestuur's facts nothing shows: row-level security sees to it."""

from dataclasses import dataclass

from register_service.api.history import history
from register_service.api.reading import Source
from register_service.core.representation import json_object
from register_service.inductie.kinds import KINDS, Kind
from register_service.inductie.schemas_scores import ObservatieScoreSchema

# The journal rows of whoever the traject, or the observatie, is of; also after it was withdrawn or its dossier merged.
_IN_DOSSIER_OF = """object_id in (select object_id from journal where dossier in (
    select dossier from journal where object_id = %({0})s::uuid))"""
# Once erased, a row says no more of which traject it was.
_OF_TRAJECT = """j.object_id = %(feit)s::uuid and exists (
    select from journal g where g.object_id = j.object_id and g.state ->> 'traject' = %(id)s)"""


@dataclass(frozen=True, slots=True)
class Reads:
    """The reads of one kind: all of a traject (parameter `id`), one (`feit` too), and its history."""

    all: Source
    one: Source
    history: Source


def _reads(kind: Kind) -> Reads:
    table, held = (
        kind.table,
        "true" if kind.held == "true" else f"(%(geldig_op)s::date is null or {kind.held.format('f')})",
    )
    shown, order = json_object(kind.state, "f"), f"f.{kind.day or 'jaar'}, f.id"
    return Reads(
        Source(
            f"""select t.leraar, json_build_object('items', coalesce((
                select json_agg({shown} order by {order}) from {table} f where f.traject = t.id and {held}
            ), '[]'), 'volgende', null) as body
            from inductietraject t where t.id = %(id)s::uuid""",
            tables=("inductietraject", table),
            parts=(kind.path,),
            known_by=_IN_DOSSIER_OF.format("id"),
        ),
        Source(
            f"select f.leraar, {shown} as body from {table} f "
            f"where f.id = %(feit)s::uuid and f.traject = %(id)s::uuid and {held}",
            tables=(table,),
            parts=(kind.path,),
            known_by="object_id = %(feit)s::uuid",
        ),
        history(table, kind.state, _OF_TRAJECT, part=kind.path, held_on=kind.held.format("s"), of="j.dossier"),
    )


READS = {kind: _reads(kind) for kind in KINDS}

SCORES = Source(
    f"select s.leraar, {json_object(ObservatieScoreSchema, 's')} as body from observatiescore s "
    "where s.observatie = %(feit)s::uuid and s.traject = %(id)s::uuid",
    tables=("observatiescore",),
    parts=("scores",),
    # What is closed at a moment has no row that others read; the last one they do read is no longer how it was.
    known_by=_IN_DOSSIER_OF.format("feit")
    + " and table_name = 'observatiescore' and not journaal_achterhaald(id, object_id, %(beschikbaar_op)s)",
)
