"""The inductie of two dossiers that are merged into one (domain.md, Samenvoegen). Nothing here commits."""

from itertools import pairwise
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from register_service.core.db import run_in
from register_service.core.errors import Conflict
from register_service.core.integrity import constraint_of
from register_service.inductie.models import Inductietraject
from register_service.inductie.service.recomputing import hold_of, recompute

_MOVE = "select inductie_samenvoegen(%(van)s, %(naar)s)"
# Trajecten of either dossier, or in which either of them has a part.
_MANAGERS = """
select from inductietraject t cross join lateral begeleider_is_leidinggevende(t.id)
where t.leraar = %(naar)s
   or t.id in (select traject from begeleiding where begeleider = %(naar)s
               union select traject from inductieperiode where leidinggevende = %(naar)s)
limit 1
"""
_GUIDES = """
select from begeleiding where traject = any(%(trajecten)s::uuid[]) and begeleider in (%(van)s, %(naar)s) and leraar <> begeleider
union all
select from observatie where traject = any(%(trajecten)s::uuid[]) and observator in (%(van)s, %(naar)s) and leraar <> observator
union all
select from inductieperiode where traject = any(%(trajecten)s::uuid[]) and leidinggevende in (%(van)s, %(naar)s)
    and leraar <> leidinggevende
limit 1
"""


def merge_trajecten(session: Session, van: str, naar: str) -> None:
    """Give everything of the inductie of `van` to `naar`, of dossiers that are held, once the aanstellingen have moved.

    A traject takes over the credit of one that stopped before it, as it would have in one dossier. Raises Conflict.
    """
    mine, other = hold_of(session, van), hold_of(session, naar)
    _refuse_two(mine, other)
    _refuse_guiding_oneself(session, van, naar, [traject.id for traject in (*mine, *other)])
    _move(session, van, naar)
    _refuse_managers(session, naar)
    for traject in mine:
        session.expire(traject)
    trajecten = hold_of(session, naar)
    _take_over_credit(trajecten)
    session.flush()
    for traject in trajecten:
        recompute(session, traject)


def _move(session: Session, van: str, naar: str) -> None:
    try:
        run_in(session, (_MOVE, {"van": van, "naar": naar}))
    except IntegrityError as error:
        if constraint_of(error) != "inductieperiode_geen_overlap":
            raise
        raise Conflict(
            "Beide dossiers hebben een verblijf in een inductietraject op dezelfde dag. "
            "Laat het bestuur er één corrigeren of intrekken.",
            code="samenvoegen-overlapt",
        ) from error


def _refuse_two(mine: list[Inductietraject], other: list[Inductietraject]) -> None:
    if any(_open(traject) for traject in mine) and any(_open(traject) for traject in other):
        raise Conflict(
            "Beide dossiers hebben een open inductietraject. Laat het bestuur er één stoppen of intrekken.",
            code="samenvoegen-open-trajecten",
        )
    if any(_only_one(traject) for traject in mine) and any(_only_one(traject) for traject in other):
        raise Conflict(
            "In het ene dossier is de inductie behaald of is er vrijstelling, en in het andere ook, of loopt er een traject. "
            "Laat het bestuur intrekken, stoppen of heropenen wat niet klopt.",
            code="samenvoegen-inductie-dubbel",
        )


def _open(traject: Inductietraject) -> bool:
    return not (traject.afgerond_op or traject.gestopt_op or traject.vrijstelling_grond)


def _only_one(traject: Inductietraject) -> bool:
    # As the unique index inductietraject_een_per_leraar has it.
    return traject.gestopt_op is None and traject.resultaat != "niet-behaald"


def _refuse_guiding_oneself(session: Session, van: str, naar: str, trajecten: list[UUID]) -> None:
    # Nobody guides himself, so either these are two people or what was entered is wrong: neither is ours to choose.
    (found,) = run_in(session, (_GUIDES, {"van": van, "naar": naar, "trajecten": trajecten}))
    if found:
        raise Conflict(
            "In een inductietraject van het ene dossier is het andere begeleider, observator of leidinggevende. "
            "Is het toch één persoon, laat dan het bestuur dat eerst corrigeren.",
            code="samenvoegen-begeleidt-zichzelf",
        )


def _refuse_managers(session: Session, naar: str) -> None:
    (found,) = run_in(session, (_MANAGERS, {"naar": naar}))
    if found:
        raise Conflict(
            "In een inductietraject is het ene dossier begeleider en het andere leidinggevende, op dezelfde dag. "
            "Is het toch één persoon, laat dan het bestuur dat eerst corrigeren.",
            code="samenvoegen-begeleider-is-leidinggevende",
        )


def _take_over_credit(trajecten: list[Inductietraject]) -> None:
    for earlier, later in pairwise(trajecten):
        if earlier.gestopt_op and later.vervolg_op is None and _takes_over(later):
            later.vervolg_op = earlier.id


def _takes_over(later: Inductietraject) -> bool:
    # What was judged stays as it was judged.
    return later.afgerond_op is None and later.vrijstelling_grond is None
