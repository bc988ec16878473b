"""The pages around signing in: where one goes afterwards, what a browser keeps, and signing out."""

from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from register_service.access import sessions
from tests.aanmelding.conftest import ECK_ID, Lobby
from tests.access.conftest import MovingClock

COOKIE_FLAGS = {"HttpOnly", "SameSite=Lax", "Path=/"}


@pytest.fixture(autouse=True)
def somebody(lobby: Lobby) -> str:
    """The leraar who signs in."""
    return lobby.leraar(eckId=ECK_ID)


def signed_in(lobby: Lobby) -> None:
    lobby.sign_in(sub="s", eckId=ECK_ID)
    assert lobby.is_signed_in()


def test_afterwards_one_is_where_one_wanted_to_go(lobby: Lobby) -> None:
    before = lobby.browser.get("/mijn/accounts?x=1")
    assert before.headers["Location"] == "/aanmelden?next=%2Fmijn%2Faccounts%3Fx%3D1"
    assert 'href="/aanmelden/pop?next=/mijn/accounts%3Fx%3D1"' in lobby.browser.get(before.headers["Location"]).text
    answer = lobby.sign_in("/aanmelden/pop?next=/mijn/accounts%3Fx%3D1", sub="s", eckId=ECK_ID)
    assert answer.headers["Location"] == "/mijn/accounts?x=1"


def test_after_a_koppelcode_too(lobby: Lobby) -> None:
    lobby.sign_in("/aanmelden/pop?next=/mijn/accounts", sub="nieuw")
    answer = lobby.give_code(lobby.code_for(lobby.leraar()))
    assert answer.headers["Location"] == "/mijn/accounts"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example",
        "https://evil.example",
        "http:evil.example",
        "https:/evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "%2F%2Fevil.example",
        "%5C%5Cevil.example",
        "/\t/evil.example",
        "\t//evil.example",
        " //evil.example",
        "///evil.example",
        "/x\r\nSet-Cookie: register-sessie=x",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "@evil.example",
        "/" + "x" * 1000,
        "/é",
        "/aanmelden",
        "/afmelden",
        "/koppelen",
        "",
    ],
)
def test_one_never_ends_up_elsewhere(lobby: Lobby, elsewhere: str) -> None:
    page = lobby.browser.get(f"/aanmelden?next={quote(elsewhere, safe='')}")
    assert 'href="/aanmelden/pop"' in page.text and "evil" not in page.text
    answer = lobby.sign_in(f"/aanmelden/pop?next={quote(elsewhere, safe='')}", sub="s", eckId=ECK_ID)
    assert answer.headers["Location"] == "/"
    assert [name for name, _ in answer.headers if name == "Set-Cookie"] == ["Set-Cookie"] * 2


def test_cookies_are_for_this_host_and_no_script(lobby: Lobby) -> None:
    cookies = []
    answer = lobby.browser.get("/aanmelden/pop")
    cookies += answer.headers.getlist("Set-Cookie")
    cookies += lobby.sign_in(sub="nieuw").headers.getlist("Set-Cookie")
    cookies += lobby.sign_in(sub="s", eckId=ECK_ID).headers.getlist("Set-Cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {
        "register-aanmelding",
        "register-nieuw",
        "register-sessie",
    }
    for cookie in cookies:
        flags = set(cookie.split("; ")[1:])
        assert flags >= COOKIE_FLAGS and not any(flag.startswith("Domain") for flag in flags), cookie


def test_over_https_a_cookie_is_of_this_very_host_and_secure(lobby: Lobby) -> None:
    app = lobby.register.app
    with app.test_request_context():
        before, app.config["BASE_URL"] = app.config["BASE_URL"], "https://register.example.nl"
        try:
            response = app.make_response("")
            sessions.set_cookie(response, "waarde")
            sessions.drop_cookie(response, "register-nieuw")
        finally:
            app.config["BASE_URL"] = before
    made, dropped = response.headers.getlist("Set-Cookie")
    assert made.startswith("__Host-register-sessie=waarde; ") and dropped.startswith("__Host-register-nieuw=; ")
    for cookie in (made, dropped):
        assert set(cookie.split("; ")) >= COOKIE_FLAGS | {"Secure"}


def sign_out(lobby: Lobby, csrf: str | None = None, **headers: str) -> TestResponse:
    form = {"csrf": sessions.csrf_token(lobby.token()) if csrf is None else csrf}
    return lobby.browser.post("/afmelden", data=form, headers=headers)


def test_signing_out_ends_the_session_and_says_so(lobby: Lobby) -> None:
    signed_in(lobby)
    token = lobby.token()
    answer = sign_out(lobby)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/afgemeld?bij=pop")
    assert lobby.browser.get_cookie(sessions.COOKIE) is None
    assert not lobby.is_signed_in()
    # A browser that kept it all the same, or somebody who had looked over a shoulder.
    lobby.browser.set_cookie(sessions.COOKIE, token, domain="localhost")
    assert not lobby.is_signed_in()


def test_the_back_button_shows_nothing_afterwards(lobby: Lobby) -> None:
    signed_in(lobby)
    page = lobby.browser.get("/mijn/accounts")
    assert page.headers["Cache-Control"] == "no-store"
    sign_out(lobby)
    again = lobby.browser.get("/mijn/accounts")
    assert again.status_code == 303 and again.headers["Location"].startswith("/aanmelden")


def test_afterwards_one_may_sign_out_at_the_provider_too(lobby: Lobby) -> None:
    signed_in(lobby)
    page = lobby.browser.get(sign_out(lobby).headers["Location"]).text
    assert f'href="{lobby.puppet.issuer}/end?client_id=register&amp;post_logout_redirect_uri=' in page
    lobby.puppet.stop()
    lobby.providers(lobby.puppet.provider())
    assert "Sluit dan alle vensters" in lobby.browser.get("/afgemeld?bij=pop").text
    assert "U bent afgemeld" in lobby.browser.get("/afgemeld?bij=niemand").text


@pytest.mark.parametrize("csrf", ["", "x", sessions.csrf_token("een andere sessie")])
def test_nobody_else_signs_one_out(lobby: Lobby, csrf: str) -> None:
    signed_in(lobby)
    assert sign_out(lobby, csrf).status_code == 403
    assert lobby.is_signed_in()


def test_a_form_from_another_site_is_refused(lobby: Lobby) -> None:
    signed_in(lobby)
    for origin in ("https://evil.example", "null"):
        assert sign_out(lobby, Origin=origin).status_code == 403
    assert lobby.is_signed_in()
    assert sign_out(lobby, Origin="http://localhost").status_code == 303


def test_signing_out_is_no_link(lobby: Lobby) -> None:
    signed_in(lobby)
    assert lobby.browser.get("/afmelden").status_code == 405
    assert lobby.is_signed_in()


def test_signing_out_after_the_session_ended_is_no_mistake(lobby: Lobby, moving_clock: MovingClock) -> None:
    signed_in(lobby)
    moving_clock.forward(minutes=31)
    assert sign_out(lobby).status_code == 303
    assert lobby.other_browser().post("/afmelden").headers["Location"] == "/afgemeld"


@pytest.mark.parametrize("steps", [[31], [29] * 17], ids=["idle", "eight hours"])
def test_an_expired_session_leads_to_signing_in_and_back(
    lobby: Lobby, moving_clock: MovingClock, steps: list[int]
) -> None:
    signed_in(lobby)
    for minutes in steps:
        lobby.browser.get("/mijn/accounts")
        moving_clock.forward(minutes=minutes)
    answer = lobby.browser.get("/mijn/accounts")
    assert answer.headers["Location"] == "/aanmelden?next=%2Fmijn%2Faccounts&verlopen=ja"
    assert "U bent niet meer aangemeld" in lobby.browser.get(answer.headers["Location"]).text


def test_the_page_for_a_code_is_for_who_came_from_a_provider(lobby: Lobby, moving_clock: MovingClock) -> None:
    assert lobby.browser.get("/koppelen").headers["Location"] == "/aanmelden"
    assert lobby.browser.post("/koppelen").headers["Location"] == "/aanmelden"
    lobby.sign_in(sub="nieuw")
    assert lobby.browser.get("/koppelen").status_code == 200
    moving_clock.forward(minutes=30)
    assert lobby.browser.get("/koppelen").headers["Location"] == "/aanmelden"
    assert lobby.give_code("ABCD-EFGH-JKLM").headers["Location"] == "/aanmelden"


def test_the_form_for_a_code_is_ones_own(lobby: Lobby) -> None:
    code = lobby.code_for(lobby.leraar())
    lobby.sign_in(sub="nieuw")
    form = {"csrf": sessions.csrf_token("een ander"), "code": code, "geboortedatum": "1984-05-06"}
    assert lobby.browser.post("/koppelen", data=form).status_code == 403
    assert lobby.give_code(code, Origin="https://evil.example").status_code == 403
    assert lobby.give_code(code, Origin="http://localhost").status_code == 303


def test_without_providers_the_page_says_so(lobby: Lobby) -> None:
    lobby.providers()
    assert "Aanmelden kan hier nog niet" in lobby.browser.get("/aanmelden").text


def test_nothing_of_this_is_kept_by_a_browser(lobby: Lobby) -> None:
    for path in ("/aanmelden", "/aanmelden/pop", "/afgemeld", "/koppelen", "/aanmelden/pop/terug"):
        assert lobby.browser.get(path).headers["Cache-Control"] == "no-store", path
