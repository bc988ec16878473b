"""Through a provider: what is asked of it, what its answer must be, and what becomes of one that is not right."""

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from register_service.aanmelding import openid
from register_service.access import sessions
from tests.aanmelding.conftest import ECK_ID, Lobby
from tests.access.conftest import MovingClock
from tests.helpers.puppet import CLIENT_ID, is_challenge_of

NOT_RIGHT, AGAIN = "klopt niet", "Begin opnieuw"


@pytest.fixture(autouse=True)
def somebody(lobby: Lobby) -> str:
    """The leraar who would be signed in."""
    return lobby.leraar(eckId=ECK_ID)


def refused(lobby: Lobby, answer: TestResponse, status: int, text: str) -> None:
    assert (answer.status_code, text in answer.text) == (status, True), answer.text
    assert "Set-Cookie" not in answer.headers
    assert lobby.accounts() == [] and lobby.register.rows("select from session") == []


def test_what_is_asked_of_a_provider(lobby: Lobby) -> None:
    asked = lobby.begin()
    assert asked["response_type"] == "code" and asked["scope"] == "openid" and asked["client_id"] == CLIENT_ID
    assert asked["redirect_uri"] == "http://localhost/aanmelden/pop/terug"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 43 and len(asked["nonce"]) >= 43 and asked["state"] != asked["nonce"]


def test_the_code_is_changed_for_a_token_by_who_has_the_verifier_and_the_secret(lobby: Lobby) -> None:
    asked = lobby.begin()
    assert lobby.come_back(asked, sub="s", eckId=ECK_ID).status_code == 303
    ((form, authorization),) = lobby.puppet.token_requests
    assert form["grant_type"] == "authorization_code" and form["code"] == "code"
    assert form["redirect_uri"] == asked["redirect_uri"]
    assert is_challenge_of(asked["code_challenge"], form["code_verifier"])
    # register:geheim%2F%2B%20%25 (RFC 6749, section 2.3.1)
    assert authorization == "Basic cmVnaXN0ZXI6Z2VoZWltJTJGJTJCJTIwJTI1"


def test_a_provider_may_want_the_secret_in_the_form(lobby: Lobby) -> None:
    lobby.providers(lobby.puppet.provider(client_auth="client_secret_post"))
    lobby.sign_in(sub="s", eckId=ECK_ID)
    ((form, authorization),) = lobby.puppet.token_requests
    assert (form["client_id"], form["client_secret"], authorization) == (CLIENT_ID, "geheim/+ %", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "ander"},
        {"nonce": None},
        {"aud": "een-ander"},
        {"aud": [CLIENT_ID, "een-ander"]},
        {"aud": None},
        {"iss": "https://elders.example"},
        {"iss": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": 4_000_000_000},
        {"iat": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"azp": "een-ander"},
        {"at_hash": "x"},
    ],
    ids=str,
)
def test_an_id_token_that_does_not_hold(lobby: Lobby, wrong: dict[str, Any]) -> None:
    answer = lobby.come_back(lobby.begin(), **{"sub": "s", "eckId": ECK_ID, **wrong})
    refused(lobby, answer, 400, NOT_RIGHT)


def test_a_signature_that_is_not_of_the_key(lobby: Lobby) -> None:
    lobby.puppet.raw_token = lambda token: token[:-8] + ("AAAAAAAA" if not token.endswith("AAAAAAAA") else "BBBBBBBB")
    refused(lobby, lobby.sign_in(sub="s", eckId=ECK_ID), 400, NOT_RIGHT)


def test_a_token_without_a_signature(lobby: Lobby) -> None:
    def unsigned(token: str) -> str:
        return ".".join(["eyJhbGciOiJub25lIn0", token.split(".")[1], ""])

    lobby.puppet.raw_token = unsigned
    refused(lobby, lobby.sign_in(sub="s", eckId=ECK_ID), 400, NOT_RIGHT)


def test_a_new_key_is_asked_for(lobby: Lobby, moving_clock: MovingClock) -> None:
    lobby.sign_in(sub="s", eckId=ECK_ID)
    lobby.puppet.renew_key()
    moving_clock.forward(seconds=openid.KEYS_AGAIN_SECONDS)
    other = lobby.other_browser()
    assert lobby.sign_in(browser=other, sub="s", eckId=ECK_ID).status_code == 303
    assert lobby.is_signed_in(other) and lobby.puppet.asked.count("/jwks") == 2


def test_a_key_that_nobody_published(lobby: Lobby) -> None:
    lobby.puppet.renew_key(publish=False)
    refused(lobby, lobby.sign_in(sub="s", eckId=ECK_ID), 400, NOT_RIGHT)


def test_what_is_published_is_remembered_for_an_hour(lobby: Lobby, moving_clock: MovingClock) -> None:
    published = ["/.well-known/openid-configuration", "/jwks"]
    for _ in range(2):
        lobby.sign_in(sub="s", eckId=ECK_ID)
    assert [lobby.puppet.asked.count(path) for path in published] == [1, 1]
    moving_clock.forward(hours=1)
    lobby.sign_in(sub="s", eckId=ECK_ID)
    assert [lobby.puppet.asked.count(path) for path in published] == [2, 2]


def test_what_userinfo_says_counts_too(lobby: Lobby) -> None:
    lobby.puppet.userinfo = {"sub": "s", "eckId": ECK_ID}
    assert lobby.sign_in(sub="s").headers["Location"] == "/"
    assert lobby.is_signed_in()


def test_userinfo_of_somebody_else(lobby: Lobby) -> None:
    lobby.puppet.userinfo = {"sub": "ander", "eckId": ECK_ID}
    refused(lobby, lobby.sign_in(sub="s"), 400, NOT_RIGHT)


DISCOVERY, JWKS, TOKEN = "/.well-known/openid-configuration", "/jwks", "/token"
NONSENSE = [
    (500, b""),
    (200, b"<html>"),
    (200, b"[]"),
    (200, b"\xff\xfe"),
    (200, b"{}"),
    (200, b"[" * 100_000),
    (302, b""),
]


@pytest.mark.parametrize("path", [JWKS, TOKEN])
@pytest.mark.parametrize("answer", NONSENSE, ids=lambda answer: f"{answer[0]} {answer[1][:6]!r}")
def test_nonsense_on_the_way_back(lobby: Lobby, path: str, answer: tuple[int, bytes]) -> None:
    asked = lobby.begin()
    lobby.puppet.instead[path] = answer
    got = lobby.come_back(asked, sub="s", eckId=ECK_ID)
    assert got.status_code in (400, 503)
    refused(lobby, got, got.status_code, "Poppenkast")


@pytest.mark.parametrize("answer", NONSENSE, ids=lambda answer: f"{answer[0]} {answer[1][:6]!r}")
def test_nonsense_at_the_start(lobby: Lobby, answer: tuple[int, bytes]) -> None:
    lobby.puppet.instead[DISCOVERY] = answer
    refused(lobby, lobby.browser.get("/aanmelden/pop"), 503, "niet bereikbaar")


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "https://elders.example"},
        {"token_endpoint": None},
        {"jwks_uri": "http://elders.example/jwks"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": 7},
        {"token_endpoint": "http://[::1"},
    ],
    ids=str,
)
def test_a_provider_that_publishes_what_cannot_be(lobby: Lobby, wrong: dict[str, Any]) -> None:
    lobby.puppet.metadata = wrong
    refused(lobby, lobby.browser.get("/aanmelden/pop"), 503, "niet bereikbaar")


def test_a_provider_that_is_down(lobby: Lobby) -> None:
    asked = lobby.begin()
    lobby.puppet.stop()
    refused(lobby, lobby.come_back(asked, sub="s", eckId=ECK_ID), 503, "niet bereikbaar")
    lobby.providers(lobby.puppet.provider())
    answer = lobby.browser.get("/aanmelden/pop")
    refused(lobby, answer, 503, "niet bereikbaar")
    assert answer.headers["Retry-After"]


def test_a_provider_that_answers_too_slowly(lobby: Lobby, monkeypatch: pytest.MonkeyPatch) -> None:
    from register_service.aanmelding import fetching

    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    asked = lobby.begin()
    lobby.puppet.drips.add(TOKEN)
    refused(lobby, lobby.come_back(asked, sub="s", eckId=ECK_ID), 503, "niet bereikbaar")


def test_an_answer_without_end(lobby: Lobby) -> None:
    asked = lobby.begin()
    lobby.puppet.instead[TOKEN] = (200, json.dumps({"id_token": "x" * 1024 * 1024}).encode())
    refused(lobby, lobby.come_back(asked, sub="s", eckId=ECK_ID), 503, "niet bereikbaar")


def test_somebody_who_changes_their_mind(lobby: Lobby) -> None:
    asked = lobby.begin()
    answer = lobby.browser.get("/aanmelden/pop/terug", query_string={"error": "access_denied", "state": asked["state"]})
    refused(lobby, answer, 400, "gestopt met aanmelden")


def test_an_answer_in_the_name_of_another_issuer(lobby: Lobby) -> None:
    asked = lobby.begin()
    lobby.puppet.claims = {"nonce": asked["nonce"], "sub": "s", "eckId": ECK_ID}
    query = {"code": "code", "state": asked["state"], "iss": "https://elders.example"}
    refused(lobby, lobby.browser.get("/aanmelden/pop/terug", query_string=query), 400, NOT_RIGHT)


@pytest.mark.parametrize("query", ["", "code=x", "state=x", "code=x&state=x", "error=x", "state=&code="])
def test_coming_back_without_having_gone(lobby: Lobby, query: str) -> None:
    lobby.begin()
    refused(lobby, lobby.browser.get(f"/aanmelden/pop/terug?{query}"), 400, AGAIN)


def test_a_state_is_good_for_one_time(lobby: Lobby) -> None:
    asked = lobby.begin()
    assert lobby.come_back(asked, sub="s").status_code == 303
    refused(lobby, lobby.come_back(asked, sub="s", eckId=ECK_ID), 400, AGAIN)


def test_a_state_is_of_one_browser(lobby: Lobby) -> None:
    """Login CSRF: an address with somebody else's code does not sign a visitor in as that person."""
    asked = lobby.begin()
    other = lobby.other_browser()
    refused(lobby, lobby.come_back(asked, other, sub="s", eckId=ECK_ID), 400, AGAIN)
    lobby.begin(browser=other)
    refused(lobby, lobby.come_back(asked, other, sub="s", eckId=ECK_ID), 400, AGAIN)


def test_a_state_is_of_one_provider(lobby: Lobby) -> None:
    lobby.providers(lobby.puppet.provider(), lobby.puppet.provider("tweede"))
    refused(lobby, lobby.come_back(lobby.begin(), name="tweede", sub="s", eckId=ECK_ID), 400, AGAIN)


def test_a_state_is_good_for_ten_minutes(lobby: Lobby, moving_clock: MovingClock) -> None:
    early, late = lobby.begin(), lobby.begin()
    moving_clock.forward(minutes=9, seconds=59)
    assert lobby.come_back(early, sub="s").status_code == 303
    moving_clock.forward(seconds=1)
    refused(lobby, lobby.come_back(late, sub="s", eckId=ECK_ID), 400, AGAIN)


def test_two_windows_of_one_browser_may_both_sign_in(lobby: Lobby) -> None:
    first, second = lobby.begin(), lobby.begin()
    for asked in (second, first):
        assert lobby.come_back(asked, sub="s", eckId=ECK_ID).status_code == 303


def test_no_secret_of_a_sign_in_is_kept_readably(lobby: Lobby) -> None:
    asked = lobby.begin()
    kept = str(lobby.register.rows("select to_jsonb(s)::text from sign_in s"))
    assert asked["state"] not in kept and lobby.token(name="register-aanmelding") not in kept


def test_an_unknown_provider_is_not_there(lobby: Lobby) -> None:
    for path in ("/aanmelden/niemand", "/aanmelden/niemand/terug"):
        assert lobby.browser.get(path).status_code == 404


def test_who_works_there_and_who_learns_there(lobby: Lobby) -> None:
    lobby.providers(lobby.puppet.provider(relaties=("employee",)))
    for pupil in ("student", ["student", "alum"]):
        refused(lobby, lobby.sign_in(sub="s", eckId=ECK_ID, relatie=pupil), 403, "medewerker")
    assert lobby.sign_in(sub="s", eckId=ECK_ID, relatie=["member", "employee"]).status_code == 303


def test_people_of_some_institutions_only(lobby: Lobby) -> None:
    lobby.providers(lobby.puppet.provider(instellingen=("00AA00",)))
    refused(lobby, lobby.sign_in(sub="s", eckId=ECK_ID, instelling="00BB00"), 403, "niet in")
    refused(lobby, lobby.sign_in(sub="s", eckId=ECK_ID), 403, "niet in")
    assert lobby.sign_in(sub="s", eckId=ECK_ID, instelling="00AA00").status_code == 303


def test_a_provider_calls_things_as_it_likes(lobby: Lobby) -> None:
    claims = {"subject": "uid", "eck_id": "keten", "instelling": "school", "relatie": "rol"}
    lobby.providers(lobby.puppet.provider(claims=claims))
    lobby.sign_in(sub="s", uid=["een"], keten=ECK_ID)
    assert [subject for _, subject, *_ in lobby.accounts()] == ["een"]


def test_a_provider_for_auditors_signs_no_leraar_in(lobby: Lobby) -> None:
    lobby.providers(lobby.puppet.provider(rollen=("auditor",)))
    assert lobby.sign_in(sub="s", eckId=ECK_ID).headers["Location"] == "/koppelen"
    assert lobby.accounts() == []


def test_a_role_that_a_provider_no_longer_has(lobby: Lobby) -> None:
    lobby.sign_in(sub="s", eckId=ECK_ID)
    lobby.providers(lobby.puppet.provider(rollen=("auditor",)))
    answer = lobby.sign_in(browser=lobby.other_browser(), sub="s", eckId=ECK_ID)
    assert answer.status_code == 403 and "niet meer op deze manier" in answer.text


def test_signing_in_is_begun_so_often_from_one_address(lobby: Lobby, monkeypatch: pytest.MonkeyPatch) -> None:
    from register_service.api.limiting import Limit
    from register_service.web.signing_in import starting

    monkeypatch.setattr(starting, "STARTS", Limit(2, 600))
    lobby.begin()
    lobby.begin()
    assert lobby.browser.get("/aanmelden/pop").status_code == 429


def test_the_session_is_a_new_one_and_the_old_one_ends(lobby: Lobby) -> None:
    lobby.browser.set_cookie(sessions.COOKIE, "gekozen-door-een-ander", domain="localhost")
    lobby.sign_in(sub="s", eckId=ECK_ID)
    first = lobby.token()
    assert first != "gekozen-door-een-ander"
    lobby.sign_in(sub="s", eckId=ECK_ID)
    assert lobby.token() != first
    assert sessions.find(lobby.register.database, first) is None
