"""`register leraar samenvoegen`: the same merge, by the beheerder on the command line."""

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from register_service.cli.main import cli
from tests.support import Register

Run = Callable[..., Result]


@pytest.fixture
def run(register: Register, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `register leraar samenvoegen`."""
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)
    return lambda *arguments: CliRunner().invoke(cli, ["leraar", "samenvoegen", *arguments])


def test_merges_with_a_reason(register: Register, run: Run) -> None:
    van, naar = register.leraar(), register.leraar()
    register.aanstelling(van)
    result = run(van, naar, "--reden", "dubbel")
    assert (result.exit_code, result.output) == (0, f"Dossier {van} gaat verder als {naar}.\n")
    assert register.get(f"/leraren/{van}").status_code == 308
    rows = register.rows("select distinct actor, event, reason from journal where table_name = 'samenvoeging'")
    assert rows == [("beheer:cli", "leraar.samengevoegd", "dubbel")]


def test_refuses_in_dutch_and_changes_nothing(register: Register, run: Run) -> None:
    van, naar = register.leraar(), register.leraar()
    for number in (van, naar):
        register.aanstelling(number)
    overlapping = run(van, naar, "--reden", "dubbel")
    assert overlapping.exit_code == 1
    assert "Beide dossiers hebben een aanstelling op dezelfde vestiging" in overlapping.output
    assert "Geef twee verschillende registratienummers." in run(van, van, "--reden", "dubbel").output
    assert "Dit bestaat niet" in run(van, "2657035144", "--reden", "dubbel").output
    assert "is geen registratienummer" in run(van, "1234567890", "--reden", "dubbel").output
    assert "--reden" in run(van, naar).output
    assert register.rows("select from samenvoeging") == []
