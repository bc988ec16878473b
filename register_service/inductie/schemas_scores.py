"""What goes in and comes out about scores of an observatie: of the leraar alone, unless shared."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from register_service.core.fields import Amount, Flag, Registratienummer, Text
from register_service.core.schema import ApiSchema, Explained

MOST_SCORES = 100

SCORE: Explained = {
    "id": ("De sleutel van de scores.", "01890000-0000-7000-8000-000000000018"),
    "observatie": ("De sleutel van de observatie.", "01890000-0000-7000-8000-000000000015"),
    "leraar": ("Het registratienummer van de leraar.", "2657035144"),
    "scores": ("Per onderdeel een getal van 0 tot en met 10; hoogstens 100 onderdelen.", {"heldere instructie": 3.5}),
    "toelichting": ("Wat de leraar erbij opschreef.", "Volgende keer meer wachttijd"),
    "gedeeld": ("Of het bestuur van de observatie dit leest.", False),
}


class Scores(fields.Dict):
    """An object of names, each with a number from 0 to 10; in a change null takes a name away."""

    default_error_messages = {  # noqa: RUF012 - as marshmallow has it
        "invalid": "ongeldig-type: Geef een object met per onderdeel een getal.",
        "many": "te-lang: Geef hoogstens {most} onderdelen.",
    }

    def __init__(self, *, of_change: bool = False, **kwargs: Any) -> None:
        metadata = {"maxProperties": MOST_SCORES, **kwargs.pop("metadata", {})}
        values = Amount("0", "10", allow_none=of_change)
        super().__init__(keys=fields.String(), values=values, metadata=metadata, **kwargs)
        self._name, self._value = Text(100), values

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, float | None]:
        if not isinstance(value, Mapping):
            raise self.make_error("invalid")
        if len(value) > MOST_SCORES:
            raise self.make_error("many", most=MOST_SCORES)
        found: dict[str, float | None] = {}
        wrong: dict[str, Any] = {}
        for name, score in value.items():
            try:
                number = self._value.deserialize(score)
                found[str(self._name.deserialize(name))] = None if number is None else float(number)
            except ValidationError as error:
                wrong[str(name)] = error.messages
        if wrong:
            raise ValidationError(wrong)
        return found


class ObservatieScoreSchema(ApiSchema):
    """What was seen in a lesson."""

    about = "Wat er in een les is gezien. Alleen de leraar leest dit, tenzij de leraar het deelt."
    explained = SCORE

    id = fields.UUID(required=True)
    observatie = fields.UUID(required=True)
    leraar = Registratienummer(required=True)
    scores = Scores(required=True)
    toelichting = Text(2000, required=True, allow_none=True)
    gedeeld = Flag(required=True)


class ObservatieScoreInvoerSchema(ApiSchema):
    """Scores that the leraar keeps."""

    about = "Scores die de leraar bewaart; niemand anders leest ze, tenzij 'gedeeld'."
    explained = SCORE

    scores = Scores(required=True)
    toelichting = Text(2000, allow_none=True)
    gedeeld = Flag(metadata={"default": False})


class ObservatieScoreWijzigingSchema(ApiSchema):
    """What changes of scores."""

    about = (
        "Wat er aan scores verandert (JSON Merge Patch): alleen wat u geeft; null haalt een onderdeel of veld weg. "
        "Delen gaat met '_deel' en '_afschermen'."
    )
    explained = SCORE

    scores = Scores(of_change=True)
    toelichting = Text(2000, allow_none=True)
