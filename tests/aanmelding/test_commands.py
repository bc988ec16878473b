"""`register auditor` and `register account`: who may sign in, kept by the beheerder."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from register_service.cli.main import cli
from tests.aanmelding.conftest import ECK_ID, Lobby


@pytest.fixture(autouse=True)
def of_this_register(lobby: Lobby, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands work on the register of the test."""
    monkeypatch.setenv("DATABASE_URL", lobby.register.settings.database_url)
    monkeypatch.setenv("KEY_DIR", str(lobby.register.settings.key_dir))
    lobby.providers(lobby.puppet.provider(rollen=("leraar", "auditor")))


def run(*arguments: str, fails: bool = False) -> str:
    result = CliRunner().invoke(cli, arguments)
    assert (result.exit_code != 0) == fails, result.output
    return result.output


def shown(*arguments: str) -> Any:
    return json.loads(run(*arguments))


def signed_in_as_auditor(lobby: Lobby) -> str:
    invited = shown("auditor", "uitnodigen", "--naam", "A. Auditor")
    lobby.sign_in(sub="a")
    assert "Bent u auditor?" in lobby.browser.get("/koppelen").text
    assert lobby.give_code(invited["code"], geboortedatum="").headers["Location"] == "/"
    ((identifier,),) = lobby.register.rows("select id from account")
    return str(identifier)


def works(lobby: Lobby) -> bool:
    from register_service.access import sessions

    return sessions.find(lobby.register.database, lobby.token()) is not None


def test_an_auditor_is_invited_and_comes_in_by_a_code_alone(lobby: Lobby) -> None:
    identifier = signed_in_as_auditor(lobby)
    assert works(lobby)
    assert lobby.register.rows("select soort, naam, leraar from account") == [("auditor", "A. Auditor", None)]
    events = lobby.register.rows(
        "select table_name, event, actor from journal where table_name in ('account', 'koppelcode') order by id"
    )
    assert events == [
        ("koppelcode", "koppelcode.uitgegeven", "beheer:cli"),
        ("account", "account.gekoppeld", f"auditor:{identifier}"),
        ("koppelcode", "koppelcode.gebruikt", f"auditor:{identifier}"),
    ]


def test_an_auditor_opens_no_page_of_a_leraar(lobby: Lobby) -> None:
    signed_in_as_auditor(lobby)
    assert lobby.browser.get("/mijn/accounts").status_code == 403


def test_a_code_for_an_auditor_is_none_for_a_leraar(lobby: Lobby) -> None:
    code = shown("auditor", "uitnodigen", "--naam", "A. Auditor")["code"]
    lobby.providers(lobby.puppet.provider(rollen=("leraar",)))
    lobby.sign_in(sub="s")
    assert "Dit klopt niet" in lobby.give_code(code).text


def test_what_works_is_listed_without_codes(lobby: Lobby) -> None:
    identifier = signed_in_as_auditor(lobby)
    invited = shown("auditor", "uitnodigen", "--naam", "B. Auditor")
    text = run("auditor", "list")
    listed = json.loads(text)
    assert [(one["id"], one["naam"]) for one in listed["accounts"]] == [(identifier, "A. Auditor")]
    assert [(one["id"], one["naam"]) for one in listed["uitnodigingen"]] == [(invited["id"], "B. Auditor")]
    assert invited["code"] not in text


def test_an_auditor_and_an_invitation_are_taken_back(lobby: Lobby) -> None:
    identifier = signed_in_as_auditor(lobby)
    invited = shown("auditor", "uitnodigen", "--naam", "B. Auditor")
    for one in (identifier, invited["id"]):
        run("auditor", "intrekken", one)
        assert "is er niet" in run("auditor", "intrekken", one, fails=True)
    assert not works(lobby)
    other = lobby.other_browser()
    lobby.sign_in(browser=other, sub="b")
    assert "Dit klopt niet" in lobby.give_code(invited["code"], browser=other).text


def test_accounts_of_leraren_are_listed_and_unlinked(lobby: Lobby) -> None:
    number = lobby.leraar(eckId=ECK_ID)
    lobby.sign_in(sub="s", eckId=ECK_ID)
    (one,) = shown("account", "list", "--leraar", number)
    assert (one["leraar"], one["provider"], one["gekoppeldMet"]) == (number, "pop", "eckId")
    assert shown("account", "list", "--geweigerd") == shown("account", "list", "--leraar", lobby.leraar()) == []
    lobby.sign_in(browser=lobby.other_browser(), sub="ander", eckId=ECK_ID)
    assert [found["id"] for found in shown("account", "list", "--geweigerd")] == [one["id"]]
    assert "geen id" in run("account", "ontkoppel", "x", "--reden", "vergissing", fails=True)
    run("account", "ontkoppel", one["id"], "--reden", "nieuw account van de school")
    run("account", "ontkoppel", one["id"], "--reden", "nog eens", fails=True)
    assert not lobby.is_signed_in()
    # Now the other account is the one.
    assert lobby.sign_in(sub="ander", eckId=ECK_ID).headers["Location"] == "/"
