"""Registeruren of the demo: how many, and how they are split over the gebieden. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Uren:
    """Registeruren and their split; in half hours too, as the rules of the registratie count them."""

    registeruren: Decimal
    vakinhoudelijk: Decimal
    vakdidactisch: Decimal
    pedagogisch: Decimal
    overig: Decimal
    halves: int
    primair: int
    of_vak: int

    @property
    def split(self) -> tuple[Decimal, Decimal, Decimal, Decimal, Decimal]:
        """Give the hours in the order in which the rows have them."""
        return self.registeruren, self.vakinhoudelijk, self.vakdidactisch, self.pedagogisch, self.overig


@cache
def split(halves: int, verdeling: str) -> Uren:
    """Split half hours as `verdeling` says: a quarter for each of its four digits, in the order of the gebieden."""
    parts = [halves * int(quarters) // 4 for quarters in verdeling]
    parts[verdeling.index(max(verdeling))] += halves - sum(parts)
    total, of_vak, didactisch, pedagogisch, overig = (hours_of(part) for part in (halves, *parts))
    return Uren(total, of_vak, didactisch, pedagogisch, overig, halves, halves - parts[3], parts[0])


def hours_of(halves: int) -> Decimal:
    """Give half hours as hours, with one decimal."""
    return (_HALF * halves).quantize(Decimal("0.1"))
