"""The activiteiten of two dossiers that are merged into one (domain.md, Samenvoegen). Nothing here commits."""

from typing import Any

from sqlalchemy.orm import Session

from register_service.core.db import run_in
from register_service.core.errors import Conflict

_JUDGED_ONESELF = """
select from activiteit where status in ('goedgekeurd', 'afgewezen')
    and (leraar = %(van)s and beoordeeld_door = %(naar)s or leraar = %(naar)s and beoordeeld_door = %(van)s)
limit 1
"""
# Who was at one aanbod on one day was there once: the survivor's stays, the other's history keeps it.
_WITHDRAW_DOUBLES = """
update activiteit gone set status = 'ingetrokken', ingetrokken_door = 'beheer'
from activiteit kept
where gone.leraar = %(van)s and kept.leraar = %(naar)s and kept.aanbod = gone.aanbod and kept.begindatum = gone.begindatum
  and (gone.status <> 'ingetrokken' or gone.ingetrokken_door = 'leraar')
  and (kept.status <> 'ingetrokken' or kept.ingetrokken_door = 'leraar')
"""
_MOVE = tuple(
    f"update {table} set {column} = %(naar)s where {column} = %(van)s"
    for table, column in (("activiteit", "leraar"), ("bewijsstuk", "leraar"), ("activiteit", "beoordeeld_door"))
)


def merge_activiteiten(session: Session, van: str, naar: str) -> None:
    """Give everything of professionalisering of `van` to `naar`, of dossiers that are held; what `van` judged too.

    Raises Conflict when somebody would have judged himself.
    """
    numbers: dict[str, Any] = {"van": van, "naar": naar}
    (found,) = run_in(session, (_JUDGED_ONESELF, numbers))
    if found:
        raise Conflict(
            "In het ene dossier staat een activiteit die het andere als validator beoordeelde. "
            "Laat de validator dat besluit eerst herzien.",
            code="samenvoegen-beoordeelt-zichzelf",
        )
    run_in(session, *((statement, numbers) for statement in (_WITHDRAW_DOUBLES, *_MOVE)))
