"""`register client` and `register sleutel`: what the beheerder sees, what the journal keeps, and Dutch errors."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click import Group
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey

from register_service.access.clients import ClientCredentials, create_client
from register_service.access.commands import client as client_group
from register_service.access.models import ClientSoort
from register_service.access.scopes import CLIENT_SCOPES, Scope
from register_service.access.token_commands import sleutel
from register_service.settings import Settings
from tests.access.conftest import BESTUUR, Post, assertion_fields, make_assertion
from tests.access.test_token_endpoint import GRANT, assert_granted, assert_refused, basic

Run = Callable[..., Result]
Connection = psycopg.Connection[Any]


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command as the beheerder would."""
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("KEY_DIR", str(settings.key_dir))
    group = Group(commands=[client_group, sleutel])
    return lambda *arguments: CliRunner().invoke(group, [str(argument) for argument in arguments])


@pytest.fixture
def jwks_file(tmp_path: Path, private_key: OKPKey) -> Path:
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps({"keys": [private_key.as_dict(private=False)]}))
    return path


def journal(owner: Connection) -> list[tuple[Any, ...]]:
    return owner.execute("select actor, event, reason from journal where table_name = 'client' order by id").fetchall()


def test_create_gives_what_a_client_needs(run: Run, owner: Connection, post_token: Post) -> None:
    result = run("client", "create", "--naam", "Personeel Plus", "--bestuur", BESTUUR, "--reden", "aansluiting")
    assert result.exit_code == 0, result.output
    made = json.loads(result.output)
    assert made["token_endpoint"].endswith("/oauth/token")
    not_for_a_bestuur = {
        Scope.LERAREN_SAMENVOEGEN,
        Scope.AANBOD_SCHRIJVEN,
        Scope.REGISTRATIE_SCHRIJVEN,
        Scope.STEEKPROEVEN_LEZEN,
    }
    assert set(made["scope"].split()) == CLIENT_SCOPES - not_for_a_bestuur
    assert_granted(post_token(basic=(made["client_id"], made["client_secret"]), **GRANT))
    assert journal(owner) == [("beheer:cli", "client.toegevoegd", "aansluiting")]


def test_create_with_keys_gives_no_secret(
    run: Run, owner: Connection, post_token: Post, jwks_file: Path, private_key: OKPKey
) -> None:
    made = json.loads(run("client", "create", "--naam", "HR", "--bestuur", BESTUUR, "--jwks", jwks_file).output)
    assert "client_secret" not in made
    assert_granted(post_token(**assertion_fields(make_assertion(private_key, made["client_id"]))))


@pytest.fixture
def aanbieder(owner: Connection) -> str:
    """The KvK number of an aanbieder."""
    owner.execute("insert into aanbieder (kvk_nummer, naam) values ('12345678', 'Nascholing Oost')")
    return "12345678"


def test_an_aanbieder_gets_what_is_its_own_and_never_more(run: Run, aanbieder: str) -> None:
    create = ("client", "create", "--naam", "Nascholing", "--aanbieder", aanbieder)
    made = json.loads(run(*create).output)
    assert (made["soort"], made["bestuur"]) == ("aanbieder", None)
    assert made["scope"] == "aanbod:bevestigen aanbod:lezen aanbod:schrijven organisaties:lezen"
    for refused in (
        run(*create, "--scope", "leraren:lezen"),
        run("client", "scopes", made["client_id"], "--scope", "leraren:lezen"),
    ):
        assert refused.exit_code == 1
        assert "Een aanbieder kan alleen deze scopes hebben" in refused.output


def test_of_an_aanbieder_that_is_not_there_no_client_is_made(run: Run) -> None:
    refused = run("client", "create", "--naam", "Nascholing", "--aanbieder", "87654321")
    assert refused.exit_code == 1
    assert "Er is geen aanbieder met KvK-nummer 87654321" in refused.output


@pytest.mark.parametrize(("option", "soort"), [("--beheer", "beheer"), ("--auditor", "auditor")])
def test_create_others(run: Run, owner: Connection, option: str, soort: str) -> None:
    made = json.loads(run("client", "create", "--naam", "X", option, "--scope", "organisaties:lezen").output)
    assert (made["soort"], made["bestuur"], made["scope"]) == (soort, None, "organisaties:lezen")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--naam", "X"], "Kies precies een"),
        (["--naam", "X", "--beheer", "--auditor"], "Kies precies een"),
        (["--naam", "X", "--bestuur", BESTUUR, "--beheer"], "Kies precies een"),
        (["--naam", "X", "--bestuur", "99999"], "Bestuur 99999 staat niet in het register"),
        (["--naam", "X", "--beheer", "--scope", "alles"], "alles"),
        (["--naam", "X", "--beheer", "--scope", "open"], "open"),
    ],
)
def test_create_refuses(run: Run, owner: Connection, arguments: list[str], message: str) -> None:
    result = run("client", "create", *arguments)
    assert result.exit_code != 0
    assert message in result.output
    assert owner.execute("select count(*) from client").fetchone() == (0,)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[]", b'{"keys": [{"kty": "oct", "k": "AAAA"}]}'])
def test_create_refuses_bad_keys(run: Run, owner: Connection, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "slecht.json"
    file.write_bytes(content)
    result = run("client", "create", "--naam", "X", "--beheer", "--jwks", file)
    assert result.exit_code == 1
    assert "Error: " in result.output
    assert owner.execute("select count(*) from client").fetchone() == (0,)


def test_list_shows_everything_but_secrets(run: Run, hr: ClientCredentials, signer: ClientCredentials) -> None:
    result = run("client", "list")
    shown = {entry["client_id"]: entry for entry in json.loads(result.output)}
    assert (shown[hr.client_id]["geheimen"], shown[hr.client_id]["sleutels"]) == (1, 0)
    assert (shown[signer.client_id]["geheimen"], shown[signer.client_id]["sleutels"]) == (0, 1)
    assert basic(hr)[1] not in result.output


def test_rotating_a_secret(run: Run, hr: ClientCredentials, post_token: Post) -> None:
    second = json.loads(run("client", "secret", "rotate", hr.client_id).output)["client_secret"]
    third = run("client", "secret", "rotate", hr.client_id)
    assert third.exit_code == 1
    assert "--drop-old" in third.output
    assert_granted(post_token(basic=basic(hr), **GRANT))
    assert_granted(post_token(basic=(hr.client_id, second), **GRANT))
    assert run("client", "secret", "rotate", hr.client_id, "--drop-old").exit_code == 0
    assert_refused(post_token(basic=(hr.client_id, second), **GRANT), "invalid_client", 401)


def test_from_a_secret_to_keys(
    run: Run, hr: ClientCredentials, post_token: Post, jwks_file: Path, private_key: OKPKey
) -> None:
    assert run("client", "jwks", hr.client_id, jwks_file).exit_code == 0
    assert_granted(post_token(basic=basic(hr), **GRANT))
    assert run("client", "jwks", hr.client_id, jwks_file, "--drop-secrets").exit_code == 0
    assert_refused(post_token(basic=basic(hr), **GRANT), "invalid_client", 401)
    assert_granted(post_token(**assertion_fields(make_assertion(private_key, hr.client_id))))


def test_other_scopes(run: Run, hr: ClientCredentials, post_token: Post) -> None:
    assert run("client", "scopes", hr.client_id, "--scope", "leraren:lezen").exit_code == 0
    assert post_token(basic=basic(hr), **GRANT).json["scope"] == "leraren:lezen"
    assert run("client", "scopes", hr.client_id).exit_code == 2


def test_revoking(run: Run, hr: ClientCredentials, owner: Connection, client: FlaskClient, post_token: Post) -> None:
    token = assert_granted(post_token(basic=basic(hr), **GRANT))
    assert run("client", "revoke", hr.client_id, "--reden", "contract beëindigd").exit_code == 0
    assert client.get("/v1/besturen", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert journal(owner)[-1] == ("beheer:cli", "client.ingetrokken", "contract beëindigd")
    again = run("client", "revoke", hr.client_id)
    assert again.exit_code == 1
    assert "is ingetrokken" in again.output


@pytest.mark.parametrize("command", [["secret", "rotate"], ["revoke"], ["scopes", "--scope", "leraren:lezen"]])
def test_an_unknown_client(run: Run, owner: Connection, command: list[str]) -> None:
    result = run("client", *command, "onbekend")
    assert result.exit_code == 1
    assert "Client onbekend bestaat niet" in result.output


def test_the_journal_holds_no_secret(run: Run, owner: Connection) -> None:
    create_client(owner, naam="HR", soort=ClientSoort.BEHEER)
    (state,) = owner.execute("select state from journal where table_name = 'client'").fetchone() or ({},)
    assert not any("secret" in name or "hash" in name for name in state)


def test_rotating_a_signing_key(run: Run, client: FlaskClient) -> None:
    (first,) = json.loads(run("sleutel", "list").output)
    assert (first["ondertekent"], first["gepubliceerd"]) == (True, True)
    assert run("sleutel", "rotate").exit_code == 0
    old, new = json.loads(run("sleutel", "list").output)
    assert (old["kid"], old["ondertekent"], new["ondertekent"]) == (first["kid"], True, False)
    assert new["gepubliceerd"]


def test_removing_a_leaked_key(run: Run, client: FlaskClient) -> None:
    (first,) = json.loads(run("sleutel", "list").output)
    assert "enige sleutel" in run("sleutel", "remove", first["kid"]).output
    for unknown in ("onbekend", "-bekend", "--bekend", "-"):
        assert f"geen sleutel {unknown}." in run("sleutel", "remove", unknown).output
    run("sleutel", "rotate")
    assert run("sleutel", "remove", first["kid"]).exit_code == 0
    (second,) = json.loads(run("sleutel", "list").output)
    assert second["ondertekent"]
    assert second["kid"] != first["kid"]
