"""What PostgreSQL builds is what the document says; `World.send` checks each answer, here every read is made to differ."""

import itertools
import json
from typing import Any

import pytest

from register_service.api.operation import Operation
from tests.api import world as w
from tests.api.routes import READS, name, path_of, readers
from tests.api.world import World

GETS = [operation for operation in READS if operation.method == "GET"]
DAYS = (None, "2019-12-31", "2020-08-01", "2024-01-01")


@pytest.mark.parametrize("operation", GETS, ids=name)
def test_every_read_at_every_time_is_as_documented(world: World, operation: Operation) -> None:
    ((moment,),) = world.query(
        "select to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ') from checkpoint"
    )
    moments = (None, moment, "2020-01-01T00:00:00Z")
    # What a validator is offered is about now.
    times = (DAYS, moments) if operation.query and "geldig_op" in operation.query.fields else ((None,), (None,))
    for who, number, day, at in itertools.product(readers(operation), (w.VOL, w.LEEG), *times):
        query = {key: value for key, value in (("geldigOp", day), ("beschikbaarOp", at)) if value}
        answer = world.send("GET", path_of(operation, registratienummer=number), who=who, query_string=query)
        assert answer.status_code in (200, 404)
        if operation.page and answer.status_code == 200:
            world.send(
                "GET", path_of(operation, registratienummer=number), who=who, query_string={**query, "limiet": 1}
            )


def test_the_parts_of_a_dossier_are_the_resources_themselves(world: World) -> None:
    base = f"/v1/leraren/{w.VOL}"
    dossier: Any = world.send("GET", f"{base}/dossier").json
    alone: Any = world.send("GET", base).json
    assert {key: dossier[key] for key in alone} == alone
    for part in ("bevoegdheden", "aanstellingen"):
        listed: Any = world.send("GET", f"{base}/{part}").json
        assert dossier[part] == listed["items"]
        assert len(dossier[part]) == 2
        for item in dossier[part]:
            assert world.send("GET", f"{base}/{part}/{item['id']}").json == item


def test_values_are_written_as_the_rules_ask(world: World) -> None:
    text = world.send("GET", f"/v1/leraren/{w.VOL}/dossier").text
    found = json.loads(text, parse_float=str)
    assert found["achternaam"] == 'Proefpersoon "Ünal" \\ Zn'
    assert [item["betrekkingsomvang"] for item in found["aanstellingen"]] == ["1.0000", "0.8125"]
    history: Any = world.send("GET", f"/v1/leraren/{w.LEEG}/historie").json
    assert history["items"][0]["tijdstip"].endswith("Z")
    assert history["items"][0]["toestand"]["roepnaam"] is None


def test_a_withdrawn_object_has_a_history_without_a_state(world: World) -> None:
    number = world.new_leraar()
    added = world.send("POST", f"/v1/leraren/{number}/aanstellingen", json=w.aanstelling())
    path = added.headers["Location"]
    assert world.send("DELETE", path, headers={"If-Match": added.headers["ETag"]}).status_code == 204
    history: Any = world.send("GET", f"{path}/historie").json
    assert [item["handeling"] for item in history["items"]] == ["aangemaakt", "verwijderd"]
    assert history["items"][1]["toestand"] is None
    assert history["items"][1]["verzegeldOp"] is None
