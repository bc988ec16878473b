"""The demo provider: when there is one, what it does over real HTTP, and what it refuses."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from register_service.aanmelding.errors import ProviderRefused
from register_service.aanmelding.openid import OpenIdClient
from register_service.providers import read_providers
from register_service.runtime import children, ports
from register_service.runtime.demo_sign_in import DemoSignIn, is_wanted
from register_service.runtime.instance import Instance
from register_service.settings import ConfigurationError
from tests.helpers.live import ROOT, free_port
from tests.helpers.running import wait_until

BASE = "http://127.0.0.1:7999"
PEOPLE = [
    {"subject": "leraar-1", "naam": "Een & Ander", "rol": "leraar", "omschrijving": "begint net"},
    {"subject": "auditor-1", "naam": "Een Auditor", "rol": "auditor", "omschrijving": ""},
]
NONCE, STATE, VERIFIER = "n" * 43, "s" * 43, "v" * 64


@pytest.mark.parametrize(
    ("asked", "embedded", "demo", "wanted"),
    [
        ("", True, True, True),
        ("", True, False, False),
        ("", False, True, False),  # a database elsewhere, though with the demo region
        ("", False, False, False),
        ("1", False, False, True),
        ("1", False, True, True),
        ("0", True, True, False),
    ],
)
def test_when_there_is_one(asked: str, embedded: bool, demo: bool, wanted: bool) -> None:
    assert is_wanted({"DEMO_AANMELDEN": asked}, embedded=embedded, demo=demo) is wanted


def test_another_word_is_a_mistake() -> None:
    with pytest.raises(ConfigurationError, match="DEMO_AANMELDEN"):
        is_wanted({"DEMO_AANMELDEN": "ja"}, embedded=True, demo=True)


@pytest.mark.parametrize(("asked", "steps"), [("", False), ("1", True)])
def test_a_run_beside_another_database_has_none_unless_asked_for(
    asked: str, steps: bool, database_url: str, tmp_path: Path
) -> None:
    environ = {"DATABASE_URL": database_url, "VAR_DIR": str(tmp_path), "DEMO_AANMELDEN": asked}
    script = "from register_service.runtime.run import Run; print([text for text, _ in Run()._steps()])"
    shown = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environ, capture_output=True, check=True)
    assert (b"Demo-aanmelding starten" in shown.stdout) is steps


def test_the_port_is_the_next_that_is_free() -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + 1))
        taken.listen(1)
        assert port + 1 < ports.free_after("127.0.0.1", port) <= port + 21
    assert ports.free_after("127.0.0.1", 65_535) > 0


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSignIn]:
    """The provider as `register run` starts it."""
    folder = tmp_path_factory.mktemp("demo")
    demo = DemoSignIn(folder, BASE, free_port())
    demo.prepare(lambda _: json.dumps(PEOPLE))
    program = demo.program(folder / "demo.log", {"PATH": "/usr/bin", "DATABASE_URL": "geheim"}, Instance(folder))
    assert "DATABASE_URL" not in program.environ
    process = children.start(program.command, log=program.log, environ=program.environ, cwd=ROOT)
    try:
        wait_until(demo.is_ready)
        yield demo
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def client(demo: DemoSignIn) -> OpenIdClient:
    """The register as its client, by the settings that were written for it."""
    (provider,), problems = read_providers(demo.added_to({})["AANMELDEN"])
    assert problems == []
    return OpenIdClient(provider, BASE)


def http() -> httpx.Client:
    return httpx.Client(trust_env=False)


def chosen(client: OpenIdClient, subject: str) -> httpx.URL:
    """Choose somebody on the page, and give where that leads."""
    address = client.authorization_url(state=STATE, nonce=NONCE, verifier=VERIFIER)
    with http() as browser:
        page = browser.get(address)
        assert page.status_code == 200 and "Een &amp; Ander" in page.text and "begint net" in page.text
        answer = browser.post(address, data={"wie": subject})
    assert answer.status_code == 302
    return httpx.URL(answer.headers["Location"])


def test_whoever_is_chosen_is_who_it_is(client: OpenIdClient) -> None:
    back = chosen(client, "auditor-1")
    assert str(back).startswith(f"{BASE}/aanmelden/demo/terug?") and back.params["state"] == STATE
    claims = client.claims_of(back.params["code"], nonce=NONCE, verifier=VERIFIER)
    assert (claims["sub"], claims["nonce"], client.provider.rollen) == ("auditor-1", NONCE, ("leraar", "auditor"))


def test_a_code_is_good_once_and_for_who_has_the_verifier(client: OpenIdClient) -> None:
    code = chosen(client, "leraar-1").params["code"]
    with pytest.raises(ProviderRefused):
        client.claims_of(code, nonce=NONCE, verifier="w" * 64)
    code = chosen(client, "leraar-1").params["code"]
    assert client.claims_of(code, nonce=NONCE, verifier=VERIFIER)["sub"] == "leraar-1"
    with pytest.raises(ProviderRefused):
        client.claims_of(code, nonce=NONCE, verifier=VERIFIER)


def test_nobody_chosen_is_a_refusal(client: OpenIdClient) -> None:
    for nobody in ("", "leraar-2"):
        assert chosen(client, nobody).params["error"] == "access_denied"


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "https://elders.example/terug"},
        {"client_id": "een-ander"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
        {"response_type": "token"},
        {"nonce": ""},
    ],
    ids=str,
)
def test_it_knows_the_register_and_nobody_else(client: OpenIdClient, changed: dict[str, Any]) -> None:
    address = httpx.URL(client.authorization_url(state=STATE, nonce=NONCE, verifier=VERIFIER))
    with http() as browser:
        for answer in (
            browser.get(address.copy_merge_params(changed)),
            browser.post(address.copy_merge_params(changed), data={"wie": "leraar-1"}),
        ):
            assert "code=" not in answer.headers.get("Location", "")
            assert answer.status_code == 400 or "error=" in answer.headers["Location"]


def test_signing_out_leads_back_to_the_register_only(client: OpenIdClient) -> None:
    address = client.sign_out_url()
    assert address
    with http() as browser:
        back = browser.get(address, params={"post_logout_redirect_uri": f"{BASE}/afgemeld"})
        assert back.headers["Location"] == f"{BASE}/afgemeld"
        for elsewhere in ("https://elders.example", f"{BASE}.elders.example/x", ""):
            assert browser.get(address, params={"post_logout_redirect_uri": elsewhere}).status_code == 200


def test_what_is_written_is_for_this_user_only(demo: DemoSignIn) -> None:
    for file in (demo._known, demo._settings):
        assert file.stat().st_mode & 0o077 == 0
