"""The providers through which people sign in (OpenID Connect), from the TOML files that the setting AANMELDEN names.

One table per provider; its name stands in addresses. `soort` fills in what Entree Federatie and SURFconext call things; whatever
is given besides goes before. Every mistake is found, by provider and name, as in the other settings.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

ROLES: Final = ("leraar", "auditor")
AUTH_METHODS: Final = ("client_secret_basic", "client_secret_post")
# What a provider tells of somebody, and under which name by OpenID Connect itself.
CLAIMS: Final = ("subject", "eck_id", "instelling", "relatie")
# Source of the names: Kennisnet, attributes of Entree Federatie for service providers; SURF, claims of SURFconext.
_PRESETS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "entree": {
            "naam": "Entree Federatie",
            "relaties": ("employee", "staff", "affiliate"),
            "claims": {
                "subject": "uid",
                "eck_id": "eckId",
                "instelling": "nlEduPersonHomeOrganizationId",
                "relatie": "eduPersonAffiliation",
            },
        },
        "surfconext": {
            "naam": "SURFconext",
            "relaties": ("employee", "staff", "faculty", "affiliate"),
            "claims": {
                "subject": "sub",
                "eck_id": "eckid",
                "instelling": "schac_home_organization",
                "relatie": "eduperson_affiliation",
            },
        },
        "anders": {
            "relaties": (),
            "claims": {"subject": "sub", "eck_id": "eckId", "instelling": "instelling", "relatie": "relatie"},
        },
    }
)
_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,30}", re.ASCII)
_KEYS: Final = frozenset(
    {
        "soort", "naam", "issuer", "client_id", "client_secret", "client_secret_file", "client_auth", "scope", "rollen",
        "relaties", "instellingen", "userinfo", "claims",
    }
)  # fmt: skip
_LOOPBACK: Final = frozenset({"localhost"})


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `name` stands in addresses, `naam` on pages.

    `claims` maps each of CLAIMS to its name there. `relaties`: somebody whose relation to the institution is told must have one
    of these; `instellingen`: only people of these. Both are empty for "whoever it is".
    """

    name: str
    naam: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    client_auth: str = "client_secret_basic"
    scope: str = "openid"
    rollen: tuple[str, ...] = ("leraar",)
    relaties: tuple[str, ...] = ()
    instellingen: tuple[str, ...] = ()
    userinfo: bool = True
    claims: Mapping[str, str] = field(default_factory=lambda: _PRESETS["anders"]["claims"])


def read_providers(files: str) -> tuple[tuple[Provider, ...], list[str]]:
    """Read the providers from files, with `:` between their paths, in that order; and every mistake, as Dutch sentences."""
    providers: dict[str, Provider] = {}
    problems: list[str] = []
    for file in filter(None, files.split(":")):
        for name, table in _tables(file, problems).items():
            if name in providers:
                problems.append(f"AANMELDEN: [{name}] staat er twee keer; geef elke aanbieder een eigen naam")
            found: list[str] = []
            provider = _provider(name, table, found)
            problems += [f"AANMELDEN: [{name}] {problem}" for problem in found]
            if provider and not found:
                providers[name] = provider
    return tuple(providers.values()), problems


def is_secure(address: str) -> bool:
    """Tell whether what is sent to an address stays between us: over https, or on this machine (tests, the demo)."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return bool(parts.hostname)
    return parts.scheme == "http" and _is_loopback(parts.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return host in _LOOPBACK or ip_address(host).is_loopback
    except ValueError:
        return False


def _tables(file: str, problems: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        problems.append(f"AANMELDEN: het bestand {file} is niet te lezen")
    except tomllib.TOMLDecodeError:
        # The message of the library repeats what stands there, and that may be a secret.
        problems.append(f"AANMELDEN: {file} is geen geldig TOML-bestand")
    return {}


def _provider(name: str, table: Any, problems: list[str]) -> Provider | None:
    if not _NAME.fullmatch(name) or not isinstance(table, dict):
        problems.append("is geen aanbieder; schrijf [naam] met kleine letters, en daaronder de gegevens")
        return None
    problems += [f"{key}: bestaat niet" for key in sorted(table.keys() - _KEYS)]
    soort = table.get("soort", "anders")
    if soort not in _PRESETS:
        problems.append(f"soort: kies uit {', '.join(_PRESETS)}")
        return None
    preset = _PRESETS[soort]
    return Provider(
        name=name,
        naam=_text(table, "naam", problems, preset.get("naam")),
        issuer=_issuer(table, problems),
        client_id=_text(table, "client_id", problems),
        client_secret=_secret(table, problems),
        client_auth=_one_of(table, "client_auth", AUTH_METHODS, problems),
        scope=_scope(table, problems),
        rollen=_roles(table, problems),
        relaties=_texts(table, "relaties", problems, preset["relaties"]),
        instellingen=_texts(table, "instellingen", problems, ()),
        userinfo=_flag(table, "userinfo", problems),
        claims=_claims(table, preset["claims"], problems),
    )


def _text(table: Mapping[str, Any], key: str, problems: list[str], default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str) or not value.strip():
        problems.append(f"{key}: ontbreekt of is geen tekst")
        return ""
    return value


def _texts(table: Mapping[str, Any], key: str, problems: list[str], default: tuple[str, ...]) -> tuple[str, ...]:
    values = table.get(key, default)
    if not isinstance(values, (list, tuple)) or not all(isinstance(value, str) and value for value in values):
        problems.append(f'{key}: geef een lijst van teksten, zoals ["employee"]')
        return ()
    return tuple(values)


def _flag(table: Mapping[str, Any], key: str, problems: list[str]) -> bool:
    value = table.get(key, True)
    if not isinstance(value, bool):
        problems.append(f"{key}: schrijf true of false")
    return bool(value)


def _one_of(table: Mapping[str, Any], key: str, choices: tuple[str, ...], problems: list[str]) -> str:
    value = table.get(key, choices[0])
    if value not in choices:
        problems.append(f"{key}: kies uit {', '.join(choices)}")
    return str(value)


def _issuer(table: Mapping[str, Any], problems: list[str]) -> str:
    issuer = _text(table, "issuer", problems)
    if issuer and (not is_secure(issuer) or urlsplit(issuer).query or urlsplit(issuer).fragment):
        problems.append("issuer: is geen adres met https:// (http:// mag alleen op deze machine)")
    return issuer


def _secret(table: Mapping[str, Any], problems: list[str]) -> str:
    file = table.get("client_secret_file")
    if file is None:
        return _text(table, "client_secret", problems)
    try:
        return Path(str(file)).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        problems.append(f"client_secret_file: het bestand {file} is niet te lezen")
        return ""


def _scope(table: Mapping[str, Any], problems: list[str]) -> str:
    scope = _text(table, "scope", problems, "openid")
    if "openid" not in scope.split():
        problems.append("scope: noem ook openid; anders vertelt de aanbieder niet wie zich aanmeldt")
    return scope


def _roles(table: Mapping[str, Any], problems: list[str]) -> tuple[str, ...]:
    roles = _texts(table, "rollen", problems, ("leraar",))
    if not roles or not set(roles) <= set(ROLES):
        problems.append(f"rollen: kies uit {', '.join(ROLES)}")
    return roles


def _claims(table: Mapping[str, Any], preset: Mapping[str, str], problems: list[str]) -> Mapping[str, str]:
    given = table.get("claims", {})
    if not isinstance(given, dict) or not all(key in CLAIMS and isinstance(name, str) for key, name in given.items()):
        problems.append(f"claims: noem van {', '.join(CLAIMS)} hoe de aanbieder ze noemt")
        return preset
    return MappingProxyType({**preset, **given})
