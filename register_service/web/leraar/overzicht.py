"""The page on which a leraar begins: how everything stands, and what is next."""

from datetime import timedelta
from typing import Any

from register_service.api.call import Call
from register_service.bevoegdheden import queries as bevoegdheden
from register_service.core import clock
from register_service.inductie import queries as inductie
from register_service.leraren import queries as leraren
from register_service.registratie import queries as registratie
from register_service.web.leraar import queries, words
from register_service.web.leraar.blueprint import own_page
from register_service.web.leraar.next_steps import next_steps
from register_service.web.leraar.reading import read_own
from register_service.web.rendering import render

_READ = {
    "leraar": leraren.LERAAR,
    "registratie": registratie.REGISTRATIE,
    "voortgang": registratie.VOORTGANG,
    "trajecten": inductie.OF_LERAAR,
    "bevoegdheden": bevoegdheden.OF_LERAAR,
    "states": queries.STATES,
    "looks": queries.LOOKS_SINCE,
}
# Days for which the looks of others are counted on this page.
_RECENT = 30


@own_page("/mijn", purpose="eigen dossier bekijken", nav="Overzicht")
def overview(call: Call) -> Any:
    """Show how registration, induction, hours and bevoegdheden stand, and what is next."""
    today = clock.today()
    found = read_own(call, _READ, since=today - timedelta(days=_RECENT))
    trajecten, held = found["trajecten"]["items"], found["bevoegdheden"]["items"]
    traject = trajecten[-1] if trajecten else None
    return render(
        "leraar/overzicht.html",
        **{**found, "bevoegdheden": held},
        traject=traject,
        recent_days=_RECENT,
        registratie_word=words.registratie_word(found["registratie"]),
        inductie_word=words.INDUCTIE[traject["status"]] if traject else None,
        steps=next_steps(today, found["leraar"], found["voortgang"], traject, held, found["states"]),
        words=words,
    )
