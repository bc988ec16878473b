"""What a leraar may teach, and where the leraar works and worked."""

from typing import Any

from register_service.aanstellingen import queries as aanstellingen
from register_service.api.call import Call
from register_service.bevoegdheden import queries as bevoegdheden
from register_service.core import clock
from register_service.web.leraar import queries, words
from register_service.web.leraar.blueprint import own_page
from register_service.web.leraar.reading import read_own
from register_service.web.rendering import render

_READ = {"bevoegdheden": bevoegdheden.OF_LERAAR, "aanstellingen": aanstellingen.OF_LERAAR, "names": queries.NAMES}


@own_page("/mijn/loopbaan", purpose="eigen bevoegdheden en aanstellingen bekijken", nav="Loopbaan")
def career(call: Call) -> Any:
    """Show bevoegdheden and aanstellingen, those of now first."""
    found = read_own(call, _READ)
    today = clock.today().isoformat()
    held = sorted(found["aanstellingen"]["items"], key=lambda one: one["begindatum"], reverse=True)
    past = [one for one in held if one["einddatum"] and one["einddatum"] < today]
    return render(
        "leraar/loopbaan.html",
        bevoegdheden=found["bevoegdheden"]["items"],
        present=[one for one in held if one not in past],
        past=past,
        names=found["names"],
        today=today,
        words=words,
    )
