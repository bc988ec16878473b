"""What a merge of two dossiers does to the registratie (domain.md, Samenvoegen). Nothing here commits."""

from sqlalchemy.orm import Session

from register_service.core.db import run_in
from register_service.core.errors import Conflict

# Of two that were both drawn from, or that would be left out, one could no longer be looked at.
_DRAWN = """
select exists (select from trekking t where t.leraar in (%(van)s, %(naar)s))
   and (select count(distinct p.leraar) from registratieperiode p where p.leraar in (%(van)s, %(naar)s)) = 2
"""
_MERGE = "select registratie_samenvoegen(%(van)s, %(naar)s)"


def merge_registraties(session: Session, van: str, naar: str) -> None:
    """Let the survivor go on with the periods that began first, and with what belongs to them.

    Raises Conflict while both have periods and one was drawn in a steekproef, whose record must stay.
    """
    values = {"van": van, "naar": naar}
    (((drawn,),),) = run_in(session, (_DRAWN, values))
    if drawn:
        raise Conflict(
            "Beide dossiers hebben registratieperioden en een daarvan zit in een steekproef. Laat de steekproef eerst afronden "
            "en vraag de beheerder van het register wat er met die periode moet gebeuren.",
            code="samenvoegen-in-steekproef",
        )
    run_in(session, (_MERGE, values))
