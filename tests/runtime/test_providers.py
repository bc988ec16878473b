"""AANMELDEN: the providers through which people sign in, and every mistake in their files at once."""

from pathlib import Path

import pytest

from register_service.providers import Provider, is_secure, read_providers
from register_service.settings import ConfigurationError, load_settings

URL = "postgresql://eigenaar:geheim@db.voorbeeld.nl/register"
ENTREE = """
[entree]
soort = "entree"
issuer = "https://entree.example"
client_id = "register"
client_secret = "geheim"
"""
OTHERS = """
[surf]
soort = "surfconext"
issuer = "https://surf.example"
client_id = "register"
client_secret_file = "{secret}"
rollen = ["leraar", "auditor"]
scope = "openid profile"

[eigen]
naam = "Onze eigen aanmelding"
issuer = "http://127.0.0.1:9000"
client_id = "x"
client_secret = "y"
client_auth = "client_secret_post"
userinfo = false
instellingen = ["00AA00"]
relaties = ["employee"]
claims = {{ subject = "uid", eck_id = "keten" }}
"""


def write(folder: Path, text: str, name: str = "aanmelden.toml") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_without_the_setting_there_are_none() -> None:
    assert load_settings({"DATABASE_URL": URL}).providers == ()


def test_several_from_several_files_in_order(tmp_path: Path) -> None:
    secret = write(tmp_path, "uit een bestand\n", "geheim")
    files = f"{write(tmp_path, ENTREE)}:{write(tmp_path, OTHERS.format(secret=secret), 'anders.toml')}"
    entree, surf, own = load_settings({"DATABASE_URL": URL, "AANMELDEN": files}).providers
    assert (entree.name, entree.naam, entree.rollen) == ("entree", "Entree Federatie", ("leraar",))
    assert entree.claims["eck_id"] == "eckId" and entree.claims["instelling"] == "nlEduPersonHomeOrganizationId"
    assert "student" not in entree.relaties and "employee" in entree.relaties
    assert (surf.naam, surf.client_secret, surf.rollen) == ("SURFconext", "uit een bestand", ("leraar", "auditor"))
    assert surf.claims["subject"] == "sub"
    assert own == Provider(
        "eigen", "Onze eigen aanmelding", "http://127.0.0.1:9000", "x", "y", "client_secret_post", "openid", ("leraar",),
        ("employee",), ("00AA00",), False,
        {"subject": "uid", "eck_id": "keten", "instelling": "instelling", "relatie": "relatie"},
    )  # fmt: skip


def test_every_mistake_is_told_by_provider_and_name_and_no_secret(tmp_path: Path) -> None:
    wrong = write(
        tmp_path,
        """
losse = "waarde"

[Entree]
soort = "entree"

[een]
issuer = "http://elders.example"
client_secret = "zeer-geheim"
client_auth = "private_key_jwt"
rollen = ["beheer"]
scope = "profile"
userinfo = "ja"
relaties = "employee"
claims = { bsn = "bsn" }
kleur = "rood"

[twee]
soort = "google"
""",
    )
    with pytest.raises(ConfigurationError) as caught:
        load_settings({"DATABASE_URL": URL, "AANMELDEN": wrong})
    told = "\n".join(caught.value.problems)
    assert "zeer-geheim" not in told
    for name in ("[losse]", "[Entree]", "[twee] soort"):
        assert f"AANMELDEN: {name}" in told
    for name in (
        "naam",
        "issuer",
        "client_id",
        "client_auth",
        "rollen",
        "scope",
        "userinfo",
        "relaties",
        "claims",
        "kleur",
    ):
        assert f"AANMELDEN: [een] {name}: " in told, name


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "niet te lezen"),
        ("[een", "geen geldig TOML-bestand"),
        (ENTREE.replace('client_secret = "geheim"', 'client_secret_file = "/bestaat/niet"'), "client_secret_file"),
        (ENTREE.replace('"https://entree.example"', "7"), "issuer"),
        (ENTREE.replace("https://entree.example", "https://entree.example?x=1"), "issuer"),
    ],
    ids=["absent", "no toml", "no secret", "no text", "query"],
)
def test_a_file_that_is_wrong(tmp_path: Path, text: str | None, told: str) -> None:
    file = str(tmp_path / "er-is-niets.toml") if text is None else write(tmp_path, text)
    providers, problems = read_providers(file)
    assert providers == () and any(told in problem for problem in problems)


def test_a_name_stands_for_one_provider(tmp_path: Path) -> None:
    files = f"{write(tmp_path, ENTREE)}:{write(tmp_path, ENTREE, 'nog-eens.toml')}"
    assert read_providers(files)[1] == ["AANMELDEN: [entree] staat er twee keer; geef elke aanbieder een eigen naam"]


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    (provider,), _ = read_providers(write(tmp_path, ENTREE))
    assert "geheim" not in repr(provider)


@pytest.mark.parametrize("address", ["https://a.example", "http://127.0.0.1:1", "http://localhost/x", "http://[::1]:2"])
def test_addresses_that_stay_between_us(address: str) -> None:
    assert is_secure(address)


@pytest.mark.parametrize("address", ["http://a.example", "http://127.0.0.1.a.example", "ftp://a", "https://", "x", ""])
def test_addresses_that_do_not(address: str) -> None:
    assert not is_secure(address)
