"""Rules of what lasts and of where it falls in the traject: stays, onderbrekingen, begeleidingen and dated facts."""

from collections.abc import Iterator, Sequence
from datetime import date

from register_service.inductie.rules import CONSTRAINTS
from register_service.inductie.rules.facts import Begeleiding, Facts, Onderbreking, Verblijf
from register_service.inductie.rules.violation import Violation

Period = Verblijf | Onderbreking | Begeleiding
Dated = tuple[str, str, str, date]


def check_periods(facts: Facts) -> Iterator[Violation]:
    """Check that periods end after they begin, do not overlap, and that everything falls inside the traject."""
    kinds: dict[str, Sequence[Period]] = {
        "verblijf": facts.verblijven,
        "onderbreking": facts.onderbrekingen,
        "begeleiding": facts.begeleidingen,
    }
    for kind, periods in kinds.items():
        yield from _check_order(kind, periods)
    coaches = [f for f in facts.begeleidingen if f.rol == "coach"]
    yield from _check_overlap("verblijf", "inductieperiode_geen_overlap", facts.verblijven)
    yield from _check_overlap("onderbreking", "onderbreking_geen_overlap", facts.onderbrekingen)
    yield from _check_overlap("begeleiding", "begeleiding_een_coach", coaches)
    yield from _check_years(facts)
    yield from _check_begin(facts)
    yield from _check_end(facts)
    yield from _check_observaties(facts)


def _check_order(kind: str, periods: Sequence[Period]) -> Iterator[Violation]:
    for f in periods:
        if f.einddatum is not None and f.einddatum < f.begindatum:
            detail = f"De einddatum ligt voor de begindatum, {f.begindatum.isoformat()}. Kies die dag of een latere."
            yield Violation("einde-voor-begin", kind, f.id, "einddatum", detail, (f.begindatum, f.einddatum))


def _check_overlap(kind: str, constraint: str, periods: Sequence[Period]) -> Iterator[Violation]:
    """Compare each with the furthest-reaching one that began before it; dates are inclusive."""
    code, _ = CONSTRAINTS[constraint]
    before: Period | None = None
    for f in sorted(periods, key=lambda f: (f.begindatum, f.einddatum or date.max, f.id)):
        if f.einddatum is not None and f.einddatum < f.begindatum:
            continue
        if before is not None and (before.einddatum is None or f.begindatum <= before.einddatum):
            until = "zonder einddatum" if before.einddatum is None else f"tot en met {before.einddatum.isoformat()}"
            detail = (
                f"Valt over {_NAMES[kind]} van {before.begindatum.isoformat()} {until} heen. "
                "Laat dit later beginnen, of beëindig het andere op de dag ervoor."
            )
            values = (f.begindatum, before.id, before.begindatum, before.einddatum)
            yield Violation(code, kind, f.id, "begindatum", detail, values)
        if before is None or (before.einddatum or date.max) < (f.einddatum or date.max):
            before = f


_NAMES = {"verblijf": "het verblijf", "onderbreking": "de onderbreking", "begeleiding": "de coach"}


def _check_years(facts: Facts) -> Iterator[Violation]:
    code, detail = CONSTRAINTS["inductieprogramma_jaar_key"]
    seen: set[int] = set()
    for f in sorted(facts.programmas, key=lambda f: (f.jaar, f.id)):
        if f.jaar in seen:
            yield Violation(code, "programma", f.id, "jaar", detail, (f.jaar,))
        seen.add(f.jaar)


def _check_begin(facts: Facts) -> Iterator[Violation]:
    """Nothing comes before the startdatum; stays have a rule of their own."""
    start = facts.startdatum
    found: list[tuple[str, Dated]] = [
        *(
            ("onderbreking-buiten-traject", ("onderbreking", f.id, "begindatum", f.begindatum))
            for f in facts.onderbrekingen
        ),
        *(
            ("begeleiding-buiten-traject", ("begeleiding", f.id, "begindatum", f.begindatum))
            for f in facts.begeleidingen
        ),
        *(("gesprek-buiten-traject", ("gesprek", f.id, "datum", f.datum)) for f in facts.gesprekken),
    ]
    for code, (kind, id_, field, day) in found:
        if day < start:
            detail = f"Het traject begint op {start.isoformat()}. Kies die dag of een latere, of wijzig de startdatum."
            yield Violation(code, kind, id_, field, detail, (start, day))


def _check_end(facts: Facts) -> Iterator[Violation]:
    """Nothing comes after the last day; a period without an einddatum ends with the traject."""
    end = facts.einde
    if end is None:
        return
    for kind, id_, field, day in _dated(facts):
        if day > end:
            detail = (
                f"Het traject eindigt op {end.isoformat()}. Kies die dag of een eerdere, of trek eerst de afronding of "
                "het stoppen in."
            )
            yield Violation("feit-na-einde", kind, id_, field, detail, (end, day))


def _dated(facts: Facts) -> Iterator[Dated]:
    """Give every day that a fact names: one per fact, its begin if that is too late already."""
    end = facts.einde or date.max
    periods: list[tuple[str, Sequence[Period]]] = [
        ("verblijf", facts.verblijven), ("onderbreking", facts.onderbrekingen), ("begeleiding", facts.begeleidingen),
    ]  # fmt: skip
    for kind, facts_of_kind in periods:
        for f in facts_of_kind:
            if f.begindatum > end:
                if kind == "verblijf" and facts.afronding is not None and facts.afronding.datum == end:
                    continue  # afronding-voor-verblijf says so already.
                yield kind, f.id, "begindatum", f.begindatum
            elif f.einddatum is not None:
                yield kind, f.id, "einddatum", f.einddatum
    for v in facts.verlengingen:
        yield "verlenging", v.id, "besluitdatum", v.besluitdatum
    for g in facts.gesprekken:
        yield "gesprek", g.id, "datum", g.datum
    for o in facts.observaties:
        yield "observatie", o.id, "datum", o.datum


def _check_observaties(facts: Facts) -> Iterator[Violation]:
    end = facts.einde or date.max
    for f in facts.observaties:
        inside = any(
            v.begindatum <= f.datum and (v.einddatum is None or f.datum <= v.einddatum) for v in facts.verblijven
        )
        if f.datum <= end and not inside:
            detail = "Op deze dag was er geen verblijf op een vestiging. Kies een dag in een verblijf, of vul het verblijf aan."
            yield Violation("observatie-buiten-verblijf", "observatie", f.id, "datum", detail, (f.datum,))
