"""How people read a figure: as the Dutch write it, and what is said in the place of one that is not shown."""

from register_service.rapportages.rules.tabel import Afgeschermd, Kolom, Waarde

# What a sign means, in a legend and for who hears the page read.
MEANINGS = {
    Afgeschermd.KLEIN: "minder dan 5",
    Afgeschermd.AFGESCHERMD: "niet getoond, om personen te beschermen",
    Afgeschermd.ONBEKEND: "niet van toepassing",
}


def written(value: Waarde, kolom: Kolom) -> str:
    """Write a figure: 1.234,5, with its sign when it is a percentage."""
    if isinstance(value, Afgeschermd):
        return value.value
    if value is None or isinstance(value, str):
        return value or ""
    digits = f"{value:,.{kolom.decimalen}f}".translate(str.maketrans(",.", ".,"))
    return f"{digits}%" if kolom.eenheid == "%" else digits


def number(value: Waarde) -> float | None:
    """Give a figure that is shown; None for anything else."""
    return float(value) if isinstance(value, int | float) else None
