#!/usr/bin/env python3
"""Check a proof from the register with the public key alone: `python check_proof.py JOURNAL.VKEY PROOF.JSON`.

For anyone who does not trust the register. Needs Python 3.11 and the package `cryptography`, and nothing of the register.
The proof comes from `register journaal bewijs`; the key (`journal.vkey`) must have been had from the register's keeper
beforehand, not along with the proof. With `--checkpoint NOTE` the proof must be about exactly that checkpoint, one that you
kept yourself.

Says what was proven, in Dutch. Exit code 0: the proof holds; 1: it does not; 2: it could not be read.

The formats are open ones: RFC 6962 / RFC 9162 (Merkle tree), C2SP signed-note and tlog-checkpoint (signature).
"""

import argparse
import base64
import json
import sys
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Refused(Exception):
    """The proof does not hold."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command and give its exit code."""
    parser = argparse.ArgumentParser(description="Controleert een bewijs uit het register.")
    parser.add_argument("key", type=Path, help="de publieke sleutel van het journaal (journal.vkey)")
    parser.add_argument("proof", type=Path, help="het bewijs (JSON)")
    parser.add_argument("--checkpoint", type=Path, help="een controlepunt dat u zelf heeft bewaard")
    options = parser.parse_args(arguments)
    try:
        verifier = Verifier(options.key.read_text(encoding="utf-8"))
        proof = json.loads(options.proof.read_text(encoding="utf-8"))
        kept = options.checkpoint.read_text(encoding="utf-8") if options.checkpoint else None
        lines = check(proof, verifier, kept)
    except Refused as error:
        say(f"HET BEWIJS KLOPT NIET: {error}")
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        say(f"Het bewijs of de sleutel is niet te lezen: {type(error).__name__}: {error}")
        return 2
    say("\n".join([*lines, "HET BEWIJS KLOPT."]))
    return 0


def say(text: str) -> None:
    """Write a line on standard output."""
    sys.stdout.write(text + "\n")


def check(proof: dict, verifier: "Verifier", kept: str | None = None) -> list[str]:
    """Check a proof of either kind and give the lines that say what it proves. Raises Refused."""
    if kept is not None and kept.strip() not in (proof.get(name, "").strip() for name in ("checkpoint", "from", "to")):
        raise Refused("het bewijs gaat niet over het controlepunt dat u heeft bewaard")
    if proof["type"] == "inclusion":
        return check_inclusion(proof, verifier)
    if proof["type"] == "consistency":
        return check_consistency(proof, verifier)
    raise ValueError(f"onbekende soort bewijs: {proof['type']!r}")


class Verifier:
    """A public key in the form of C2SP signed-note: `name+hash+key`."""

    def __init__(self, vkey: str) -> None:
        self.name, key_id, encoded = vkey.strip().split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        self.key_id = sha256(self.name.encode() + b"\n" + raw).digest()[:4]
        if raw[:1] != b"\x01" or len(raw) != 33 or key_id != self.key_id.hex():
            raise ValueError("dit is geen publieke sleutel van een journaal")
        self._key = Ed25519PublicKey.from_public_bytes(raw[1:])

    def open(self, note: str) -> tuple[int, bytes, str]:
        """Check a checkpoint's signature and give its size, its root and its moment. Raises Refused."""
        text, _, signatures = note.partition("\n\n")
        text += "\n"
        if not any(self._signed(line, text) for line in signatures.splitlines()):
            raise Refused("de handtekening onder het controlepunt klopt niet")
        origin, size, root, moment, *_ = text.splitlines()
        if origin != self.name:
            raise Refused("het controlepunt is van een ander journaal")
        return int(size), base64.b64decode(root, validate=True), moment.removeprefix("moment ")

    def _signed(self, line: str, text: str) -> bool:
        prefix = f"\N{EM DASH} {self.name} "
        if not line.startswith(prefix):
            return False
        raw = base64.b64decode(line.removeprefix(prefix), validate=True)
        try:
            self._key.verify(raw[4:], text.encode())
        except InvalidSignature:
            return False
        return raw[:4] == self.key_id


def check_inclusion(proof: dict, verifier: Verifier) -> list[str]:
    """Check that every row of the proof stands in the tree of its checkpoint, at its position."""
    size, root, moment = verifier.open(proof["checkpoint"])
    lines = [f"Controlepunt van {moment}: {size} regels."]
    if not proof["rows"]:
        raise Refused("het bewijs bevat geen regels")
    for row in proof["rows"]:
        leaf = leaf_hash(row)
        if root_from_inclusion(leaf, row["position"], size, unhex(row["path"])) != root:
            raise Refused(f"regel {row['journalId']} staat niet op positie {row['position']} in dit controlepunt")
        lines.append(describe(row))
    return lines


def leaf_hash(row: dict) -> bytes:
    """Compute the hash of a row from its text; of an erased row only the hash is left. Raises Refused."""
    if row["leaf"] is None:
        return bytes.fromhex(row["leafHash"])
    if json.loads(row["leaf"])["id"] != row["journalId"]:
        raise Refused(f"de tekst bij regel {row['journalId']} is van een andere regel")
    return sha256(b"\x00" + row["leaf"].encode()).digest()


def describe(row: dict) -> str:
    """Say what was proven of one row."""
    start = f"Regel {row['journalId']}, positie {row['position']}: "
    if row["leaf"] is None:
        return start + "de inhoud is niet in het bewijs (gewist); alleen dat er een regel stond is bewezen."
    content = json.loads(row["leaf"])
    return (
        start
        + f"{content['action']} {content['tableName']} {content['objectId']} op {content['at']} door {content['actor']}"
    )


def check_consistency(proof: dict, verifier: Verifier) -> list[str]:
    """Check that the tree of the earlier checkpoint is the beginning of that of the later one."""
    old_size, old_root, old_moment = verifier.open(proof["from"])
    new_size, new_root, new_moment = verifier.open(proof["to"])
    if not 0 < old_size <= new_size or old_moment > new_moment:
        raise Refused("het tweede controlepunt is niet later dan het eerste")
    roots = roots_from_consistency(old_root, old_size, new_size, unhex(proof["path"]))
    if roots != (old_root, new_root):
        raise Refused("het tweede controlepunt is geen voortzetting van het eerste: er is iets gewijzigd of verwijderd")
    return [
        f"Controlepunt van {old_moment}: {old_size} regels.",
        f"Controlepunt van {new_moment}: {new_size} regels.",
        "Alle regels van het eerste staan onveranderd en op dezelfde plaats in het tweede.",
    ]


def root_from_inclusion(leaf: bytes, position: int, size: int, path: list[bytes]) -> bytes | None:
    """Compute the root that a path leads to (RFC 9162, 2.1.3.2), or None when the path cannot be right."""
    if not 0 <= position < size:
        return None
    index, last, root = position, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            root = node(sibling, root)
            while index & 1 == 0 and index != 0:
                index, last = index >> 1, last >> 1
        else:
            root = node(root, sibling)
        index, last = index >> 1, last >> 1
    return root if last == 0 else None


def roots_from_consistency(old_root: bytes, old: int, new: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """Compute the old and the new root from a proof (RFC 9162, 2.1.4.2), or None when the proof cannot be right."""
    if old == new:
        return (old_root, old_root) if not path else None
    if old & (old - 1) == 0:
        path = [old_root, *path]
    if not path:
        return None
    index, last = old - 1, new - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if index & 1 or index == last:
            first, second = node(sibling, first), node(sibling, second)
            while index & 1 == 0 and index != 0:
                index, last = index >> 1, last >> 1
        else:
            second = node(second, sibling)
        index, last = index >> 1, last >> 1
    return (first, second) if last == 0 else None


def node(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into one."""
    return sha256(b"\x01" + left + right).digest()


def unhex(path: list[str]) -> list[bytes]:
    """Read a path of hashes of 32 bytes. Raises ValueError."""
    hashes = [bytes.fromhex(text) for text in path]
    if any(len(one) != 32 for one in hashes):
        raise ValueError("een hash in het pad heeft niet de goede lengte")
    return hashes


if __name__ == "__main__":
    sys.exit(main())
