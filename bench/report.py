"""Figures, the bars they are held against, and RESULTS.md."""

import platform
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.stage import cores

FILE = Path(__file__).with_name("RESULTS.md")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what was measured, the outcome in words, the bar in words, and whether it was met (None: no bar)."""

    what: str
    outcome: str
    bar: str = ""
    met: bool | None = None


def at_least(what: str, value: float, bar: float, detail: str = "", unit: str = "") -> Figure:
    """Make a figure that must reach a bar."""
    return Figure(what, f"**{value:,.2f}{unit}** {detail}".strip(), f"at least {bar:,g}{unit}", value >= bar)


def at_most(what: str, value: float, bar: float, detail: str = "", unit: str = "x") -> Figure:
    """Make a figure that must stay below a bar."""
    return Figure(what, f"**{value:,.2f}{unit}** {detail}".strip(), f"at most {bar:,g}{unit}", value <= bar)


def write(sections: dict[str, list[Figure]], server: str) -> None:
    """Write RESULTS.md."""
    lines = [
        "# Results",
        "",
        f"Measured on {datetime.now(UTC):%Y-%m-%d} with `python -m bench`: {machine(server)}.",
        "",
    ]
    lines += [
        "Requests per second mean something only as a ratio within one run; other work on the machine moves both.",
        "",
    ]
    for title, figures in sections.items():
        lines += [f"## {title}", "", *table(figures), ""]
    FILE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def machine(server: str) -> str:
    """Describe the machine in general terms."""
    return f"{cores()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}, PostgreSQL {server}"


def table(figures: Iterable[Figure]) -> list[str]:
    """Make the lines of a Markdown table."""
    marks = {True: "yes", False: "**no**", None: ""}
    rows = [f"| {figure.what} | {figure.outcome} | {figure.bar} | {marks[figure.met]} |" for figure in figures]
    return ["| what | measured | bar | met |", "| --- | --- | --- | --- |", *rows]
