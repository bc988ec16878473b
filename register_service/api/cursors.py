"""Cursors: where a page ended, in a form that only the list that gave it takes back."""

import base64
import binascii
from hashlib import blake2b

from register_service.core.errors import FieldError, Invalid

_CHECK_BYTES = 6


def write_cursor(key: str, of: str) -> str:
    """Make a cursor of the last key of a page of the list `of`. Its content is ours to change: callers keep it as it is."""
    raw = key.encode()
    return base64.urlsafe_b64encode(_check(raw, of) + raw).decode().rstrip("=")


def read_cursor(cursor: str | None, of: str, *, place: str = "query") -> str:
    """Give the key of a cursor; '' for none. Raises Invalid for a text that no page of the list `of` gave."""
    if cursor is None:
        return ""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        check, key = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:].decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise _unknown(place) from error
    if not key or check != _check(raw[_CHECK_BYTES:], of):
        raise _unknown(place)
    return key


def _check(key: bytes, of: str) -> bytes:
    # Against mistakes, such as the cursor of another list; a cursor opens nothing, so it needs no secret.
    return blake2b(key, digest_size=_CHECK_BYTES, person=blake2b(of.encode(), digest_size=16).digest()).digest()


def _unknown(place: str) -> Invalid:
    detail = "Gebruik de cursor uit 'volgende' van een eerder antwoord op deze zelfde vraag, of laat hem weg."
    return Invalid([FieldError(place, "/cursor", "onbekende-cursor", detail)])
