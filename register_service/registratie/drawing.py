"""Drawing a steekproef, for the keeper: the set as a checkpoint knew it, the draw, and what is recorded of it."""

import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import dict_row

from register_service.core import clock
from register_service.core.ids import new_id
from register_service.registratie.models import Uitslag
from register_service.registratie.rules.steekproef import METHODE, draw

_CHECKPOINT = """
select size, encode(root, 'hex') as root, at from checkpoint where at <= coalesce(%s, 'infinity'::timestamptz)
order by at desc limit 1
"""
_SET = "select periode, leraar from steekproef_verzameling(%(vanaf)s, %(tot)s, %(peilmoment)s)"
_ADD = """
insert into steekproef (id, vanaf, tot, peilmoment, size, root, zaad, methode, omvang, aantal)
values (%(id)s, %(vanaf)s, %(tot)s, %(peilmoment)s, %(size)s, %(root)s, %(zaad)s, %(methode)s, %(omvang)s, %(aantal)s)
"""
# A dossier may have been merged since the checkpoint: the drawing goes with the dossier in which it goes on.
_ADD_DRAWN = """
insert into trekking (steekproef, volgnummer, leraar, periode)
select %(steekproef)s, %(volgnummer)s, p.leraar, p.id from registratieperiode p where p.id = %(periode)s returning id
"""
_ONE = """
select id, vanaf, tot, peilmoment, size, root, zaad, methode, omvang, aantal from steekproef where id = %s
"""
_DRAWN = "select periode from trekking where steekproef = %s order by volgnummer"
_RECORD = """
update trekking set uitslag = %(uitslag)s, toelichting = %(toelichting)s, beoordeeld_op = %(today)s, beoordeeld_door = 'beheer'
where steekproef = %(steekproef)s and volgnummer = %(volgnummer)s returning id
"""


class SteekproefError(Exception):
    """There can be no such draw, or none is there; nothing was written. The message is Dutch and says what to do."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A steekproef as it is published; `periodes` are the ids that were drawn, in the order of the draw."""

    id: uuid.UUID
    vanaf: date
    tot: date
    peilmoment: datetime
    size: int
    root: str
    zaad: str
    methode: str
    omvang: int
    aantal: int
    periodes: tuple[uuid.UUID, ...]


def draw_steekproef(
    connection: Connection[Any], *, vanaf: date, tot: date, aantal: int, zaad: str | None, moment: datetime | None
) -> Drawn:
    """Draw among the herregistraties that began from `vanaf` to `tot`, as the newest checkpoint up to `moment` knew them."""
    if tot < vanaf:
        raise SteekproefError("De laatste dag ligt voor de eerste. Geef --vanaf en --tot in die volgorde.")
    checkpoint = _checkpoint(connection, moment)
    zaad = zaad or secrets.token_hex(16)
    values = {"vanaf": vanaf, "tot": tot, "peilmoment": checkpoint["at"]}
    periodes = _set(connection, values)
    if not periodes:
        raise SteekproefError("Er is in deze dagen geen herregistratie om uit te trekken. Kies andere dagen.")
    if aantal > len(periodes):
        raise SteekproefError(f"Er zijn maar {len(periodes)} herregistraties in deze dagen; trek er niet meer.")
    drawn = draw(zaad, periodes, aantal)
    values |= {"id": new_id(), "size": checkpoint["size"], "root": checkpoint["root"], "zaad": zaad, "methode": METHODE}
    values |= {"omvang": len(periodes), "aantal": aantal}
    connection.execute(_ADD, values)
    _add_drawn(connection, values["id"], drawn)
    return Drawn(**values, periodes=tuple(drawn))


def published(connection: Connection[Any], steekproef: uuid.UUID) -> tuple[Drawn, list[uuid.UUID]]:
    """Give a steekproef as it was recorded, and the whole set that it was drawn from. Raises SteekproefError."""
    with connection.cursor(row_factory=dict_row) as cursor:
        values = cursor.execute(_ONE, (steekproef,)).fetchone()
    if values is None:
        raise SteekproefError(f"Er is geen steekproef {steekproef}.")
    drawn = tuple(row[0] for row in connection.execute(_DRAWN, (steekproef,)))
    return Drawn(**values, periodes=drawn), _set(connection, values)


def differences(drawn: Drawn, periodes: Iterable[uuid.UUID]) -> list[str]:
    """Draw again from a set and say in Dutch what is not as it was recorded; empty when all is."""
    periodes = list(periodes)
    found = []
    if len(periodes) != drawn.omvang:
        found.append(f"de verzameling telt nu {len(periodes)} herregistraties, bij de trekking {drawn.omvang}")
    if draw(drawn.zaad, periodes, drawn.aantal) != list(drawn.periodes):
        found.append("opnieuw trekken met dit zaad geeft andere herregistraties")
    return found


def record_uitslag(
    connection: Connection[Any], steekproef: uuid.UUID, volgnummer: int, uitslag: Uitslag, toelichting: str | None
) -> None:
    """Record what came of the look at one that was drawn. Raises SteekproefError when it is not there."""
    values = {
        "steekproef": steekproef,
        "volgnummer": volgnummer,
        "uitslag": uitslag.value,
        "toelichting": toelichting,
        "today": clock.today(),
    }
    if connection.execute(_RECORD, values).fetchone() is None:
        raise SteekproefError(f"Steekproef {steekproef} heeft geen trekking {volgnummer}.")


def _checkpoint(connection: Connection[Any], moment: datetime | None) -> dict[str, Any]:
    with connection.cursor(row_factory=dict_row) as cursor:
        found = cursor.execute(_CHECKPOINT, (moment,)).fetchone()
    if found is None:
        raise SteekproefError("Er is tot dat moment niets verzegeld; een steekproef trekt uit wat verzegeld is.")
    return found


def _set(connection: Connection[Any], values: dict[str, Any]) -> list[uuid.UUID]:
    return [row[0] for row in connection.execute(_SET, values)]


def _add_drawn(connection: Connection[Any], steekproef: uuid.UUID, drawn: list[uuid.UUID]) -> None:
    for volgnummer, periode in enumerate(drawn, start=1):
        values = {"steekproef": steekproef, "volgnummer": volgnummer, "periode": periode}
        if connection.execute(_ADD_DRAWN, values).fetchone() is None:
            raise SteekproefError(
                f"Herregistratie {periode} bestond bij het controlepunt en nu niet meer. Kies een later moment."
            )
