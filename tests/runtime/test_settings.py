"""Settings: read once, frozen, all mistakes at once, never a password in a message."""

import dataclasses
from pathlib import Path

import pytest

from register_service.settings import ConfigurationError, Settings, app_password_file, load_settings

URL = "postgresql://eigenaar:geheim@db.voorbeeld.nl/register"


def test_defaults_need_only_a_database(tmp_path: Path) -> None:
    settings = load_settings({"DATABASE_URL": URL, "VAR_DIR": str(tmp_path)})
    assert settings.base_url == "http://127.0.0.1:8000"
    assert (settings.workers, settings.threads, settings.pool_size) == (2, 4, 4)
    assert settings.max_body_bytes == 1024 * 1024
    assert settings.key_dir == tmp_path / "keys"


def test_all_mistakes_are_reported_at_once() -> None:
    environ = {
        "DATABASE_URL": "mysql://eigenaar:geheim@db/x",
        "APP_DATABASE_URL": "postgresql://iemand:geheim@db",
        "PORT": "acht",
        "WORKERS": "0",
        "LOG_LEVEL": "luid",
        "BASE_URL": "register.voorbeeld.nl",
        "KEY_DIR_FILE": "/bestaat/niet",
    }
    with pytest.raises(ConfigurationError) as caught:
        load_settings(environ)
    named = {problem.split(":")[0] for problem in caught.value.problems}
    assert named == environ.keys()
    assert "geheim" not in str(caught.value)


def test_an_empty_variable_is_not_set() -> None:
    assert load_settings({"DATABASE_URL": URL, "PORT": "", "BASE_URL": ""}).port == 8000


def test_without_any_database_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="DATABASE_URL: ontbreekt"):
        load_settings({"VAR_DIR": str(tmp_path)})


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "url"
    file.write_text(URL + "\n")
    assert load_settings({"DATABASE_URL_FILE": str(file)}).database_url == URL


def test_the_application_never_gets_the_owners_password(tmp_path: Path) -> None:
    before = load_settings({"DATABASE_URL": URL, "KEY_DIR": str(tmp_path)})
    assert before.app_database_url == "postgresql://register_app@db.voorbeeld.nl/register"
    app_password_file(tmp_path).write_text("eigen\n")
    after = load_settings({"DATABASE_URL": URL, "KEY_DIR": str(tmp_path)})
    assert after.app_database_url == "postgresql://register_app:eigen@db.voorbeeld.nl/register"


def test_a_web_process_needs_no_owner() -> None:
    settings = load_settings({"APP_DATABASE_URL": "postgresql://register_app:x@db/register"})
    assert settings.database_url == ""


def test_passwords_stay_out_of_repr_and_nothing_can_be_changed() -> None:
    settings = load_settings({"DATABASE_URL": URL})
    assert "geheim" not in repr(settings)
    with pytest.raises(dataclasses.FrozenInstanceError):
        settings.port = 1  # type: ignore[misc]


def test_every_setting_is_in_the_manual() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "beheer.md").read_text(encoding="utf-8")
    # Two are called otherwise in the environment.
    names = {field.name.upper() for field in dataclasses.fields(Settings)} - {"PROMETHEUS_DIR", "PROVIDERS"}
    names |= {"PROMETHEUS_MULTIPROC_DIR", "AANMELDEN", "DEMO"}
    assert not {name for name in names if f"`{name}`" not in manual}


def test_a_mail_server_has_an_address_and_a_sender() -> None:
    given = {"DATABASE_URL": "postgresql://u:p@h/d", "SMTP_URL": "smtps://u:geheim@mail.example:465"}
    assert load_settings({**given, "MAIL_FROM": "register@ra-zon.example"}).mail_from == "register@ra-zon.example"
    for wrong, name in (
        ({}, "MAIL_FROM"),
        ({"SMTP_URL": "http://geheim.example"}, "SMTP_URL"),
        ({"MAIL_FROM": "x"}, "MAIL_FROM"),
    ):
        with pytest.raises(ConfigurationError) as caught:
            load_settings({**given, **wrong})
        assert [problem.partition(":")[0] for problem in caught.value.problems] == [name]
        assert "geheim" not in str(caught.value)
