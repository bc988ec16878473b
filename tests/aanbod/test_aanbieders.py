"""Aanbieders over the API and on the command line."""

import json

import pytest
from click.testing import CliRunner

from register_service.cli.main import cli
from tests.aanbod.offering import KVK, OTHER_KVK
from tests.support import Refusal, Register, at_once, the

AANBIEDER = {"kvkNummer": KVK, "naam": "Stichting Proefscholing"}


def add(register: Register, who: str = "k", **fields: object) -> str:
    answer = register.post("/aanbieders", {**AANBIEDER, **fields}, who)
    assert answer.status_code == 201, answer.text
    return answer.headers["Location"].removeprefix("/v1")


def test_the_keeper_adds_one_and_everybody_who_calls_reads_it(register: Register) -> None:
    path = add(register, internetadres="https://proef.example")
    found = the(register.get(path, "a"))
    assert found == {**AANBIEDER, "id": found["id"], "internetadres": "https://proef.example"}
    assert register.get(path, register.as_aanbieder(OTHER_KVK)).status_code == 200


def test_an_aanbieder_is_there_once(register: Register) -> None:
    add(register)
    again = register.post("/aanbieders", {**AANBIEDER, "naam": "Een ander"}, "k")
    assert Refusal.of(again) == Refusal(409, "aanbieder-bestaat")


def test_two_at_once_are_one(register: Register) -> None:
    answers = at_once(*[lambda: register.post("/aanbieders", AANBIEDER, "k")] * 2)
    assert sorted(answer.status_code for answer in answers) == [201, 409]


@pytest.mark.parametrize("number", ["1234567", "123456789", "12 345678", "1234567a", "１２３４５６７８"])
def test_a_kvk_nummer_is_eight_digits(register: Register, number: str) -> None:
    answer = register.post("/aanbieders", {**AANBIEDER, "kvkNummer": number}, "k")
    assert answer.status_code == 400
    assert the(answer)["errors"][0]["location"] == "/kvkNummer"


def test_eight_zeros_are_nobodys(register: Register) -> None:
    answer = register.post("/aanbieders", {**AANBIEDER, "kvkNummer": "00000000"}, "k")
    assert Refusal.of(answer) == Refusal(400, "kvk-nummer-onbekend", "/kvkNummer")


def test_only_the_keeper_keeps_them(register: Register) -> None:
    path = add(register)
    who = register.as_aanbieder(KVK)
    assert Refusal.of(register.post("/aanbieders", AANBIEDER, who)) == Refusal(403, "geen-toestemming")
    assert Refusal.of(register.change(path, {"naam": "Ander"}, who)) == Refusal(403, "geen-toestemming")


def test_a_change_is_kept_with_what_was(register: Register) -> None:
    path = add(register)
    assert the(register.change(path, {"naam": "Nieuwe naam"}, "k"))["naam"] == "Nieuwe naam"
    names = [item["toestand"]["naam"] for item in the(register.get(f"{path}/historie"))["items"]]
    assert names == ["Stichting Proefscholing", "Nieuwe naam"]
    assert Refusal.of(register.change(path, {}, "k")) == Refusal(400, "niets-te-wijzigen", "")


def test_the_kvk_nummer_stays(register: Register) -> None:
    answer = register.change(add(register), {"kvkNummer": OTHER_KVK}, "k")
    assert Refusal.of(answer) == Refusal(400, "onbekend-veld", "/kvkNummer")


def test_one_is_found_by_kvk_nummer(register: Register) -> None:
    add(register)
    add(register, kvkNummer=OTHER_KVK, naam="De andere")
    found = the(register.get(f"/aanbieders?kvkNummer={OTHER_KVK}"))["items"]
    assert [item["naam"] for item in found] == ["De andere"]
    assert len(the(register.get("/aanbieders"))["items"]) == 2


@pytest.fixture
def run(register: Register, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line, over the database of the register."""
    monkeypatch.setenv("DATABASE_URL", register.settings.database_url)
    return CliRunner()


def test_the_command_adds_one_once(register: Register, run: CliRunner) -> None:
    command = ["aanbieder", "add", KVK, "Stichting Proefscholing", "--reden", "aangemeld"]
    first, again = run.invoke(cli, command), run.invoke(cli, command)
    assert (first.exit_code, again.exit_code) == (0, 0), first.output
    assert "toegevoegd" in first.output and "niets gewijzigd" in again.output
    other = run.invoke(cli, ["aanbieder", "add", KVK, "Een ander"])
    assert other.exit_code == 1 and "Stichting Proefscholing" in other.output
    rows = register.rows("select actor, event, reason from journal where table_name = 'aanbieder'")
    assert rows == [("beheer:cli", "aanbieder.toegevoegd", "aangemeld")]


@pytest.mark.parametrize("number", ["123", "00000000"])
def test_the_command_refuses_what_is_no_kvk_nummer(register: Register, run: CliRunner, number: str) -> None:
    answer = run.invoke(cli, ["aanbieder", "add", number, "Proef"])
    assert answer.exit_code == 1 and "KvK-nummer" in answer.output
    assert register.rows("select count(*) from aanbieder") == [(0,)]


def test_the_command_lists_them(register: Register, run: CliRunner) -> None:
    add(register)
    listed = json.loads(run.invoke(cli, ["aanbieder", "list"]).output)
    assert [(item["kvkNummer"], item["naam"]) for item in listed] == [(KVK, "Stichting Proefscholing")]
