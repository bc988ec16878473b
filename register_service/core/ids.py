"""Identifiers: uuid version 7 for rows, registratienummer for leraren."""

import os
import re
import secrets
import uuid

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_11_10

from register_service.core import clock

REGISTRATIENUMMER = re.compile(r"[1-9][0-9]{9}", re.ASCII)


def new_id() -> uuid.UUID:
    """Make a uuid version 7 (RFC 9562): 48 bits of milliseconds, then random, so that indexes grow at one end."""
    milliseconds = int(clock.now().timestamp() * 1000)
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10))
    value = value & ~(0xF << 76) | (0x7 << 76)
    return uuid.UUID(int=value & ~(0b11 << 62) | (0b10 << 62))


def new_registratienummer() -> str:
    """Draw a registratienummer: ten digits, random, never starting with 0, the last an ISO 7064 MOD 11,10 check digit."""
    body = str(secrets.randbelow(900_000_000) + 100_000_000)
    return body + mod_11_10.calc_check_digit(body)


def is_registratienummer(value: str) -> bool:
    """Tell whether a text has the form of a registratienummer, check digit included."""
    if REGISTRATIENUMMER.fullmatch(value) is None:
        return False
    try:
        mod_11_10.validate(value)
    except ValidationError:
        return False
    return True
