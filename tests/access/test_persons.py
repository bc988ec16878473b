"""`register token create`: a token for one leraar, for a day at most, that opens the own dossier only."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from click import Group
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient

from register_service.access.commands import client as client_group
from register_service.access.keys import PERSON_LIFETIME, TOKEN_LIFETIME
from register_service.access.persons import SCOPES
from register_service.access.scopes import CLIENT_SCOPES, PERSONAL, Scope
from register_service.access.token_commands import sleutel, token
from register_service.access.tokens import InvalidToken, TokenAuthority
from register_service.core import clock
from register_service.settings import Settings
from tests.access.conftest import MovingClock, Post
from tests.access.test_token_endpoint import GRANT, assert_refused
from tests.access.test_tokens import sign

Run = Callable[..., Result]
Connection = psycopg.Connection[Any]
NUMBER, OTHER, MERGED = "2657035144", "8501319231", "3799217887"
REASON = ("--reden", "wil instemmen met overname")


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch, owner: Connection) -> Run:
    """Run a command as the beheerder would, over a register with two leraren and one that was merged."""
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("KEY_DIR", str(settings.key_dir))
    for number, into in ((NUMBER, None), (OTHER, None), (MERGED, NUMBER)):
        owner.execute(
            "insert into leraar (registratienummer, voornamen, achternaam, geboortedatum, geregistreerd_op, samengevoegd_met)"
            " values (%s, 'Test', 'Proef', '1984-05-06', '2020-01-01', %s)",
            (number, into),
        )
    group = Group(commands=[client_group, sleutel, token])
    return lambda *arguments: CliRunner().invoke(group, [str(argument) for argument in arguments])


def create(run: Run, number: str = NUMBER, *more: str) -> dict[str, Any]:
    """Make a token and give what is shown."""
    result = run("token", "create", "--rol", "leraar", "--registratienummer", number, *REASON, *more)
    assert result.exit_code == 0, result.output
    shown: dict[str, Any] = json.loads(result.output)
    return shown


def read(client: FlaskClient, made: dict[str, Any], number: str = NUMBER) -> int:
    """Give the status of reading a dossier with a token."""
    headers = {"Authorization": f"Bearer {made['access_token']}"}
    return client.get(f"/v1/leraren/{number}/dossier", headers=headers).status_code


def journal(owner: Connection) -> list[tuple[Any, ...]]:
    query = "select actor, event, reason, action, dossier from journal where table_name = 'client' order by id"
    return owner.execute(query).fetchall()


def test_opens_the_own_dossier_and_no_other(run: Run, client: FlaskClient) -> None:
    made = create(run)
    assert read(client, made) == 200
    assert read(client, made, OTHER) == 404


def test_shows_all_that_is_needed_and_for_how_long(run: Run, app: Flask, moving_clock: MovingClock) -> None:
    made = create(run)
    claims = app.extensions["register"].authority.verify_token(made["access_token"])
    assert made["expires_at"] == claims.expires_at.isoformat() == (clock.now() + timedelta(hours=8)).isoformat()
    assert (made["token_type"], made["rol"], made["registratienummer"]) == ("Bearer", "leraar", NUMBER)
    assert (claims.role, claims.leraar, claims.bestuur, claims.client_id) == ("leraar", NUMBER, None, made["client_id"])
    assert set(made["scope"].split()) == claims.scopes == SCOPES["leraar"]


def test_reads_and_decides_and_nothing_else(run: Run) -> None:
    scopes = set(create(run)["scope"].split())
    assert Scope.INDUCTIE_DELEN in scopes
    # Beside those, the leraar writes about the own professionalisering and registratie only.
    own = {Scope.PROFESSIONALISERING_SCHRIJVEN, Scope.REGISTRATIE_SCHRIJVEN}
    assert not [scope for scope in scopes - PERSONAL - own if not scope.endswith(":lezen")]


def test_the_id_of_its_client_says_nothing_of_whom(run: Run, owner: Connection) -> None:
    made = create(run)
    assert NUMBER not in made["client_id"]
    assert made["client_id"].startswith("leraar-")
    ((name,),) = owner.execute("select naam from client where client_id = %s", (made["client_id"],)).fetchall()
    assert name == "persoonlijk token"


@pytest.mark.parametrize("hours", [1, 24])
def test_holds_as_long_as_asked_to_the_second(
    run: Run, client: FlaskClient, moving_clock: MovingClock, hours: int
) -> None:
    made = create(run, NUMBER, "--uren", str(hours))
    moving_clock.forward(hours=hours, seconds=-1)
    assert read(client, made) == 200
    moving_clock.forward(seconds=1)
    assert read(client, made) == 401


@pytest.mark.parametrize("hours", ["0", "25", "-1", "1.5"])
def test_a_day_at_most(run: Run, owner: Connection, hours: str) -> None:
    result = run("token", "create", "--rol", "leraar", "--registratienummer", NUMBER, *REASON, "--uren", hours)
    assert result.exit_code == 2
    assert owner.execute("select count(*) from client").fetchone() == (0,)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("5789843618", "staat niet in het register"),
        ("x", "staat niet in het register"),
        (MERGED, f"samengevoegd met {NUMBER}; gebruik dat registratienummer"),
    ],
)
def test_only_for_a_leraar_who_is_there(run: Run, owner: Connection, number: str, message: str) -> None:
    result = run("token", "create", "--rol", "leraar", "--registratienummer", number, *REASON)
    assert result.exit_code == 1
    assert message in result.output
    assert owner.execute("select count(*) from client").fetchone() == (0,)


@pytest.mark.parametrize("left_out", ["--rol", "--registratienummer", "--reden"])
def test_never_without_role_number_and_reason(run: Run, left_out: str) -> None:
    options = {"--rol": "leraar", "--registratienummer": NUMBER, "--reden": "x"}
    given = [part for name, value in options.items() if name != left_out for part in (name, value)]
    assert left_out in run("token", "create", *given).output


def test_only_a_role_that_a_person_can_have(run: Run) -> None:
    for role in ("beheer", "bestuur", "auditor"):
        assert run("token", "create", "--rol", role, "--registratienummer", NUMBER, *REASON).exit_code == 2


def test_the_journal_says_who_gave_it_and_why_and_holds_no_token(run: Run, owner: Connection) -> None:
    made = create(run)
    assert journal(owner) == [("beheer:cli", "token.gegeven", REASON[1], "insert", NUMBER)]
    (state,) = owner.execute("select state::text from journal where table_name = 'client'").fetchone() or ("",)
    assert made["access_token"] not in state


def test_revoking_works_at_once(run: Run, client: FlaskClient, owner: Connection) -> None:
    made = create(run)
    assert read(client, made) == 200
    assert run("client", "revoke", made["client_id"], "--reden", "verloren").exit_code == 0
    assert read(client, made) == 401
    assert journal(owner)[-1][:3] == ("beheer:cli", "client.ingetrokken", "verloren")


def test_at_most_one_holds_at_a_time(run: Run, client: FlaskClient) -> None:
    first, other, second = create(run), create(run, OTHER), create(run)
    assert [read(client, made) for made in (first, second)] == [401, 200]
    assert read(client, other, OTHER) == 200


def test_holds_through_a_rotation_of_the_signing_key(
    run: Run, settings: Settings, client: FlaskClient, moving_clock: MovingClock
) -> None:
    made = create(run, NUMBER, "--uren", "24")
    for _ in range(3):
        assert run("sleutel", "rotate").exit_code == 0
        moving_clock.forward(hours=7)
    # The web service looks at its folder of keys every few seconds; another that starts now finds the old key as well.
    authority = TokenAuthority(settings.base_url, client.application.extensions["register"].authority.keys)
    authority.keys.all()
    assert authority.verify_token(made["access_token"]).leraar == NUMBER
    assert read(client, made) == 200


def test_the_list_shows_whose_it_is(run: Run) -> None:
    made = create(run)
    (shown,) = json.loads(run("client", "list").output)
    assert (shown["client_id"], shown["soort"], shown["leraar"]) == (made["client_id"], "leraar", NUMBER)
    assert made["access_token"] not in run("client", "list").output


@pytest.mark.parametrize("command", [("secret", "rotate"), ("scopes", "--scope", "leraren:schrijven")])
def test_never_becomes_a_way_in_for_ever(run: Run, owner: Connection, command: tuple[str, ...]) -> None:
    result = run("client", *command, create(run)["client_id"])
    assert result.exit_code == 1
    assert "is een persoonlijk token" in result.output
    assert owner.execute("select count(*) from client_secret").fetchone() == (0,)


def test_its_client_gets_nothing_at_the_token_endpoint(run: Run, post_token: Post) -> None:
    client_id = create(run)["client_id"]
    for secret in ("x", "\x00" * 32):
        answer = post_token(**GRANT, client_id=client_id, client_secret=secret)
        assert_refused(answer, "invalid_client", 401)


def test_what_is_personal_no_client_of_an_organisation_gets(run: Run, client: FlaskClient) -> None:
    for scope in PERSONAL:
        assert run("client", "create", "--naam", "X", "--beheer", "--scope", scope).exit_code == 2
    offered = client.get("/.well-known/oauth-authorization-server").json["scopes_supported"]  # type: ignore[index]
    assert set(offered) == CLIENT_SCOPES
    assert not PERSONAL & set(json.loads(run("client", "create", "--naam", "X", "--beheer").output)["scope"].split())


def test_a_scope_that_was_put_there_by_hand_is_not_given(owner: Connection, run: Run, post_token: Post) -> None:
    made = json.loads(run("client", "create", "--naam", "X", "--beheer", "--scope", "leraren:lezen").output)
    owner.execute("update client set scopes = scopes || %s", ([*PERSONAL],))
    answer = post_token(**GRANT, client_id=made["client_id"], client_secret=made["client_secret"])
    assert answer.json["scope"] == "leraren:lezen"


def test_a_leraars_claims_and_a_leraars_lifetime_go_together(authority: TokenAuthority) -> None:
    day = int(PERSON_LIFETIME.total_seconds())
    hour = int(TOKEN_LIFETIME.total_seconds())
    now = int(clock.now().timestamp())
    assert authority.verify_token(sign(authority, soort="leraar", leraar=NUMBER, exp=now + day)).leraar == NUMBER
    for wrong in (
        {"exp": now + hour + 120},  # a client's, for longer than an hour
        {"soort": "leraar", "leraar": NUMBER, "exp": now + day + 120},
        {"soort": "leraar"},
        {"leraar": NUMBER},
        {"soort": "leraar", "leraar": 7},
        {"soort": "leraar", "leraar": [NUMBER]},
        {"soort": "beheer", "leraar": NUMBER},
    ):
        with pytest.raises(InvalidToken):
            authority.verify_token(sign(authority, **wrong))


@pytest.mark.parametrize(("leraar", "hours"), [(None, 1.1), (NUMBER, 24.1), (NUMBER, 0), (NUMBER, -1)])
def test_no_token_is_made_for_longer(authority: TokenAuthority, leraar: str | None, hours: float) -> None:
    role = "leraar" if leraar else "beheer"
    with pytest.raises(ValueError, match="lifetime"):
        authority.issue_token(
            client_id="x", role=role, bestuur=None, scopes=[], leraar=leraar, lifetime=timedelta(hours=hours)
        )


def test_nothing_is_kept_when_the_token_cannot_be_made(
    run: Run, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TokenAuthority, "issue_token", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full")))
    result = run("token", "create", "--rol", "leraar", "--registratienummer", NUMBER, *REASON)
    assert result.exit_code == 1
    assert "sleutels zijn niet te lezen" in result.output
    assert owner.execute("select count(*) from client").fetchone() == (0,)
