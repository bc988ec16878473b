"""A body that is a file: read in chunks, never whole in memory, taken in by `storage`; and the link by which it is read again.

A route declares it with `body_stream=True` and finds it in `call.upload`. It stays if the route says `keep`, in its transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from flask import request
from sqlalchemy.orm import Session
from werkzeug.exceptions import ClientDisconnected

from register_service.api.call import Answer, Call, answer_json
from register_service.core.errors import UnsupportedMediaType
from register_service.core.fields import Moment, Text
from register_service.core.schema import ApiSchema
from register_service.storage.kinds import MEDIATYPES
from register_service.storage.links import Download
from register_service.storage.names import safe_name
from register_service.storage.receiving import MEBIBYTE, MOST, Received, receive, too_large
from register_service.storage.store import CHUNK

OTHER_TYPE: Final = (
    "Stuur een PDF, PNG of JPEG, met de kop 'Content-Type: application/pdf', 'image/png' of 'image/jpeg'."
)
# What `storage.receiving` refuses a file for, per status, besides the general codes.
CODES: Final = {
    400: ("bewijsstuk-besmet", "bewijsstuk-dubbelzinnig", "bewijsstuk-leeg", "bewijsstuk-onvolledig"),
    415: ("bewijsstuk-soort", "mediatype-niet-ondersteund"),
    503: ("opslag-niet-beschikbaar", "tijdelijk-niet-beschikbaar", "virusscan-niet-beschikbaar"),
}
# What the API document says of a status, and an example of `detail`, where those differ from what they are for JSON.
DESCRIPTIONS: Final = {
    413: (f"Het bestand is groter dan {MOST // MEBIBYTE} MB.", too_large().detail),
    415: ("De inhoud is geen PDF, PNG of JPEG, volgens de kop Content-Type of naar de inhoud zelf.", OTHER_TYPE),
    503: ("Het register, de opslag of de virusscanner is even niet bereikbaar; er is niets vastgelegd.", None),
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in whole: its hash (hexadecimal), mediatype by content, size in bytes, and what its sender called it."""

    sha256: str
    mediatype: str
    size: int
    name: str | None
    _received: Received

    @property
    def fingerprint(self) -> bytes:
        """What tells this file, with its name, from another."""
        return f"{self.sha256} {self.name or ''}".encode()

    def keep(self, session: Session) -> None:
        """Keep the content, in the transaction that writes a row with its hash. Raises StorageUnavailable (503)."""
        self._received.keep(session)


class DownloadlinkSchema(ApiSchema):
    """Where the content can be fetched, for a while."""

    about = "Waar u de inhoud ophaalt: zonder token, als bijlage, vijf minuten lang."

    url = Text(
        2000,
        required=True,
        metadata={
            "description": "Adres van de inhoud. Wie het heeft, kan de inhoud ophalen; geef het niet door.",
            "examples": ["https://lerarenregister.example.nl/bewijsstukken/gAAAAABn"],
        },
    )
    geldig_tot = Moment(
        required=True,
        metadata={"description": "Tot wanneer het adres werkt.", "examples": ["2026-08-01T09:35:00.000000Z"]},
    )


def link_to(call: Call, *, sha256: str, mediatype: str, bestandsnaam: str | None) -> Answer:
    """Answer with a link to content. That the caller may see it, and that the look is logged, is seen to before."""
    download = Download(sha256, mediatype, safe_name(bestandsnaam, mediatype))
    link = call.services.storage.links.make(download)
    return answer_json({"url": link.url, "geldigTot": f"{link.valid_until:%Y-%m-%dT%H:%M:%S.%fZ}"})


def require_file() -> None:
    """Refuse what is seen to be no bewijsstuk before any of it is read. Raises UnsupportedMediaType or TooLarge."""
    if request.mimetype not in MEDIATYPES:
        raise UnsupportedMediaType(OTHER_TYPE)
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnsupportedMediaType("Stuur de inhoud zonder compressie: laat de kop 'Content-Encoding' weg.")
    if (request.content_length or 0) > MOST:
        raise too_large()


@contextmanager
def taken_in(call: Call) -> Iterator[None]:
    """Make the body `call.upload` for the length of a block. Raises what `storage.receiving.receive` does."""
    storage = call.services.storage
    with receive(_chunks(), storage.store, storage.scanner) as received:
        call.sent = Upload(received.sha256, received.mediatype, received.size, call.body["bestandsnaam"], received)
        yield


def _chunks() -> Iterator[bytes]:
    # JSON has a limit of its own. What announces no length is cut off there by werkzeug without a word: hence one more.
    request.max_content_length = MOST + 1
    announced = request.content_length
    size = 0
    while chunk := request.stream.read(CHUNK):
        size += len(chunk)
        yield chunk
    # gunicorn gives what came before the client left, and ends there.
    if announced is not None and size < announced:
        raise ClientDisconnected
