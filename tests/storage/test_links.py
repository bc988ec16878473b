"""Links: sealed, for five minutes, nothing to be read in them; whatever is wrong with one, it is not found."""

import stat
import string
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from register_service.core import clock
from register_service.core.errors import NotFound
from register_service.storage.links import Download, Links
from tests.helpers.live import ROOT

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
DOWNLOAD = Download("ab" * 32, "application/pdf", "Diploma Zoë Proefpersoon.pdf")


@pytest.fixture
def links(tmp_path: Path) -> Links:
    return Links(tmp_path / "keys", "https://register.example.nl")


def token_of(url: str) -> str:
    return url.removeprefix("https://register.example.nl/bewijsstukken/")


def test_a_link_gives_what_it_was_made_for(links: Links) -> None:
    with clock.fixed_at(NOW):
        link = links.make(DOWNLOAD)
        assert links.read(token_of(link.url)) == DOWNLOAD
    assert link.valid_until == NOW + timedelta(minutes=5)


@pytest.mark.parametrize(("seconds", "works"), [(0, True), (300, True), (301, False), (86_400, False), (-120, False)])
def test_it_works_for_five_minutes(links: Links, seconds: int, works: bool) -> None:
    with clock.fixed_at(NOW):
        token = token_of(links.make(DOWNLOAD).url)
    with clock.fixed_at(NOW + timedelta(seconds=seconds)):
        if works:
            assert links.read(token) == DOWNLOAD
        else:
            with pytest.raises(NotFound):
                links.read(token)


def test_nothing_can_be_changed_in_it(links: Links) -> None:
    """Not one sign, at any place, nor anything added or left out."""
    token = token_of(links.make(DOWNLOAD).url)
    signs = string.ascii_letters + string.digits + "-_"
    changed = {
        token[:at] + sign + token[at + 1 :] for at in range(len(token)) for sign in (signs[at % 64], "!", "=", "é")
    }
    changed |= {
        token[:-1],
        token[1:],
        "",
        "x",
        token + "=",
        token + "A",
        token + " ",
        token + "\n",
        "gAAAAA",
        token * 2,
    }
    for other in changed - {token}:
        with pytest.raises(NotFound):
            links.read(other)


def test_a_link_of_another_register_is_none(links: Links, tmp_path: Path) -> None:
    other = Links(tmp_path / "other", "https://register.example.nl")
    with pytest.raises(NotFound):
        links.read(token_of(other.make(DOWNLOAD).url))


def test_nothing_can_be_read_in_it(links: Links) -> None:
    url = links.make(DOWNLOAD).url
    assert set(token_of(url)) <= set(string.ascii_letters + string.digits + "-_")
    assert "Proefpersoon" not in url
    assert links.make(DOWNLOAD).url != url


def test_the_key_is_made_once_for_its_owner_only(links: Links, tmp_path: Path) -> None:
    links.make(DOWNLOAD)
    key = tmp_path / "keys" / "downloads.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700
    assert [path.name for path in key.parent.iterdir()] == ["downloads.key"]
    again = Links(tmp_path / "keys", "https://register.example.nl")
    assert links.read(token_of(again.make(DOWNLOAD).url)) == DOWNLOAD


def test_processes_that_start_at_once_use_one_key(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from register_service.storage.links import load_or_create_key as key; "
        "print(key(pathlib.Path(sys.argv[1])).decode())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "keys" / "downloads.key")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) for _ in range(4)]
    assert len({process.communicate()[0] for process in started}) == 1
