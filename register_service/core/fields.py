"""Field types of the API: strict about types and text, with messages in Dutch.

A message reads `code: what to do`; core.validation splits it into the two members of an entry of `errors[]`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError, fields

from register_service.core.ids import is_registratienummer

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)
# Control characters, line and paragraph separators, marks that turn the direction of writing around, lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_INTEGER = re.compile(r"-?[0-9]{1,40}", re.ASCII)
_MAIL = r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+"

MESSAGES = {
    "required": "verplicht: Vul dit veld in.",
    "null": "leeg: Dit veld mag niet null zijn.",
    "type": "ongeldig-type: Dit is geen waarde van het goede type.",
    "validator_failed": "ongeldige-waarde: Deze waarde is niet toegestaan.",
}
fields.Field.default_error_messages.update(MESSAGES)


class Text(fields.String):
    """Text of 1 to `longest` characters, trimmed, in Unicode NFC, without control characters."""

    default_error_messages = {
        "invalid": "ongeldig-type: Geef een tekst.",
        "control": "ongeldig-teken: Haal besturingstekens (zoals NUL, een tab of een regeleinde) uit de tekst.",
        "empty": "leeg: Vul een tekst in of laat het veld weg.",
        "long": "te-lang: Gebruik hoogstens {longest} tekens.",
        "pattern": "ongeldige-waarde: {hint}",
    }

    def __init__(self, longest: int = 200, *, pattern: str | None = None, hint: str = "", **kwargs: Any) -> None:
        documented = {"minLength": 1, "maxLength": longest} | ({"pattern": f"^{pattern}$"} if pattern else {})
        super().__init__(metadata={**documented, **kwargs.pop("metadata", {})}, **kwargs)
        self.longest, self._hint = longest, hint
        self._pattern = re.compile(pattern, re.ASCII) if pattern else None

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = unicodedata.normalize("NFC", str(super()._deserialize(value, attr, data, **kwargs))).strip()
        if not text.isprintable() and _FORBIDDEN.search(text):
            raise self.make_error("control")
        if not text:
            raise self.make_error("empty")
        if len(text) > self.longest:
            raise self.make_error("long", longest=self.longest)
        if self._pattern and not self._pattern.fullmatch(text):
            raise self.make_error("pattern", hint=self._hint)
        return text


class Registratienummer(Text):
    """Ten digits, the last an ISO 7064 MOD 11,10 check digit."""

    def __init__(self, **kwargs: Any) -> None:
        hint = "Een registratienummer heeft tien cijfers, niet beginnend met 0."
        super().__init__(10, pattern="[1-9][0-9]{9}", hint=hint, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        # Most are as they should be: in a list of hundreds, tidying and telling what is wrong would take the most time.
        if isinstance(value, str) and is_registratienummer(value):
            return value
        text = super()._deserialize(value, attr, data, **kwargs)
        if not is_registratienummer(text):
            raise ValidationError("controlecijfer: Het controlecijfer klopt niet; kijk het registratienummer na.")
        return text


class Key(Text):
    """The key of something in the register: a UUID in lower case, as addresses have it."""

    def __init__(self, **kwargs: Any) -> None:
        hint = "Geef de sleutel zoals het register hem schrijft, een UUID in kleine letters."
        super().__init__(36, pattern="[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", hint=hint, **kwargs)


class Mail(Text):
    """An e-mail address, shape only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(254, pattern=_MAIL, hint="Geef een e-mailadres, zoals naam@school.nl.", **kwargs)


class Day(fields.Date):
    """A calendar day, `YYYY-MM-DD`, between 1900 and 2199."""

    default_error_messages = {
        "invalid": "ongeldige-datum: Geef een bestaande dag als JJJJ-MM-DD.",
        "range": "ongeldige-datum: Geef een dag tussen 1900-01-01 en 2199-12-31.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type="date")
        try:
            day = date.fromisoformat(value)
        except ValueError as error:
            raise self.make_error("invalid", input=value, obj_type="date") from error
        if not 1900 <= day.year <= 2199:
            raise self.make_error("range", input=value, obj_type="date")
        return day


class Moment(fields.AwareDateTime):
    """A moment with `T` and an offset; given back in UTC with `Z`."""

    default_error_messages = {
        "invalid": "ongeldig-tijdstip: Geef een tijdstip met tijdzone, zoals 2026-01-31T09:30:00Z.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        if not isinstance(value, str) or not _MOMENT.fullmatch(value):
            raise self.make_error("invalid", input=value, obj_type="datetime")
        try:
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise self.make_error("invalid", input=value, obj_type="datetime") from error


class Choice(fields.String):
    """One value of an enumeration."""

    default_error_messages = {
        "invalid": "ongeldig-type: Geef een tekst.",
        "choice": "ongeldige-waarde: Kies uit: {choices}.",
    }

    def __init__(
        self,
        choices: type[StrEnum] | Iterable[str],
        *,
        codelist: str,
        meanings: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Take the values, the name of their list in the API document and, in Dutch, what each means."""
        self.choices = tuple(str(choice) for choice in choices)
        described = {"enum": list(self.choices), "x_codelist": codelist, "x_meanings": dict(meanings or {})}
        super().__init__(metadata={**described, **kwargs.pop("metadata", {})}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = str(super()._deserialize(value, attr, data, **kwargs))
        if text not in self.choices:
            raise self.make_error("choice", choices=", ".join(self.choices))
        return text


class Fte(fields.Decimal):
    """A fraction of full time: a JSON number over 0 with at most four decimals."""

    default_error_messages = {
        "invalid": "ongeldig-type: Geef een getal, zoals 0.8.",
        "range": "ongeldige-waarde: Geef een getal boven 0 en onder 10.",
        "decimals": "ongeldige-waarde: Gebruik hoogstens vier decimalen.",
    }

    def __init__(self, **kwargs: Any) -> None:
        metadata = {"exclusiveMinimum": 0, "maximum": 9.9999, **kwargs.pop("metadata", {})}
        super().__init__(metadata=metadata, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.make_error("invalid")
        number = Decimal(str(value))
        if not 0 < number < 10:
            raise self.make_error("range")
        if number != number.quantize(Decimal("0.0001")):
            raise self.make_error("decimals")
        return number


class Amount(fields.Decimal):
    """A JSON number within bounds, with at most two decimals."""

    default_error_messages = {
        "invalid": "ongeldig-type: Geef een getal, zoals 12.5.",
        "range": "ongeldige-waarde: Geef een getal van {lowest} tot en met {highest}.",
        "decimals": "ongeldige-waarde: Gebruik hoogstens twee decimalen.",
    }

    def __init__(self, lowest: str, highest: str, **kwargs: Any) -> None:
        self.lowest, self.highest = Decimal(lowest), Decimal(highest)
        bounds = {"minimum": float(lowest), "maximum": float(highest)}
        super().__init__(metadata={**bounds, **kwargs.pop("metadata", {})}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.make_error("invalid")
        number = Decimal(str(value))
        if not self.lowest <= number <= self.highest:
            raise self.make_error("range", lowest=self.lowest, highest=self.highest)
        if number != number.quantize(Decimal("0.01")):
            raise self.make_error("decimals")
        return number


class Flag(fields.Boolean):
    """true or false, nothing else."""

    default_error_messages = {"invalid": "ongeldig-type: Geef true of false."}

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Count(fields.Integer):
    """A whole number within bounds; accepts its digits as text, as a query string has them."""

    default_error_messages = {
        "invalid": "ongeldig-type: Geef een geheel getal.",
        "range": "ongeldige-waarde: Geef een getal van {lowest} tot en met {highest}.",
    }

    def __init__(self, lowest: int, highest: int, **kwargs: Any) -> None:
        super().__init__(metadata={"minimum": lowest, "maximum": highest, **kwargs.pop("metadata", {})}, **kwargs)
        self.lowest, self.highest = lowest, highest

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        whole = isinstance(value, float) and value.is_integer()  # 1.0 is an integer, says JSON Schema
        digits = isinstance(value, str) and _INTEGER.fullmatch(value)
        if isinstance(value, bool) or not (isinstance(value, int) or whole or digits):
            raise self.make_error("invalid", input=value)
        if not self.lowest <= int(value) <= self.highest:
            raise self.make_error("range", lowest=self.lowest, highest=self.highest)
        return int(value)


class Several(fields.List[Any]):
    """A list of `fewest` to `most` items."""

    default_error_messages = {
        "invalid": "ongeldig-type: Geef een lijst.",
        "size": "ongeldige-waarde: Geef {fewest} tot en met {most} items.",
    }

    def __init__(
        self, item: fields.Field[Any] | type[fields.Field[Any]], fewest: int, most: int, **kwargs: Any
    ) -> None:
        metadata = {"minItems": fewest, "maxItems": most, **kwargs.pop("metadata", {})}
        super().__init__(item, metadata=metadata, **kwargs)
        self.fewest, self.most = fewest, most

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise self.make_error("invalid")
        if not self.fewest <= len(value) <= self.most:
            raise self.make_error("size", fewest=self.fewest, most=self.most)
        return super()._deserialize(value, attr, data, **kwargs)
