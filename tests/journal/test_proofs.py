"""Proofs, checked as a stranger would: by the script alone, in a process that cannot import the register."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from register_service.journal import proofs
from register_service.journal.keys import load_or_create_key
from register_service.journal.proofs import ProofError
from tests.journal.checker import SCRIPT
from tests.journal.conftest import MIGRATED, add_partnerschappen, by_hand

Connection = psycopg.Connection[Any]
Stranger = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def filled(connection: Connection, seal: Callable[[], int]) -> Connection:
    """Checkpoints of 300, 900, 901 and 1701 rows and those of the migrations."""
    for start, count in ((0, 300), (1000, 600), (2000, 1), (3000, 800)):
        add_partnerschappen(connection, count, start)
        seal()
    connection.autocommit = False
    return connection


@pytest.fixture
def stranger(key_dir: Path, tmp_path: Path) -> Stranger:
    """Run the script on a proof, with the published key."""

    def run(proof: object, *options: str, key: Path = key_dir / "journal.vkey") -> subprocess.CompletedProcess[str]:
        file = tmp_path / "proof.json"
        file.write_text(json.dumps(proof), encoding="utf-8")
        command = [sys.executable, "-I", str(SCRIPT), str(key), str(file), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    return run


def checkpoint_ids(connection: Connection) -> list[int]:
    return [row[0] for row in connection.execute("select id from checkpoint order by id")]


@pytest.mark.parametrize("journal_id", [1, 257, *(MIGRATED + n for n in (300, 301, 901, 902, 1701))])
def test_inclusion_holds(filled: Connection, stranger: Stranger, journal_id: int) -> None:
    result = stranger(proofs.prove_entry(filled, journal_id))
    assert (result.returncode, result.stderr) == (0, "")
    assert f"Regel {journal_id}, positie {journal_id - 1}" in result.stdout
    assert "HET BEWIJS KLOPT." in result.stdout


def test_whole_life_of_an_object_is_proven(filled: Connection, seal: Callable[[], int], stranger: Stranger) -> None:
    filled.execute("update partnerschap set naam = 'Ander' where naam = 'P5'")
    filled.execute("delete from partnerschap where naam = 'Ander'")
    filled.commit()
    seal()
    object_id = filled.execute("select object_id from journal order by id desc limit 1").fetchone()[0]
    proof = proofs.prove_object(filled, object_id)
    assert [json.loads(row["leaf"])["action"] for row in proof["rows"]] == ["insert", "update", "delete"]
    assert stranger(proof).returncode == 0


def test_consistency_holds_between_all_checkpoints(filled: Connection, stranger: Stranger) -> None:
    numbers = checkpoint_ids(filled)
    for old, new in ((0, 1), (0, 3), (1, 2), (2, 2)):
        result = stranger(proofs.prove_consistency(filled, numbers[old], numbers[new]))
        assert (result.returncode, result.stderr) == (0, ""), result.stdout
    assert stranger(proofs.prove_consistency(filled, numbers[1])).returncode == 0


def tampered_inclusions(proof: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every way to change a proof of one row."""
    row = proof["rows"][0]
    other = row["leaf"].replace("P0", "P1")
    note = proof["checkpoint"]
    size = note.splitlines()[1]
    return {
        "text": proof | {"rows": [row | {"leaf": other}]},
        "position": proof | {"rows": [row | {"position": row["position"] + 1}]},
        "negative": proof | {"rows": [row | {"position": -1}]},
        "number": proof | {"rows": [row | {"journalId": row["journalId"] + 1}]},
        "shorter": proof | {"rows": [row | {"path": row["path"][:-1]}]},
        "longer": proof | {"rows": [row | {"path": [*row["path"], "00" * 32]}]},
        "other hash": proof | {"rows": [row | {"path": ["00" * 32, *row["path"][1:]]}]},
        "size": proof | {"checkpoint": note.replace(f"\n{size}\n", f"\n{int(size) + 1}\n")},
        "moment": proof | {"checkpoint": note.replace("moment 2", "moment 3")},
        "unsigned": proof | {"checkpoint": note.partition("\n\n")[0] + "\n\n"},
        "no rows": proof | {"rows": []},
    }


def test_tampered_inclusion_is_refused(filled: Connection, stranger: Stranger) -> None:
    proof = proofs.prove_entry(filled, MIGRATED + 1)
    for name, tampered in tampered_inclusions(proof).items():
        assert tampered != proof, name
        result = stranger(tampered)
        assert (result.returncode, "NIET" in result.stdout) == (1, True), name


def test_tampered_consistency_is_refused(filled: Connection, stranger: Stranger) -> None:
    numbers = checkpoint_ids(filled)
    proof = proofs.prove_consistency(filled, numbers[0], numbers[3])
    other = proofs.prove_consistency(filled, numbers[1], numbers[3])
    variants: list[dict[str, Any]] = [
        proof | {"from": other["from"]},
        proof | {"path": other["path"]},
        proof | {"path": proof["path"][1:]},
        proof | {"path": []},
        proof | {"from": proof["to"], "to": proof["from"]},
    ]
    for tampered in variants:
        assert stranger(tampered).returncode == 1


@pytest.mark.parametrize(
    "proof", [None, [], {}, {"type": "x"}, {"type": "inclusion"}, {"type": "consistency", "from": 1}]
)
def test_nonsense_is_told_apart_from_a_false_proof(proof: object, stranger: Stranger, key: object) -> None:
    result = stranger(proof)
    assert (result.returncode, result.stderr) == (2, "")


def test_another_key_is_refused(filled: Connection, stranger: Stranger, tmp_path: Path) -> None:
    load_or_create_key(tmp_path / "other")
    result = stranger(proofs.prove_entry(filled, 2), key=tmp_path / "other" / "journal.vkey")
    assert result.returncode == 1


def test_proof_must_be_about_the_checkpoint_that_was_kept(
    filled: Connection, stranger: Stranger, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.txt"
    numbers = checkpoint_ids(filled)
    kept.write_text(filled.execute("select note from checkpoint where id = %s", (numbers[1],)).fetchone()[0], "utf-8")
    assert stranger(proofs.prove_consistency(filled, numbers[1]), "--checkpoint", str(kept)).returncode == 0
    assert stranger(proofs.prove_consistency(filled, numbers[0]), "--checkpoint", str(kept)).returncode == 1


def test_erased_row_is_still_proven_to_have_been_there(filled: Connection, stranger: Stranger) -> None:
    filled.execute("update journal set state = null, salt = null, reason = null where id = 2")
    filled.commit()
    result = stranger(proofs.prove_entry(filled, 2))
    assert result.returncode == 0
    assert "gewist" in result.stdout


def test_no_proof_of_what_is_not_there(filled: Connection) -> None:
    add_partnerschappen(filled, 1, 9000)
    filled.commit()
    journal_id = filled.execute("select max(id) from journal").fetchone()[0]
    for ask, message in (
        (lambda: proofs.prove_entry(filled, 10**9), "geen journaalregel"),
        (lambda: proofs.prove_entry(filled, journal_id), "nog niet verzegeld"),
        (lambda: proofs.prove_consistency(filled, 10**9), "geen controlepunt"),
        (lambda: proofs.prove_consistency(filled, checkpoint_ids(filled)[1], checkpoint_ids(filled)[0]), "later"),
    ):
        with pytest.raises(ProofError, match=message):
            ask()


def test_altered_row_gets_no_proof(filled: Connection) -> None:
    by_hand(filled, "update journal set event = 'x' where id = 5")
    with pytest.raises(ProofError, match="gewijzigd"):
        proofs.prove_entry(filled, 5)
