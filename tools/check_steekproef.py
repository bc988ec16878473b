"""Draw a published steekproef again: `python check_steekproef.py FILE` (needs Python alone).

FILE is what `register steekproef publiceer ID` shows: the seed, the method, the whole set and the draw. The set itself can be
held against the register's journal as the checkpoint knew it (`register steekproef controleer ID`).
"""

import hashlib
import json
import sys


def draw(zaad: str, periodes: list[str], aantal: int) -> list[str]:
    """Give the `aantal` ids with the lowest SHA-256 of `zaad:id`."""
    return sorted(set(periodes), key=lambda periode: hashlib.sha256(f"{zaad}:{periode}".encode()).digest())[:aantal]


def check(published: dict[str, object]) -> list[str]:
    """Give what is not as it was published, in Dutch; empty when all is."""
    periodes, zaad, aantal = published["verzameling"], published["zaad"], published["aantal"]
    assert isinstance(periodes, list)
    assert isinstance(zaad, str)
    assert isinstance(aantal, int)
    found = []
    if published["methode"] != "sha256-v1":
        found.append(f"methode {published['methode']} is hier niet bekend")
    if len(set(periodes)) != published["omvang"]:
        found.append(f"de verzameling telt {len(set(periodes))} herregistraties, en niet {published['omvang']}")
    if draw(zaad, periodes, aantal) != published["trekkingen"]:
        found.append("opnieuw trekken geeft andere herregistraties")
    return found


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 - this file stands alone
        problems = check(json.load(file))
    print("\n".join(problems) or "De trekking klopt.")  # noqa: T201
    sys.exit(1 if problems else 0)
