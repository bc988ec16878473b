"""Signing in as it really is: gunicorn, a provider that is not ours (oidc-provider-mock), and a browser that follows both."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest
from oidc_provider_mock import User, run_server_in_thread

from register_service.access.clients import create_client
from register_service.access.models import ClientSoort
from register_service.core import clock
from register_service.core.context import set_context
from register_service.settings import Settings
from tests.aanmelding.conftest import ECK_ID
from tests.helpers.live import LiveServer
from tests.support import BIRTHDAY, A

_LERAAR = """
insert into leraar (registratienummer, voornamen, achternaam, geboortedatum, eck_id, geregistreerd_op)
values (%s, 'Herkenbaar', 'Persoon', %s, %s, '2020-01-01')
"""
KNOWN, CODED = "2657035144", "8501319231"


class Site(LiveServer):
    """gunicorn that signs people in through the providers of a file."""

    providers = ""

    def environ(self) -> dict[str, str]:
        return {**super().environ(), "AANMELDEN": self.providers}


@pytest.fixture
def issuer() -> Iterator[str]:
    """A provider with people who have an eckId, and people who have none."""
    people = [User(sub="herkenbaar-1", claims={"eckId": ECK_ID}), User(sub="herkenbaar-2")]
    with run_server_in_thread(require_nonce=True, user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def site(settings: Settings, issuer: str, tmp_path: Path) -> Iterator[Site]:
    """A register with two leraren, over HTTP."""
    file = tmp_path / "aanmelden.toml"
    file.write_text(
        f'[proef]\nnaam = "Proef"\nissuer = "{issuer}"\nclient_id = "register"\nclient_secret = "geheim"\n', "utf-8"
    )
    with psycopg.connect(settings.database_url) as connection:
        set_context(connection, actor="beheer:test", event="test", today=clock.today())
        connection.execute("insert into bestuur (nummer, naam) values (%s, 'A')", (A,))
        for number, eck_id in ((KNOWN, ECK_ID), (CODED, None)):
            connection.execute(_LERAAR, (number, BIRTHDAY, eck_id))
        connection.execute(
            "insert into koppeling (leraar, bestuur, vanaf, tot) values (%s, %s, '2020-01-01', '2099-01-01')",
            (CODED, A),
        )
    site = Site(dataclasses.replace(settings, base_url=""))
    site.providers = str(file)
    with site:
        yield site


def browser() -> httpx.Client:
    return httpx.Client(trust_env=False, follow_redirects=True, timeout=30)


def sign_in(visitor: httpx.Client, site: Site, subject: str, following: str = "/mijn/accounts") -> httpx.Response:
    """Follow the way to the provider, choose who to be, and follow the way back."""
    form = visitor.get(f"{site.url}/aanmelden/proef", params={"next": following})
    assert form.status_code == 200 and form.url.path == "/oauth2/authorize", form.text
    return visitor.post(form.url, data={"sub": subject})


def code_for(site: Site, number: str) -> str:
    """Let the HR system hand out a koppelcode."""
    with psycopg.connect(site.settings.database_url) as connection:
        set_context(connection, actor="beheer:test", event="test", today=clock.today())
        made = create_client(connection, naam="HR", soort=ClientSoort.BESTUUR, bestuur=A)
    with httpx.Client(base_url=site.url, trust_env=False) as system:
        granted = system.post(
            "/oauth/token", data={"grant_type": "client_credentials"}, auth=(made.client_id, made.client_secret or "")
        )
        bearer = {"Authorization": f"Bearer {granted.json()['access_token']}"}
        answer = system.post(f"/v1/leraren/{number}/koppelcodes", headers=bearer)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["code"])


def test_by_eck_id_by_koppelcode_and_out_again(site: Site) -> None:
    with browser() as known, browser() as coded:
        page = sign_in(known, site, "herkenbaar-1")
        assert page.url.path == "/mijn/accounts" and "Uw accounts" in page.text
        page = sign_in(coded, site, "herkenbaar-2")
        assert page.url.path == "/koppelen"
        code = code_for(site, CODED)
        page = coded.post(page.url, data={"csrf": csrf(page), "code": code, "geboortedatum": BIRTHDAY})
        assert page.url.path == "/mijn/accounts" and "u vulde een koppelcode in" in page.text
        page = known.post(f"{site.url}/afmelden", data={"csrf": csrf(known.get(f"{site.url}/mijn/accounts"))})
        assert page.url.path == "/afgemeld" and "/oauth2/end_session?" in page.text
        assert known.get(f"{site.url}/mijn/accounts").url.path == "/aanmelden"
        assert coded.get(f"{site.url}/mijn/accounts").url.path == "/mijn/accounts"
        cookies = [cookie.value or "" for visitor in (known, coded) for cookie in visitor.cookies.jar]
    nothing_personal_is_logged(site, ECK_ID, code, BIRTHDAY, KNOWN, *cookies)


def csrf(page: httpx.Response) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def nothing_personal_is_logged(site: Site, *secrets: str) -> None:
    logged = site.log.read_text("utf-8")
    for event in ('"sign_in"', '"account_link"', '"signed_out"'):
        assert event in logged
    for secret in ("erkenbaar", "code=", "state=", "id_token", "verifier", *secrets):
        assert secret and secret not in logged, secret


def test_a_provider_that_is_gone_leaves_a_trace_for_the_keeper(site: Site, tmp_path: Path) -> None:
    site.stop()
    text = Path(site.providers).read_text("utf-8")
    Path(site.providers).write_text(re.sub(r"localhost:\d+", "127.0.0.1:9", text), "utf-8")
    site.start()
    with browser() as visitor:
        page = visitor.get(f"{site.url}/aanmelden/proef")
    assert page.status_code == 503 and "Proef is niet bereikbaar" in page.text
    assert '"provider_unavailable"' in site.log.read_text("utf-8")
