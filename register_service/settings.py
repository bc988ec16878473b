"""Every setting, read once from the environment into one frozen object.

All mistakes are reported together (`ConfigurationError`), in Dutch, by the name of the variable.
docs/beheer.md lists them. Any of them can also be given as a file with the value: `DATABASE_URL_FILE=...`.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from environs import Env, EnvValidationError, validate
from marshmallow import ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from register_service.location import data_dir, socket_url
from register_service.providers import Provider, read_providers

APP_ROLE: Final = "register_app"
LOG_LEVELS: Final = ("debug", "info", "warning", "error")
MEBIBYTE: Final = 1024 * 1024

_DUTCH: Final = {
    "Not a valid integer.": "is geen geheel getal",
    "Not a valid string.": "is geen tekst",
    "Not a valid path.": "is geen pad",
}


class ConfigurationError(Exception):
    """The settings do not make sense. `problems` has one Dutch sentence for each mistake."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("De instellingen kloppen niet:\n" + "\n".join(f"  - {problem}" for problem in problems))


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one process. The database URLs hold passwords and therefore stay out of `repr`.

    `database_url` (the owner's) is empty in a web process that was given `APP_DATABASE_URL` only.
    """

    database_url: str = field(repr=False)
    app_database_url: str = field(repr=False)
    key_dir: Path
    var_dir: Path = Path("var")
    bind: str = "127.0.0.1"
    port: int = 8000
    base_url: str = "http://127.0.0.1:8000"
    workers: int = 2
    threads: int = 4
    pool_size: int = 4
    statement_timeout_ms: int = 15_000
    max_body_bytes: int = MEBIBYTE
    trusted_proxies: int = 0
    log_level: str = "info"
    prometheus_dir: Path | None = None
    bewijs_opslag: str = ""
    s3_endpoint: str = ""
    s3_region: str = "us-east-1"
    s3_access_key_id: str = field(default="", repr=False)
    s3_secret_access_key: str = field(default="", repr=False)
    clamav: str = ""
    smtp_url: str = field(default="", repr=False)
    mail_from: str = ""
    providers: tuple[Provider, ...] = ()
    thema: str = "voorbeeld"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings (default: of this process). Raises ConfigurationError with every mistake at once."""
    env = _Environment(os.environ if environ is None else environ)
    values = _read(env)
    problems = env.problems()
    if not problems:
        problems = _complete(values)
    if problems:
        raise ConfigurationError(problems)
    return Settings(**values)


def app_password_file(key_dir: Path) -> Path:
    """Give the file in which the generated password of the application's own role is kept."""
    return key_dir / f"{APP_ROLE}.password"


def app_url(owner_url: str, key_dir: Path) -> str:
    """Give the application's URL beside the owner's: the same database, its own role, its password if one was made."""
    file = app_password_file(key_dir)
    password = file.read_text(encoding="utf-8").strip() if file.is_file() else None
    # `URL.set` takes no None for "without password", and the owner's password must never go along.
    url = make_url(owner_url)._replace(username=APP_ROLE, password=password)
    return url.render_as_string(hide_password=False)


def _read(env: "_Environment") -> dict[str, Any]:
    """Read each variable by itself; what depends on another is filled in by `_complete`."""
    return {
        "database_url": env.read("str", "DATABASE_URL", "", _database_url),
        "app_database_url": env.read("str", "APP_DATABASE_URL", "", _database_url),
        "var_dir": env.read("path", "VAR_DIR", Path("var")),
        "key_dir": env.read("path", "KEY_DIR", None),
        "bind": env.read("str", "BIND", "127.0.0.1"),
        "port": env.read("int", "PORT", 8000, _between(1, 65_535)),
        "base_url": env.read("str", "BASE_URL", "", _web_address),
        "workers": env.read("int", "WORKERS", 2, _between(1, 64)),
        "threads": env.read("int", "THREADS", 4, _between(1, 64)),
        "pool_size": env.read("int", "POOL_SIZE", 0, _between(0, 64)),
        "statement_timeout_ms": env.read("int", "STATEMENT_TIMEOUT_MS", 15_000, _between(100, 600_000)),
        "max_body_bytes": env.read("int", "MAX_BODY_BYTES", MEBIBYTE, _between(1024, 1024 * MEBIBYTE)),
        "trusted_proxies": env.read("int", "TRUSTED_PROXIES", 0, _between(0, 10)),
        "log_level": env.read("str", "LOG_LEVEL", "info", validate.OneOf(LOG_LEVELS, error=_one_of())),
        "prometheus_dir": env.read("path", "PROMETHEUS_MULTIPROC_DIR", None),
        "bewijs_opslag": env.read("str", "BEWIJS_OPSLAG", "", _folder_or_bucket),
        "s3_endpoint": env.read("str", "S3_ENDPOINT", "", _web_address),
        "s3_region": env.read("str", "S3_REGION", "us-east-1"),
        "s3_access_key_id": env.read("str", "S3_ACCESS_KEY_ID", ""),
        "s3_secret_access_key": env.read("str", "S3_SECRET_ACCESS_KEY", ""),
        "clamav": env.read("str", "CLAMAV", "", _scanner_address),
        "smtp_url": env.read("str", "SMTP_URL", "", _mail_server),
        "providers": env.read("str", "AANMELDEN", ""),
        "mail_from": env.read("str", "MAIL_FROM", "", validate.Email(error="'{input}' is geen e-mailadres")),
        "thema": env.read("str", "THEMA", "voorbeeld", _theme),
    }


def _complete(values: dict[str, Any]) -> list[str]:
    """Fill in what follows from other settings, and give the mistakes that show only together."""
    values["var_dir"] = values["var_dir"].resolve()
    values["key_dir"] = (values["key_dir"] or values["var_dir"] / "keys").resolve()
    values["base_url"] = values["base_url"].rstrip("/") or f"http://127.0.0.1:{values['port']}"
    values["s3_endpoint"] = values["s3_endpoint"].rstrip("/")
    values["pool_size"] = values["pool_size"] or values["threads"]
    values["providers"], problems = read_providers(values["providers"])
    if problems:
        return problems
    if bool(values["s3_access_key_id"]) != bool(values["s3_secret_access_key"]):
        return ["S3_ACCESS_KEY_ID: geef ook S3_SECRET_ACCESS_KEY, of laat beide weg."]
    if not values["database_url"] and not values["app_database_url"]:
        if not (data_dir(values["var_dir"]) / "PG_VERSION").is_file():
            return [
                "DATABASE_URL: ontbreekt. Geef de URL van een PostgreSQL 18 (postgresql://gebruiker:wachtwoord@host/naam),"
                " of start met `make run` een ingebouwde."
            ]
        values["database_url"] = socket_url(data_dir(values["var_dir"]))
    if values["smtp_url"] and not values["mail_from"]:
        return ["MAIL_FROM: ontbreekt. Geef bij SMTP_URL ook het adres waarvan berichten komen."]
    values["app_database_url"] = values["app_database_url"] or app_url(values["database_url"], values["key_dir"])
    return []


class _Environment:
    """A mapping read through environs, which keeps the mistakes until everything has been read."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        # An empty variable means "not set": that is how compose files and CI systems leave one out.
        self._environ = {name: value for name, value in environ.items() if value}
        self._env = _MappedEnv(self._environ)
        self._unreadable: list[str] = []

    def read(self, kind: str, name: str, default: Any, *checks: Callable[[Any], Any]) -> Any:
        file = self._environ.get(f"{name}_FILE")
        if file is not None and name not in self._environ:
            try:
                self._environ[name] = Path(file).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                self._unreadable.append(f"{name}_FILE: het bestand {file} is niet te lezen")
        return getattr(self._env, kind)(name, default, validate=list(checks))

    def problems(self) -> list[str]:
        try:
            self._env.seal()
        except EnvValidationError as error:
            found = error.error_messages
            assert isinstance(found, Mapping)
            wrong = [f"{name}: {_DUTCH.get(text, text)}" for name, messages in found.items() for text in messages]
            return self._unreadable + wrong
        return self._unreadable


class _MappedEnv(Env):
    """environs, reading from a mapping instead of from the process."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(eager=False)
        self._mapping = environ

    def _get_value(self, env_key: str, default: Any) -> Any:
        return self._mapping.get(env_key, default)


def _between(lowest: int, highest: int) -> validate.Range:
    return validate.Range(lowest, highest, error=f"{{input}} ligt niet tussen {lowest} en {highest}")


def _one_of() -> str:
    return "'{input}' kan niet; kies uit {choices}"


def _database_url(value: str) -> None:
    # The value holds a password, so it is not repeated in the message.
    try:
        url = make_url(value)
    except ArgumentError as error:
        raise ValidationError("is geen geldige database-URL (postgresql://gebruiker:wachtwoord@host/naam)") from error
    if url.get_backend_name() != "postgresql":
        raise ValidationError("moet naar PostgreSQL wijzen (postgresql://gebruiker:wachtwoord@host/naam)")
    if not url.database:
        raise ValidationError("noemt geen database (postgresql://gebruiker:wachtwoord@host/naam)")


def _web_address(value: str) -> None:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValidationError(f"'{value}' is geen webadres (https://register.example.nl)")


def _folder_or_bucket(value: str) -> None:
    if value.startswith("s3://"):
        if not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w!.*'()/-]*)?", value, re.ASCII):
            raise ValidationError(f"'{value}' is geen plaats in een S3-opslag (s3://bucket of s3://bucket/map)")
    elif not Path(value).is_absolute():
        raise ValidationError(f"'{value}' is geen map met een volledig pad en geen s3://bucket/map")


def _theme(value: str) -> None:
    if value != "voorbeeld" and not Path(value).is_file():
        raise ValidationError(f"'{value}' is niet 'voorbeeld' en geen bestand met design tokens (CSS)")


def _scanner_address(value: str) -> None:
    try:
        parts = urlsplit(value)
        known = {"tcp": bool(parts.hostname and parts.port), "unix": parts.path.startswith("/") and not parts.netloc}
    except ValueError:  # a port that is none
        known = {}
    if not known.get(value.partition(":")[0]):
        raise ValidationError(f"'{value}' is geen adres van clamd (tcp://host:3310 of unix:///pad)")


def _mail_server(value: str) -> None:
    # The value may hold a password, so it is not repeated in the message.
    parts = urlsplit(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.query or parts.path.strip("/"):
        raise ValidationError(
            "is geen adres van een mailserver (smtp://host:25, of smtps://gebruiker:wachtwoord@host:465)"
        )
