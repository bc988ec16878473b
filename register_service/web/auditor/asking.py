"""What an auditor asks for in the form of a report: its fields, everything that is wrong with them, and the report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import request

from register_service.api.call import Call
from register_service.core import clock
from register_service.core.errors import FieldError, Invalid
from register_service.core.fields import Count, Moment
from register_service.core.validation import load
from register_service.organisaties.models import SECTORS
from register_service.rapportages.dataset import Dataset, Vraag
from register_service.rapportages.parameters import NAMES, as_query, read_question
from register_service.rapportages.queries import pulled
from register_service.rapportages.rapport import Rapport
from register_service.rapportages.schemas import VraagQuery
from register_service.web.page import query_errors

_CHOICES = (
    ("select nummer, naam from bestuur order by naam, nummer", None),
    ("select id::text, naam from partnerschap order by naam", None),
)


class PageMoment(Moment):
    """A moment; or a day, which is its last moment in the Netherlands."""

    default_error_messages = {  # noqa: RUF012
        "invalid": "ongeldig-tijdstip: Geef een dag, zoals 2026-01-31, of een tijdstip met tijdzone, zoals 2026-01-31T09:30:00Z.",
    }

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:
        try:
            next_day = date.fromisoformat(value) + timedelta(days=1)
        except (TypeError, ValueError, OverflowError):
            return super()._deserialize(value, attr, data, **kwargs)
        return datetime.combine(next_day, time(), clock.AMSTERDAM) - timedelta(microseconds=1)


class RapportPageQuery(VraagQuery):
    """The question, and which hundred rows of the answer."""

    beschikbaar_op = PageMoment()
    bladzijde = Count(1, 100_000)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form; `choices`, if it is a list, as pairs of value and text."""

    name: str
    label: str
    value: str
    kind: str = "text"
    choices: tuple[tuple[str, str], ...] = ()
    hint: str | None = None
    error: str | None = None


def asked_for(call: Call, dataset: Dataset) -> tuple[Vraag, Rapport | None, tuple[FieldError, ...]]:
    """Give the question, and the report or everything that is wrong with what was asked."""
    errors = list(query_errors())
    query = _readable(errors) if errors else call.query
    vraag = read_question(dataset, query, call.context.today, errors)
    try:
        return vraag, pulled(call, dataset, vraag, query.get("beschikbaar_op"), errors, "page"), ()
    except Invalid as invalid:
        return vraag, None, tuple(invalid.errors)


def _readable(errors: list[FieldError]) -> dict[str, Any]:
    """Read what there is nothing wrong with, so that the rest is looked at as well."""
    wrong = {error.location.strip("/") for error in errors}
    known = {field.data_key for field in RapportPageQuery().fields.values()}
    pairs = request.args.items()
    return load(RapportPageQuery(), {k: v for k, v in pairs if v and k in known - wrong}, "query", [])


def fields_of(call: Call, dataset: Dataset, vraag: Vraag, errors: tuple[FieldError, ...]) -> list[Field]:
    """Give the form as it was filled in; what was left out, as it is taken."""
    besturen, partnerschappen = call.services.database.read(call.context, *_CHOICES)
    wrong = {error.location.strip("/"): error.detail for error in errors}
    taken = as_query(vraag)

    def field(name: str, label: str, **how: Any) -> Field:
        return Field(name, label, request.args.get(name) or taken.get(name, ""), error=wrong.get(name), **how)

    everything = (("", "alle"),)
    return [
        field("periodeVan", "Vanaf", kind="date"),
        field("periodeTot", "Tot en met", kind="date"),
        field("per", "Uitsplitsen naar", choices=tuple((d, NAMES[d].lower()) for d in dataset.dimensies)),
        field("sector", "Alleen sector", choices=(*everything, *((s, s) for s in SECTORS))),
        field("partnerschap", "Alleen partnerschap", choices=(*everything, *_pairs(partnerschappen))),
        field("bestuur", "Alleen bestuur", choices=(*everything, *_pairs(besturen))),
        field("vestiging", "Alleen vestiging", hint="De vestigingscode, zoals 00AA00."),
        field("cohort", "Alleen cohort", hint="Een schooljaar, zoals 2023-2024."),
        field(
            "beschikbaarOp", "Zoals bekend op",
            hint="Een dag, zoals 2026-08-31, of een precies tijdstip. Leeg: het laatste dat verzegeld is.",
        ),
    ]  # fmt: skip


def _pairs(rows: list[Any]) -> list[tuple[str, str]]:
    return [(str(key), str(name)) for key, name in rows]
