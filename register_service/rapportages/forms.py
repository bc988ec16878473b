"""The forms in which a report can be had: by the name of each, its media type and what writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from register_service.rapportages.rapport import Rapport
from register_service.rapportages.renderers.json_form import as_json


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its media type, and what writes a report so."""

    mediatype: str
    write: Callable[[Rapport], bytes]


FORMS: Final[dict[str, Form]] = {
    "json": Form("application/json", as_json),
}
