"""Signing keys: made once, rotated without downtime, gone when they should be."""

import multiprocessing
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from register_service.access.keys import (
    PERSON_LIFETIME,
    PUBLISH_BEFORE_USE,
    TOKEN_LIFETIME,
    KeyStore,
    write_private,
)
from register_service.access.models import ClientSoort
from register_service.access.tokens import InvalidToken, TokenAuthority
from tests.access.conftest import ISSUER, MovingClock

NUMBER = "2657035144"


def issue(authority: TokenAuthority) -> str:
    return authority.issue_token(client_id="proef", role=ClientSoort.BEHEER.value, bestuur=None, scopes=[])


def issue_for_a_day(authority: TokenAuthority) -> str:
    soort = ClientSoort.LERAAR.value
    return authority.issue_token(
        client_id="leraar-x", role=soort, bestuur=None, scopes=[], leraar=NUMBER, lifetime=PERSON_LIFETIME
    )


def _start(directory: Path) -> None:
    KeyStore(directory).ensure()


def test_of_many_processes_that_start_at_once_one_makes_the_key(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_start, args=(tmp_path / "tokens",)) for _ in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert len(KeyStore(tmp_path / "tokens").all()) == 1


def test_only_the_owner_can_read_a_key(keys: KeyStore, tmp_path: Path) -> None:
    keys.ensure()
    (file,) = (tmp_path / "tokens").glob("*.pem")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert b"PRIVATE KEY" in file.read_bytes()


def test_a_draft_left_by_a_crash_is_no_key_and_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.draft").write_bytes(b"half")
    write_private(tmp_path / "a.pem", b"whole")
    assert (tmp_path / "a.pem").read_bytes() == b"whole"
    assert KeyStore(tmp_path).all() == []


def test_the_first_key_signs_at_once(keys: KeyStore) -> None:
    keys.ensure()
    assert keys.signing() == keys.all()[0]


def test_a_new_key_is_published_at_once_and_signs_later(keys: KeyStore, moving_clock: MovingClock) -> None:
    keys.ensure()
    moving_clock.forward(days=1)
    old, new = keys.signing(), keys.rotate()
    assert [key.kid for key in keys.published()] == [old.kid, new.kid]
    moving_clock.forward(seconds=PUBLISH_BEFORE_USE.total_seconds() - 1)
    assert keys.signing().kid == old.kid
    moving_clock.forward(seconds=1)
    assert keys.signing().kid == new.kid


def test_rotation_costs_no_token(authority: TokenAuthority, keys: KeyStore, moving_clock: MovingClock) -> None:
    """A token is issued and another worker accepts it at every minute around a rotation, also the last of the old key."""
    keys.ensure()
    other_worker = TokenAuthority(ISSUER, keys)
    alive: list[tuple[str, int]] = []
    kids = set()
    for minute in range(180):
        if minute == 30:
            keys.rotate()
        token = issue(authority)
        alive.append((token, minute))
        kids.add(authority.verify_token(token).kid)
        for earlier, issued in alive:
            if minute - issued < TOKEN_LIFETIME / timedelta(minutes=1):
                other_worker.verify_token(earlier)
        moving_clock.forward(minutes=1)
    assert len(kids) == 2
    moving_clock.forward(hours=24)
    assert len(keys.published()) == 1


def test_a_token_for_a_day_outlives_the_rotation_of_its_key(
    authority: TokenAuthority, keys: KeyStore, moving_clock: MovingClock
) -> None:
    """The last token that the old key signs holds to its last second, also when the key is replaced again meanwhile."""
    keys.ensure()
    keys.rotate()
    moving_clock.forward(seconds=PUBLISH_BEFORE_USE.total_seconds() - 1)
    token = issue_for_a_day(authority)
    old = authority.verify_token(token).kid
    moving_clock.forward(hours=12)
    keys.rotate()
    moving_clock.forward(hours=11, minutes=59, seconds=59)
    assert keys.signing().kid != old
    assert TokenAuthority(ISSUER, keys).verify_token(token).leraar == NUMBER
    moving_clock.forward(seconds=1)
    with pytest.raises(InvalidToken, match="verlopen"):
        authority.verify_token(token)


def test_a_worker_notices_a_new_key_without_restart(tmp_path: Path) -> None:
    slow = KeyStore(tmp_path, reload_seconds=3600)
    slow.ensure()
    issuer, worker = TokenAuthority(ISSUER, KeyStore(tmp_path)), TokenAuthority(ISSUER, slow)
    worker.verify_token(issue(issuer))
    first = issuer.keys.all()[0]
    issuer.keys.rotate()
    issuer.keys.remove(first.kid)
    assert worker.verify_token(issue(issuer)).kid != first.kid


def test_a_removed_key_takes_its_remembered_tokens_along(authority: TokenAuthority, keys: KeyStore) -> None:
    token = issue(authority)
    leaked = authority.verify_token(token).kid
    keys.rotate()
    assert keys.remove(leaked).kid == keys.signing().kid != leaked
    with pytest.raises(InvalidToken, match="onbekende sleutel"):
        authority.verify_token(token)


def test_the_only_key_and_an_unknown_key_cannot_be_removed(keys: KeyStore) -> None:
    keys.ensure()
    with pytest.raises(ValueError):
        keys.remove(keys.signing().kid)
    with pytest.raises(KeyError):
        keys.remove("onbekend")


def test_rotating_throws_away_what_no_token_needs(keys: KeyStore, moving_clock: MovingClock, tmp_path: Path) -> None:
    keys.ensure()
    first = keys.signing()
    keys.rotate()
    moving_clock.forward(hours=25)
    assert first.kid not in [key.kid for key in keys.published()]
    assert keys.public(first.kid) is None
    keys.rotate()
    assert len(list((tmp_path / "tokens").glob("*.pem"))) == 2
    assert first.kid not in [key.kid for key in keys.all()]
