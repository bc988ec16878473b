"""`register journaal ...` as typed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner, Result

from register_service.journal.commands import journaal
from tests.journal import checker
from tests.journal.conftest import MIGRATED, add_partnerschappen, by_hand

Connection = psycopg.Connection[Any]
Register = Callable[..., Result]


@pytest.fixture
def register(database_url: str, key_dir: Path, tmp_path: Path) -> Register:
    """Run a command of the group."""
    environ = {"DATABASE_URL": database_url, "KEY_DIR": str(key_dir), "VAR_DIR": str(tmp_path)}
    return lambda *arguments: CliRunner().invoke(journaal, arguments, env=environ)


def test_seal_check_and_prove(connection: Connection, register: Register, key_dir: Path, tmp_path: Path) -> None:
    add_partnerschappen(connection, 1200)
    assert register("verzegel").output == f"1.{200 + MIGRATED} regels verzegeld.\n"
    assert register("verzegel").output == "0 regels verzegeld.\n"
    kept = tmp_path / "kept.txt"
    kept.write_text(register("controlepunt").output, encoding="utf-8")
    result = register("verify", "--controlepunt", str(kept))
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "Alles klopt.")
    object_id = connection.execute("select id from partnerschap limit 1").fetchone()[0]
    number = connection.execute("select id from checkpoint").fetchone()[0]
    for arguments in (("--regel", "7"), ("--object", str(object_id)), ("--van", str(number))):
        proof = tmp_path / "proof.json"
        proof.write_text(register("bewijs", *arguments).stdout, encoding="utf-8")
        assert checker.load().main([str(key_dir / "journal.vkey"), str(proof), "--checkpoint", str(kept)]) == 0


def test_check_names_the_first_row_and_exits_with_1(connection: Connection, register: Register) -> None:
    add_partnerschappen(connection, 50)
    register("verzegel")
    by_hand(connection, "update journal set event = 'x' where id > 20")
    result = register("verify")
    assert result.exit_code == 1
    assert f"{30 + MIGRATED} bevindingen" in result.output
    assert "Journaalregel 21 (positie 20) is gewijzigd." in result.output.splitlines()[3]
    result = register("verify", "--json")
    found = json.loads(result.stdout)
    assert (result.exit_code, found["intact"], found["found"]) == (1, False, 30 + MIGRATED)
    assert found["findings"][0]["journal_id"] == 21


def test_public_key_is_given_in_both_forms(register: Register, key: object, key_dir: Path) -> None:
    assert register("sleutel").output == (key_dir / "journal.vkey").read_text()
    assert register("sleutel", "--pem").output == (key_dir / "journal.pub.pem").read_text()


def test_seal_waits_for_the_sealer_that_runs(
    connection: Connection, register: Register, seal: Callable[[], int]
) -> None:
    from register_service.journal import commands

    add_partnerschappen(connection, 5)
    original = commands.seal_now
    try:
        commands.seal_now = lambda connection, key: original(connection, key, seconds=0.3)  # type: ignore[assignment]
        result = register("verzegel")
    finally:
        commands.seal_now = original
    assert result.exit_code == 1
    assert "verzegelt niet" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bewijs",), "Geef een van"),
        (("bewijs", "--regel", "1", "--van", "1"), "Geef een van"),
        (("bewijs", "--regel", "1", "--tot", "1"), "Geef een van"),
        (("bewijs", "--regel", "99999"), "geen journaalregel 99999"),
        (("bewijs", "--van", "1"), "geen controlepunt 1"),
        (("controlepunt",), "nog niets verzegeld"),
        (("verify", "--controlepunt", __file__), "geen controlepunt van dit journaal"),
        (("verify", "--sleutel", __file__), "geen publieke sleutel"),
    ],
)
def test_mistakes_get_one_clear_message(
    register: Register, key: object, arguments: tuple[str, ...], message: str
) -> None:
    result = register(*arguments)
    assert result.exit_code in (1, 2)
    assert message in result.output
    assert "Traceback" not in result.output


def test_database_that_is_gone_gets_one_clear_message(key: object, key_dir: Path, tmp_path: Path) -> None:
    environ = {"DATABASE_URL": f"postgresql://x@/x?host={tmp_path}", "KEY_DIR": str(key_dir), "VAR_DIR": str(tmp_path)}
    result = CliRunner().invoke(journaal, ["verify"], env=environ)
    assert result.exit_code == 1
    assert "De database kan dit nu niet" in result.output
