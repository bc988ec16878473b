"""Reading JSON as strictly as RFC 8259 and I-JSON (RFC 7493) ask: UTF-8, no NaN, no lone surrogates, no name twice."""

import json
from typing import Any

import orjson

from register_service.core.errors import FieldError
from register_service.core.validation import escape


class _Twice(Exception):
    pass


def read_json(raw: bytes, errors: list[FieldError]) -> Any:
    """Give what the text says; what is wrong with it is added to `errors`, and then the value means nothing."""
    try:
        data = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        where = f" (regel {error.lineno}, teken {error.colno})" if raw else ": hij is leeg"
        errors.append(FieldError("body", "", "ongeldige-json", f"De inhoud is geen geldige JSON{where}."))
        return None
    try:
        _DECODER.decode(raw.decode())
    except _Twice as error:
        name = str(error)
        detail = "Deze naam staat er twee keer; geef hem één keer."
        errors.append(FieldError("body", f"/{escape(name)}", "dubbel", detail))
    except RecursionError:
        errors.append(FieldError("body", "", "te-diep-genest", "Deze JSON is te diep genest."))
    return data


def _once(pairs: list[tuple[str, Any]]) -> None:
    # orjson keeps the last of two equal names and forgets the first: a mistake of the sender's that must not be lost.
    if len(dict(pairs)) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise _Twice(name)
            seen.add(name)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_float=len, parse_int=len)
