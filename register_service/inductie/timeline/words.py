"""Rows of the journal of a traject, and their values and changes in Dutch. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from register_service.core.days import dutch_day

State = Mapping[str, Any]

# What a reader need not be told in so many words, or says too much of somebody: that it changed is enough.
_WORDLESS = ("motivering", "vrijstelling_motivering", "leidinggevende", "leidinggevende_naam", "gevoerd_door")
# Not a change that anybody made.
_SILENT = ("id", "traject", "leraar", "bestuur", "verloop", "verwachte_einddatum", "gesloten_met_traject", "regeling")
_LABELS = {
    "leidinggevende_naam": "leidinggevende",
    "begeleider_naam": "begeleider",
    "observator_naam": "observator",
    "maanden": "aantal maanden",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the journal: the table, `insert`, `update` or `delete`, and the state before and after it.

    `undone`: a later row took it back. Days are ISO text, as the journal has them; a row of observatiescore has the
    `datum` of its observatie in the place of what was seen.
    """

    table: str
    action: str
    before: State | None
    after: State | None
    undone: bool = False

    @property
    def state(self) -> State:
        """The state after it, or of what was taken away the last that it had."""
        return self.after or self.before or {}

    @property
    def added(self) -> bool:
        """Whether there was nothing before."""
        return self.after is not None and self.before is None

    @property
    def removed(self) -> bool:
        """Whether there is nothing after."""
        return self.after is None

    def changed(self) -> dict[str, tuple[Any, Any]]:
        """Give, per column, what it was and what it became; nothing for a row that came or went."""
        if self.before is None or self.after is None:
            return {}
        names = [name for name in self.after if name not in _SILENT]
        found = {name: (self.before.get(name), self.after[name]) for name in names}
        return {name: (old, new) for name, (old, new) in found.items() if old != new}


def list_changes(changed: Mapping[str, tuple[Any, Any]]) -> str:
    """Say per column what it was and what it became."""
    parts = dict.fromkeys(_one_change(name, old, new) for name, (old, new) in changed.items())
    *first, last = parts or ["niets"]
    return f"{', '.join(first)} en {last}" if first else last


def _one_change(name: str, old: Any, new: Any) -> str:
    label = _label(name)
    if name in _WORDLESS:
        return f"{label} aangepast"
    if old is None:
        return f"{label} is nu {value_of(name, new)}"
    if new is None:
        return f"{label} {value_of(name, old)} is vervallen"
    return f"{label} van {value_of(name, old)} naar {value_of(name, new)}"


def _label(name: str) -> str:
    for kind in ("gepland", "gerealiseerd"):
        if name.endswith(f"_{kind}"):
            return f"{name.removesuffix(f'_{kind}').replace('_', ' ')} ({kind})"
    return _LABELS.get(name, name.replace("_", " "))


def value_of(name: str, value: Any) -> str:
    """Write the value of a column, with its unit."""
    if name.endswith(("datum", "_op")):
        return dutch_day(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        unit = " uur" if name.endswith(("_gepland", "_gerealiseerd")) else "%" if name == "lesreductie" else ""
        return f"{number(value)}{unit}"
    return str(value)


def number(value: float) -> str:
    """Write a number with a decimal comma, as short as it goes."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
