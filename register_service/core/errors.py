"""The one family of errors that the domain raises. core.problems turns each into problem+json (RFC 9457).

`code` is stable and part of the API; `detail` is Dutch and says what to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

# More would help nobody, and a body of unknown fields must not get an answer larger than itself.
MOST_ERRORS = 100


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with a request: where (`place`: body, query, path or header; `location`: JSON pointer) and what."""

    place: str
    location: str
    code: str
    detail: str

    def as_dict(self) -> dict[str, str]:
        """Give the form it has in `errors[]`."""
        return {"in": self.place, "location": self.location, "code": self.code, "detail": self.detail}


class DomainError(Exception):
    """Something the caller asked for cannot be done. Subclasses fix `status`, `title` and a default `code`."""

    status: ClassVar[int] = 409
    title: ClassVar[str] = "Conflict met de gegevens in het register"
    code: str = "conflict"

    def __init__(
        self,
        detail: str,
        *,
        code: str | None = None,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or type(self).code
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.members = dict(members or {})


class Conflict(DomainError):
    """409: the request contradicts what the register holds."""


class Invalid(DomainError):
    """400: the request itself is wrong; `errors` holds everything that is wrong with it."""

    status = 400
    title = "Ongeldige aanvraag"
    code = "ongeldige-aanvraag"

    def __init__(self, errors: Sequence[FieldError], *, most: int = MOST_ERRORS) -> None:
        found = "Er is 1 fout gevonden." if len(errors) == 1 else f"Er zijn {len(errors)} fouten gevonden."
        first = f" De eerste {most} staan in 'errors'." if len(errors) > most else ""
        super().__init__(
            f"{found}{first} Verbeter wat er in 'errors' staat en stuur de aanvraag opnieuw.",
            errors=errors[:most],
        )


class NotFound(DomainError):
    """404: not there, or not for this caller; the answer is the same to the byte."""

    status = 404
    title = "Niet gevonden"
    code = "niet-gevonden"

    def __init__(self, detail: str = "Dit bestaat niet of u mag het niet zien.") -> None:
        super().__init__(detail)


class Unauthenticated(DomainError):
    """401: no token, or one that does not hold (RFC 6750)."""

    status = 401
    title = "Niet aangemeld"
    code = "niet-aangemeld"


class Forbidden(DomainError):
    """403: the token holds, but lacks the scope or the role."""

    status = 403
    title = "Geen toestemming"
    code = "geen-toestemming"


class PreconditionFailed(DomainError):
    """412: `If-Match` names an older state."""

    status = 412
    title = "De gegevens zijn intussen gewijzigd"
    code = "intussen-gewijzigd"

    def __init__(self) -> None:
        super().__init__(
            "Haal de gegevens opnieuw op, kijk wat er is gewijzigd en stuur uw wijziging met de nieuwe ETag."
        )


class PreconditionRequired(DomainError):
    """428: a change without `If-Match` could undo somebody else's."""

    status = 428
    title = "If-Match ontbreekt"
    code = "if-match-ontbreekt"

    def __init__(self) -> None:
        super().__init__("Stuur de kop 'If-Match' mee met de ETag die u bij het ophalen kreeg.")


class TooLarge(DomainError):
    """413: the body is larger than the service accepts."""

    status = 413
    title = "De aanvraag is te groot"
    code = "te-groot"


class UnsupportedMediaType(DomainError):
    """415: the body is not JSON."""

    status = 415
    title = "Dit mediatype wordt niet ondersteund"
    code = "mediatype-niet-ondersteund"


class NotAcceptable(DomainError):
    """406: the caller accepts nothing that the service can give."""

    status = 406
    title = "Geen passend antwoordformaat"
    code = "niet-aanvaardbaar"


class TooMany(DomainError):
    """429: the caller asked this too often; `retry_after` is in seconds."""

    status = 429
    title = "Te veel aanvragen"
    code = "te-veel-aanvragen"

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            f"U vroeg dit te vaak. Probeer het over {retry_after} seconden opnieuw.",
            headers={"Retry-After": str(retry_after)},
        )


class Unavailable(DomainError):
    """503: the database cannot serve now; nothing was written."""

    status = 503
    title = "Tijdelijk niet beschikbaar"
    code = "tijdelijk-niet-beschikbaar"
    text: ClassVar[str] = "Het register is even niet bereikbaar; er is niets vastgelegd. Probeer het zo opnieuw."

    def __init__(self, retry_after: int = 2) -> None:
        super().__init__(self.text, headers={"Retry-After": str(retry_after)})


class Uncertain(Unavailable):
    """503: the database went away while it was writing for good, so that nobody can tell whether it was written."""

    code = "onzeker-of-vastgelegd"
    text = (
        "Het register viel weg tijdens het vastleggen; het kan zijn dat uw wijziging is vastgelegd. Herhaal de aanvraag "
        "met dezelfde Idempotency-Key: dan wordt niets dubbel vastgelegd. Had u die niet, kijk dan eerst hoe het er nu staat."
    )


class Moved(DomainError):
    """308: the dossier goes on under another registratienummer (domain.md, Samenvoegen)."""

    status = 308
    title = "Samengevoegd"
    code = "samengevoegd"

    def __init__(self, old: str, new: str) -> None:
        super().__init__(f"Dit dossier is samengevoegd met {new}. Gebruik voortaan dat registratienummer.")
        self.old, self.new = old, new
