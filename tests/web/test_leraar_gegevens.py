"""The own data as a file: all of it, and of nobody else."""

from typing import Any

import pytest

from register_service.core.schema import camel_case
from register_service.tables import metadata
from tests.api import world as w
from tests.api.world import World
from tests.web.visitor import Visitor

# What the register keeps of a leraar beside the tables that the journal follows, and where it is in the file.
ELSEWHERE = {
    "access_log": "inzagen",
    # Worked out from what the journal follows.
    "inductiestand": "vandaag",
    "voortgangstand": "vandaag",
}


@pytest.fixture
def whole(visitor: Visitor) -> dict[str, Any]:
    """The file of the leraar of whom the world holds everything."""
    answer = visitor.signed_in(leraar=w.VOL).open("/mijn/gegevens.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="mijn-dossier.json"'
    assert answer.mimetype == "application/json"
    found: dict[str, Any] = answer.json  # type: ignore[assignment]
    return found


def _with_a_dossier() -> list[str]:
    return sorted(name for name, table in metadata.tables.items() if "leraar" in table.columns or name == "leraar")


@pytest.mark.parametrize("table", [name for name in _with_a_dossier() if name not in ELSEWHERE])
def test_every_row_of_every_table_with_a_dossier_is_in_it(world: World, whole: dict[str, Any], table: str) -> None:
    own = "registratienummer" if table == "leraar" else "leraar"
    rows = world.query(f"select id::text from {table} where {own} = %s", w.VOL)
    shown = {row["id"] for row in whole["dossier"].get(camel_case(table), [])}
    assert {identifier for (identifier,) in rows} <= shown


def test_the_world_has_something_in_nearly_every_one_of_them(world: World) -> None:
    empty = {
        table
        for table in _with_a_dossier()
        if table not in ("leraar", *ELSEWHERE)
        and not world.query(f"select 1 from {table} where leraar = %s limit 1", w.VOL)
    }
    # Nothing of these is in the world, so what is above says nothing of them; what follows does, of some.
    assert empty <= {"koppelcode", "account", "doorhaling", "koppeling"}


def test_links_and_accounts_are_in_it(world: World, visitor: Visitor) -> None:
    number = world.new_leraar()
    found: dict[str, Any] = visitor.signed_in(leraar=number).open("/mijn/gegevens.json").json  # type: ignore[assignment]
    assert [one["bestuur"] for one in found["dossier"]["koppeling"]] == [w.BESTUUR_A]
    assert [one["provider"] for one in found["dossier"]["account"]] == ["test"]


def test_everything_that_is_shown_to_a_leraar_is_in_it(world: World, visitor: Visitor, whole: dict[str, Any]) -> None:
    for name, path in (("registratie", "registratie"), ("voortgang", "voortgang")):
        assert whole["vandaag"][name] == world.send("GET", f"/v1/leraren/{w.VOL}/{path}", who="l").json
    world.send("GET", f"/v1/leraren/{w.VOL}")
    again: dict[str, Any] = visitor.open("/mijn/gegevens.json").json  # type: ignore[assignment]
    looks = world.send("GET", f"/v1/leraren/{w.VOL}/inzagen?limiet=500", who="l").json
    assert again["inzagen"] == looks["items"] and looks["items"]  # type: ignore[index]
    assert again["dossier"]["observatiescore"][0]["scores"]


def test_what_was_taken_away_is_not_in_it_and_what_changed_is_as_it_is_now(world: World, visitor: Visitor) -> None:
    number = world.new_leraar()
    paths = []
    for vak in ("duits", "frans"):
        added = world.send("POST", f"/v1/leraren/{number}/bevoegdheden", json=w.bevoegdheid(vak=vak))
        paths.append(added.headers["Location"])
    world.send("DELETE", paths[0], headers={"If-Match": world.etag(paths[0])})
    world.send("PATCH", paths[1], json={"instelling": "HAN"}, headers={"If-Match": world.etag(paths[1])})
    found: dict[str, Any] = visitor.signed_in(leraar=number).open("/mijn/gegevens.json").json  # type: ignore[assignment]
    assert [(one["vak"], one["instelling"]) for one in found["dossier"]["bevoegdheid"]] == [("frans", "HAN")]


def test_nobody_else_is_in_it(whole: dict[str, Any]) -> None:
    for table, rows in whole["dossier"].items():
        for row in rows:
            # Of a dossier that was merged into this one, too.
            owner = row.get("leraar") or row.get("registratienummer") or row.get("naar")
            assert owner in (w.VOL, w.SAMENGEVOEGD), table
