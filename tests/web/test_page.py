"""The way in for pages: sessions that end, addresses that are wrong, errors as pages, style sheets, another theme."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Blueprint

from register_service.access.models import ClientSoort
from register_service.app import create_app
from register_service.core import clock
from register_service.core.errors import Unavailable
from register_service.settings import ConfigurationError, Settings, load_settings
from register_service.web.page import form, page
from tests.api import world as w
from tests.api.world import World
from tests.web.visitor import Visitor, read

PAGE = "/mijn/inzage?vanaf=2026-01-01"
TO_SIGN_IN = "/aanmelden?next=%2Fmijn%2Finzage%3Fvanaf%3D2026-01-01"


def test_a_session_that_ended_leads_to_the_sign_in_which_says_so_and_back(visitor: Visitor) -> None:
    visitor.signed_in(leraar=w.VOL)
    with clock.fixed_at(clock.now() + timedelta(minutes=31)):
        answer = visitor.open(PAGE)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{TO_SIGN_IN}&verlopen=ja"
    assert "niet meer aangemeld" in read(visitor.open(answer.headers["Location"])).text_of("main")


def test_a_session_that_ends_between_finding_and_reading_does_too(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor.signed_in(leraar=w.VOL)
    services = world.app.extensions["register"]
    read_as, late = services.database.read, clock.now() + timedelta(hours=9)

    def read_later(*asked: object) -> object:
        with clock.fixed_at(late):
            # The context asks for the moment when it makes its parameters.
            return read_as(*asked)

    monkeypatch.setattr(services.database, "read", read_later)
    answer = visitor.open(PAGE)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{TO_SIGN_IN}&verlopen=ja")


def test_a_cookie_of_nobody_is_a_session_that_ended(visitor: Visitor) -> None:
    visitor.client.set_cookie("register-sessie", "x", domain="localhost")
    assert visitor.open("/mijn").headers["Location"] == "/aanmelden?next=%2Fmijn&verlopen=ja"


def test_the_page_of_another_role_says_for_whom_it_is(visitor: Visitor) -> None:
    answer = visitor.signed_in().open("/mijn")
    assert answer.status_code == 403
    assert "leraar" in read(answer).text_of("main")


def test_who_signed_in_begins_at_the_own_page(visitor: Visitor) -> None:
    assert visitor.open("/").status_code == 200
    assert visitor.signed_in(leraar=w.VOL).open("/").headers["Location"] == "/mijn"


@pytest.mark.parametrize(
    ("method", "path", "status", "heading"),
    [
        ("GET", "/bestaat-niet", 404, "Pagina niet gevonden"),
        ("GET", "/mijn/", 404, "Pagina niet gevonden"),
        ("GET", "/mijn/activiteiten/1", 404, "Pagina niet gevonden"),
        ("POST", "/mijn", 405, "Dit kan hier niet"),
        ("PUT", "/", 405, "Dit kan hier niet"),
        ("GET", "/mijn/inductie?cursor=AAAA", 400, "Ongeldige aanvraag"),
        ("GET", "/mijn/professionalisering?status=onzin", 400, "Ongeldige aanvraag"),
    ],
)
def test_what_is_refused_is_a_page(visitor: Visitor, method: str, path: str, status: int, heading: str) -> None:
    answer = visitor.signed_in(leraar=w.VOL).open(path, method)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert answer.headers["Cache-Control"] == "no-store"
    assert (status == 405) == ("Allow" in answer.headers)
    assert read(answer).text_of("h1") == heading


@pytest.mark.parametrize(
    "path", ["/v1/bestaat-niet", "/oauth/bestaat-niet", "/health", "/metrics/x", "/bewijsstukken/x"]
)
def test_what_is_for_programs_stays_so(visitor: Visitor, path: str) -> None:
    answer = visitor.open(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_a_database_that_is_away_is_a_page(world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise Unavailable(7)

    visitor.signed_in(leraar=w.VOL)
    monkeypatch.setattr(world.app.extensions["register"].database, "read", away)
    answer = visitor.open("/mijn")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")
    assert read(answer).text_of("h1") == "Even niet bereikbaar"


def test_a_mistake_of_ours_is_a_page_that_tells_nothing(
    world: World, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Zoë Proefpersoon 1984-05-06")

    visitor.signed_in(leraar=w.VOL)
    monkeypatch.setattr(world.app.extensions["register"].database, "read", fail)
    answer = visitor.open("/mijn")
    assert answer.status_code == 500
    assert read(answer).text_of("h1") == "Er ging iets mis"
    assert "Proefpersoon" not in answer.text


def test_what_a_page_does_not_know_in_its_address_is_not_looked_at(visitor: Visitor) -> None:
    visitor.signed_in(leraar=w.VOL)
    assert visitor.open("/mijn/inzage?vanaf=&tot=&utm_source=mail").status_code == 200


def test_style_sheets_are_kept_for_ever_and_go_over_the_line_packed(visitor: Visitor) -> None:
    sheets = [link.attributes["href"] for link in visitor.page("/").all("link") if "css" in link.attributes["href"]]
    assert len(sheets) == 2
    for sheet in sheets:
        answer = visitor.client.get(sheet, headers={"Accept-Encoding": "gzip"})
        assert "immutable" in answer.headers["Cache-Control"]
        assert gzip.decompress(answer.data) == visitor.client.get(sheet).data
    assert visitor.open("/stijl/register.css").status_code == 404
    assert visitor.open("/stijl/..%2fassets.py").status_code == 404


def test_another_theme_by_setting(world: World, tmp_path: Path) -> None:
    theme = tmp_path / "thema.css"
    theme.write_text(".gemeente-theme{--utrecht-root-color:#123456}", encoding="utf-8")
    settings = {**{name: getattr(world.settings, name) for name in Settings.__slots__}, "thema": str(theme)}
    client = create_app(Settings(**settings)).test_client()
    document = read(client.get("/"))
    assert document.all("html")[0].attributes["class"] == "utrecht-root gemeente-theme"
    (sheet,) = (one.attributes["href"] for one in document.all("link") if "thema" in one.attributes["href"])
    assert client.get(sheet).text == theme.read_text(encoding="utf-8")


def test_a_theme_that_is_not_there_is_refused_at_the_start() -> None:
    with pytest.raises(ConfigurationError, match="THEMA"):
        load_settings({"DATABASE_URL": "postgresql:///x", "THEMA": "/nergens/thema.css"})


def test_a_page_says_what_it_is_for_and_a_form_what_the_journal_says_of_it() -> None:
    blueprint = Blueprint("proef", __name__)
    with pytest.raises(TypeError, match="purpose"):
        page(blueprint, "/proef", role=None, purpose="")(lambda _call: "")
    with pytest.raises(TypeError, match="event"):
        form(blueprint, "/proef", role=ClientSoort.LERAAR, purpose="proef", event="")(lambda _call, _session: "")


def _unlink(visitor: Visitor, csrf: str | None, **headers: str) -> int:
    data = {"account": "01890000-0000-7000-8000-0000000000ff", **({} if csrf is None else {"csrf": csrf})}
    answer = visitor.client.post("/mijn/accounts/ontkoppelen", data=data, headers=headers)
    return answer.status_code


def test_a_form_is_taken_from_a_page_of_the_same_session_only(world: World, visitor: Visitor) -> None:
    visitor.signed_in(leraar=w.VOL)
    (own, *_) = (field.attributes["value"] for field in visitor.page("/mijn").all("input"))
    other = Visitor(world).signed_in(leraar=w.VOL)
    (theirs, *_) = (field.attributes["value"] for field in other.page("/mijn").all("input"))
    assert _unlink(visitor, own) == _unlink(visitor, own, Origin="http://localhost") == 404
    for csrf in (None, "", theirs, own + "x"):
        assert _unlink(visitor, csrf) == 403
    assert _unlink(visitor, own, Origin="https://elders.example") == 403
    assert _unlink(visitor, own, Origin="null") == 403


def test_a_form_without_a_session_leads_to_the_sign_in_and_not_back_to_itself(visitor: Visitor) -> None:
    answer = visitor.open("/mijn/accounts/ontkoppelen", "POST")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/aanmelden")
