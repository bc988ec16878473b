"""The key's files, and the form of checkpoints."""

import stat
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register_service.journal import checkpoints
from register_service.journal.checkpoints import Checkpoint, NoteError
from register_service.journal.keys import (
    JournalKey,
    JournalKeyError,
    load_or_create_key,
    load_verifier,
    parse_vkey,
)
from tests.journal import checker

MOMENT = datetime(2026, 3, 1, 12, 0, 0, 5, tzinfo=UTC)
CHECKPOINT = Checkpoint(12, bytes(range(32)), MOMENT, "740:750:741,745", bytes(32))


def vkey_of(folder: Path) -> str:
    return load_or_create_key(folder).verifier.vkey


def test_processes_that_start_together_make_one_key(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        assert len(set(pool.map(vkey_of, [tmp_path / "keys"] * 8))) == 1
    assert sorted(file.name for file in (tmp_path / "keys").iterdir()) == [
        "journal.pem",
        "journal.pub.pem",
        "journal.vkey",
    ]


def test_private_key_is_for_its_owner_only(key: JournalKey, key_dir: Path) -> None:
    assert stat.S_IMODE((key_dir / "journal.pem").stat().st_mode) == 0o600


def test_public_forms_agree(key: JournalKey, key_dir: Path) -> None:
    text = (key_dir / "journal.vkey").read_text()
    assert parse_vkey(text).pem == load_verifier(key_dir).pem == key.verifier.pem
    assert checker.load().Verifier(text).name == key.verifier.name


@pytest.mark.parametrize("text", ["", "x", "a+b+c", "lerarenregister.ra-zon/00000000+00000000+AQ=="])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(JournalKeyError):
        parse_vkey(text)


def test_damaged_key_is_refused_and_kept(key_dir: Path) -> None:
    key_dir.mkdir()
    (key_dir / "journal.pem").write_text("damaged")
    with pytest.raises(JournalKeyError, match=r"journal\.pem"):
        load_or_create_key(key_dir)
    assert (key_dir / "journal.pem").read_text() == "damaged"


def test_lost_key_is_not_replaced_by_a_new_one(key: JournalKey, key_dir: Path) -> None:
    (key_dir / "journal.pem").unlink()
    with pytest.raises(JournalKeyError, match=r"zet .* terug"):
        load_or_create_key(key_dir)
    assert load_verifier(key_dir).vkey == key.verifier.vkey


def test_public_key_of_another_journal_is_refused(key: JournalKey, key_dir: Path, tmp_path: Path) -> None:
    load_or_create_key(tmp_path / "other")
    (tmp_path / "other" / "journal.pem").replace(key_dir / "journal.pem")
    with pytest.raises(JournalKeyError, match="hoort niet bij"):
        load_or_create_key(key_dir)


def test_note_has_the_form_of_a_signed_note(key: JournalKey) -> None:
    lines = checkpoints.sign(CHECKPOINT, key).split("\n")
    assert lines[:3] == [key.verifier.name, "12", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
    assert lines[3:5] == ["moment 2026-03-01T12:00:00.000005Z", "snapshot 740:750:741,745"]
    assert lines[6] == ""
    assert lines[7].startswith(f"— {key.verifier.name} ")
    assert lines[8:] == [""]


def test_note_says_what_was_signed(key: JournalKey) -> None:
    note = checkpoints.sign(CHECKPOINT, key)
    assert checkpoints.open_note(note, key.verifier) == CHECKPOINT
    assert checker.load().Verifier(key.verifier.vkey).open(note)[:2] == (12, CHECKPOINT.root)


@given(data=st.data())
def test_no_character_of_a_note_can_be_changed(data: st.DataObject, fixed_key: JournalKey) -> None:
    note = checkpoints.sign(CHECKPOINT, fixed_key)
    place = data.draw(st.integers(0, len(note) - 3))
    changed = (
        note[:place] + data.draw(st.characters(codec="utf-8").filter(lambda c: c != note[place])) + note[place + 1 :]
    )
    try:
        opened = checkpoints.open_note(changed, fixed_key.verifier)
    except NoteError:
        return
    assert opened == CHECKPOINT  # Padding bits of base64 mean nothing.


@pytest.fixture(scope="module")
def fixed_key(tmp_path_factory: pytest.TempPathFactory) -> JournalKey:
    return load_or_create_key(tmp_path_factory.mktemp("keys"))
