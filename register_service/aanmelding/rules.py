"""Rules of signing in: who a provider says somebody is, what a koppelcode looks like, and where one may go afterwards.

Pure: values in, values out.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from register_service.providers import Provider

# Three groups of four out of 32 signs, without those that look alike on paper (0 and O, 1 and I): 60 random bits.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, IN_GROUP = 3, 4
VALID = timedelta(days=14)
MOST_TRIES = 5
MOST_NEXT = 500
MOST_SUBJECT, MOST_ECK_ID = 255, 200
_NO_SIGN = re.compile(r"[^A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody whom a provider vouches for. `roles`: what its people can be here."""

    provider: str
    subject: str
    eck_id: str | None
    roles: tuple[str, ...]


class NotWelcome(ValueError):
    """A provider's people of this kind do not come in here: `claim` says by what that shows."""

    def __init__(self, claim: str) -> None:
        super().__init__(claim)
        self.claim = claim


def read_identity(provider: Provider, claims: Mapping[str, Any]) -> Identity:
    """Read who somebody is from what the provider says. Raises NotWelcome (no subject, a pupil, another institution)."""
    subject = _first(claims.get(provider.claims["subject"]))
    if subject is None or len(subject) > MOST_SUBJECT:
        raise NotWelcome("subject")
    relations = _all(claims.get(provider.claims["relatie"]))
    # Whoever does not tell is let in as far as the dossier goes: an eckId or a koppelcode says who it is.
    if provider.relaties and relations and not set(relations) & set(provider.relaties):
        raise NotWelcome("relatie")
    institution = _first(claims.get(provider.claims["instelling"]))
    if provider.instellingen and institution not in provider.instellingen:
        raise NotWelcome("instelling")
    eck_id = _first(claims.get(provider.claims["eck_id"]))
    if eck_id is not None and len(eck_id) > MOST_ECK_ID:
        raise NotWelcome("eck_id")
    return Identity(provider.name, subject, eck_id, provider.rollen)


def _all(value: Any) -> Sequence[str]:
    # Attributes that came by way of SAML are lists, also where there is only one.
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str) and one]


def _first(value: Any) -> str | None:
    values = _all(value)
    if len(values) > 1:
        return None
    return values[0] if values else None


def write_code(letters: str) -> str:
    """Write the signs of a code in groups, as it stands in a letter: ABCD-EFGH-JKLM."""
    return "-".join(letters[start : start + IN_GROUP] for start in range(0, len(letters), IN_GROUP))


def read_code(text: str) -> str:
    """Read a code as somebody types it over: capitals or not, with or without signs between. Gives its twelve signs, or ''."""
    letters = _NO_SIGN.sub("", unicodedata.normalize("NFKC", text).upper())
    return letters if len(letters) == GROUPS * IN_GROUP and set(letters) <= set(ALPHABET) else ""


def safe_next(value: str | None) -> str:
    """Give the path on this site where somebody wanted to go; '/' for any address that leads, or may lead, elsewhere.

    Browsers read `\\` as `/` and leave out tabs and line ends, so nothing with those in it is taken at all.
    """
    if not value or len(value) > MOST_NEXT or not value.isascii() or not value.isprintable() or "\\" in value:
        return "/"
    # Of three slashes urlsplit makes a path, and a browser a host.
    if not value.startswith("/") or value.startswith("//"):
        return "/"
    # Back to signing in, or to what only a form may do, is nowhere.
    if urlsplit(value).path.split("/")[1] in ("aanmelden", "afmelden", "afgemeld", "koppelen"):
        return "/"
    return value
