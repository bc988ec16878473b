"""The registration of a leraar: until when, how it came so, and what was decided and written about it."""

from typing import Any

from register_service.api.call import Call
from register_service.registratie import queries, queries_verificatie
from register_service.web.leraar import words
from register_service.web.leraar.blueprint import own_page
from register_service.web.leraar.reading import read_own
from register_service.web.rendering import render

_READ = {
    "registratie": queries.REGISTRATIE,
    "uitstellen": queries.UITSTELLEN,
    "berichten": queries.BERICHTEN,
    "toestemming": queries_verificatie.TOESTEMMING,
}


@own_page("/mijn/registratie", purpose="eigen registratie bekijken", nav="Registratie")
def registration(call: Call) -> Any:
    """Show the registration, its periods, and what was decided about it."""
    found = read_own(call, _READ)
    registratie = found["registratie"]
    return render(
        "leraar/registratie.html",
        registratie=registratie,
        word=words.registratie_word(registratie),
        uitstellen=found["uitstellen"]["items"],
        berichten=found["berichten"]["items"],
        toestemming=found["toestemming"],
        words=words,
    )
