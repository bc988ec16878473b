"""Bewijsstukken of an activiteit: who adds, removes and reads them, and when (domain.md, Professionaliseringsactiviteit)."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from werkzeug.test import TestResponse

from tests.professionalisering.support import ALONE, Teacher, Validator, judging
from tests.storage import files
from tests.support import Refusal, at_once, code, on_day, the, whole

PDF, PNG = files.pdf(b"certificaat"), files.png(b"foto")
ABSENT = "01890000-0000-7000-8000-0000000000ff"


def content_of(teacher: Teacher, answer: TestResponse) -> TestResponse:
    """Follow a link, as anybody who has it."""
    assert answer.status_code == 200, answer.text
    return teacher.register.app.test_client().get("/bewijsstukken/" + the(answer)["url"].rpartition("/")[2])


def download(teacher: Teacher, path: str, who: str | None = None) -> TestResponse:
    """Ask for a link to a bewijsstuk."""
    return teacher.register.send("POST", f"{path}/_download", who=who or teacher.self_)


def test_a_bewijsstuk_is_added_listed_and_downloaded(teacher: Teacher) -> None:
    path = teacher.reported()
    added = teacher.upload(path, PDF, Bestandsnaam="Certificaat%20Zo%C3%AB.pdf")
    assert added.status_code == 201, added.text
    made = the(added)
    assert (made["mediatype"], made["grootte"], made["bestandsnaam"]) == (
        "application/pdf",
        len(PDF),
        "Certificaat Zoë.pdf",
    )
    assert made["sha256"] == hashlib.sha256(PDF).hexdigest()
    own = added.headers["Location"].removeprefix("/v1")
    assert the(teacher.register.get(own, teacher.self_)) == made
    assert the(teacher.register.get(f"{path}/bewijsstukken", teacher.self_)) == {"items": [made], "volgende": None}
    assert teacher.now(path)["bewijsstukken"] == [made]
    assert content_of(teacher, download(teacher, own)).data == PDF


def test_what_it_is_is_told_by_its_content(teacher: Teacher) -> None:
    path = teacher.reported()
    assert the(teacher.upload(path, PNG))["mediatype"] == "image/png"
    assert code(teacher.upload(path, b"%PDF-niet")) == "bewijsstuk-onvolledig"
    refused = teacher.upload(path, b"tekst")
    assert (refused.status_code, code(refused)) == (415, "bewijsstuk-soort")


def test_the_same_file_is_there_once_also_when_two_are_sent_at_once(teacher: Teacher) -> None:
    path, who = teacher.reported(), teacher.self_
    answers = at_once(*[lambda: teacher.upload(path, PDF, who)] * 3)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
    assert {code(answer) for answer in answers if answer.status_code == 409} == {"bewijsstuk-bestaat"}
    assert teacher.upload(teacher.reported(), PDF).status_code == 201


def test_at_most_20_of_one_activiteit(teacher: Teacher) -> None:
    path = teacher.reported()
    for number in range(20):
        teacher.proven(path, f"{number:064x}")
    refused = teacher.upload(path, PDF)
    assert (refused.status_code, code(refused)) == (409, "te-veel-bewijsstukken")


@pytest.mark.parametrize("status", ["ingediend", "goedgekeurd", "ingetrokken"])
def test_added_and_removed_only_while_it_is_concept_or_rejected(teacher: Teacher, status: str) -> None:
    path = teacher.reported()
    own = teacher.uploaded(path, PDF)
    teacher.do(path, "_indienen")
    if status == "goedgekeurd":
        Validator.at(teacher.register).judged(path)
    if status == "ingetrokken":
        teacher.do(path, "_intrekken")
    for refused in (teacher.upload(path, PNG), teacher.register.delete(own, teacher.self_)):
        assert Refusal.of(refused) == Refusal(409, "status-laat-dit-niet-toe")
    assert len(teacher.now(path)["bewijsstukken"]) == 1


def test_a_bewijsstuk_with_a_rejected_one_makes_it_concept_again(teacher: Teacher) -> None:
    path, validator = teacher.reported(), Validator.at(teacher.register)
    own = teacher.uploaded(path, PDF)
    teacher.do(path, "_indienen")
    validator.rejected(path)
    teacher.uploaded(path, PNG)
    assert teacher.now(path)["status"] == "concept"
    teacher.do(path, "_indienen")
    validator.rejected(path)
    assert teacher.register.delete(own, teacher.self_).status_code == 204
    now = teacher.now(path)
    assert (now["status"], now["afwijzing"], len(now["bewijsstukken"])) == ("concept", None, 1)


def test_one_that_is_removed_is_gone_and_known_of_in_the_past(teacher: Teacher) -> None:
    path = teacher.reported()
    own = teacher.uploaded(path, PDF)
    moment = teacher.register.seal()
    etag = teacher.register.get(own, teacher.self_).headers["ETag"]
    assert teacher.register.send("DELETE", own, who=teacher.self_).status_code == 428
    assert teacher.register.send("DELETE", own, who=teacher.self_, match='"anders"').status_code == 412
    assert teacher.register.send("DELETE", own, who=teacher.self_, match=etag).status_code == 204
    for address in (own, f"{own}/_download"):
        method = "POST" if address.endswith("_download") else "GET"
        assert teacher.register.send(method, address, who=teacher.self_).status_code == 404
    assert the(teacher.register.get(f"{path}/bewijsstukken", teacher.self_))["items"] == []
    past = the(teacher.register.get(f"{path}/bewijsstukken?beschikbaarOp={moment}", teacher.self_))["items"]
    assert [one["mediatype"] for one in past] == ["application/pdf"]


def test_the_bestuur_that_reported_it_and_the_leraar_both_add_bewijsstukken(teacher: Teacher) -> None:
    path = teacher.reported("a")
    teacher.uploaded(path, PDF, "a")
    teacher.uploaded(path, PNG)
    assert len(teacher.now(path, "a")["bewijsstukken"]) == 2


def test_nobody_else_does(teacher: Teacher) -> None:
    mine, theirs = teacher.reported(), teacher.reported("a")
    absent = teacher.path + f"/{ABSENT}"
    assert whole(teacher.upload(mine, PDF, "a")) == whole(teacher.upload(absent, PDF, "a"))
    assert teacher.upload(mine, PDF, "a").status_code == 404
    assert teacher.upload(theirs, PDF, "b").status_code == 404
    stranger = Teacher.at(teacher.register).self_
    assert teacher.upload(mine, PDF, stranger).status_code == 404
    teacher.do(mine, "_delen")
    assert code(teacher.upload(mine, PDF, "a")) == "door-ander-gemeld"
    assert teacher.register.rows("select count(*) from bewijsstuk") == [(0,)]


def test_a_bewijsstuk_is_read_with_its_activiteit_and_no_further(teacher: Teacher) -> None:
    path = teacher.reported()
    own = teacher.uploaded(path, PDF)
    moment = teacher.register.seal()

    def answers(who: str, own: str) -> list[tuple[int, list[tuple[str, str]], bytes]]:
        above = own.rpartition("/")[0]
        addresses = [("GET", own), ("GET", above), ("POST", f"{own}/_download")]
        addresses += [("GET", f"{one}?beschikbaarOp={moment}") for _, one in addresses[:2]]
        return [whole(teacher.register.send(method, address, who=who)) for method, address in addresses]

    absent = f"{teacher.path}/{ABSENT}/bewijsstukken/{ABSENT}"
    for who in ("a", "b"):
        assert answers(who, own) == answers(who, absent)
        assert {status for status, _, _ in answers(who, own)} == {404}
    teacher.do(path, "_delen")
    assert {status for status, _, _ in answers("b", own)} == {200}
    assert content_of(teacher, download(teacher, own, "b")).data == PDF
    teacher.register.post(f"{path}/_afschermen", None, teacher.self_)
    assert answers("b", own) == answers("b", absent)


def test_a_bewijsstuk_of_one_is_not_found_below_another(teacher: Teacher) -> None:
    own, other = teacher.uploaded(teacher.reported(), PDF), teacher.reported()
    moved = f"{other}/bewijsstukken/{own.rpartition('/')[2]}"
    assert teacher.register.get(moved, teacher.self_).status_code == 404
    assert download(teacher, moved).status_code == 404
    assert teacher.register.send("DELETE", moved, who=teacher.self_, match="*").status_code == 404


def test_that_a_link_was_asked_for_is_logged(teacher: Teacher) -> None:
    own = teacher.uploaded(teacher.reported("a"), PDF)
    mark = teacher.register.rows("select coalesce(max(id), 0) from access_log")[0][0]
    download(teacher, own, "a")
    looked = teacher.register.rows("select leraar, actor, parts from access_log where id > %s", mark)
    assert looked == [(teacher.number, "client:a", ["bewijsstukken/inhoud"])]


def test_a_link_works_for_five_minutes(teacher: Teacher) -> None:
    answer = download(teacher, teacher.uploaded(teacher.reported(), PDF))
    assert content_of(teacher, answer).status_code == 200
    with on_day(2026, 9, 2):
        assert content_of(teacher, answer).status_code == 404


def test_a_validator_reads_them_under_a_name_that_is_not_the_senders(teacher: Teacher) -> None:
    path = teacher.reported()
    own = teacher.uploaded(path, PDF, Bestandsnaam="Zoektocht.pdf")
    validator, key = Validator.at(teacher.register), own.rpartition("/")[2]
    listed = f"{judging(path)}/bewijsstukken"
    asked = partial(validator.register.send, "POST", f"{listed}/{key}/_download", who=validator.who)
    assert validator.register.get(listed, validator.who).status_code == 404
    assert asked().status_code == 404
    teacher.do(path, "_indienen")
    (item,) = the(validator.register.get(listed, validator.who))["items"]
    assert set(item) == {"id", "sha256", "mediatype", "grootte"}
    found = content_of(teacher, asked())
    assert found.data == PDF
    assert "Zoektocht" not in found.headers["Content-Disposition"]
    looked = teacher.register.rows("select leraar, actor from access_log where parts = '{bewijsstukken/inhoud}'")
    assert looked == [(teacher.number, f"validator:{validator.number}")]


def test_who_may_not_judge_it_reads_no_bewijsstuk_of_it(teacher: Teacher) -> None:
    path = teacher.reported()
    own = teacher.uploaded(path, PDF)
    teacher.do(path, "_indienen")
    oneself = Validator(teacher.register, teacher.number)
    listed = f"{judging(path)}/bewijsstukken"
    assert oneself.register.get(listed, oneself.who).status_code == 404
    address = f"{listed}/{own.rpartition('/')[2]}/_download"
    assert oneself.register.send("POST", address, who=oneself.who).status_code == 404


def test_an_upload_repeated_with_its_key_is_one_bewijsstuk(teacher: Teacher) -> None:
    path = teacher.reported("a")
    headers = {"Idempotency-Key": "bewijs"}
    first, second = (teacher.upload(path, PDF, "a", **headers) for _ in range(2))
    assert (first.status_code, first.data) == (second.status_code, second.data)
    assert code(teacher.upload(path, PNG, "a", **headers)) == "idempotency-key-hergebruikt"


def test_of_the_last_bewijsstuk_removed_and_its_activiteit_submitted_at_once_one_comes_first(teacher: Teacher) -> None:
    for _ in range(5):
        path = teacher.reported(**ALONE)
        own, who = teacher.uploaded(path, PDF), teacher.self_
        send: Callable[..., TestResponse] = partial(teacher.register.send, who=who, match="*")
        removed, submitted = at_once(partial(send, "DELETE", own), partial(send, "POST", f"{path}/_indienen"))
        assert (removed.status_code, submitted.status_code) in ((204, 409), (409, 200))
        now = teacher.now(path)
        assert (now["status"], len(now["bewijsstukken"])) == (
            ("concept", 0) if removed.status_code == 204 else ("ingediend", 1)
        )


def test_a_file_sent_while_its_activiteit_is_submitted_is_not_slipped_in(teacher: Teacher) -> None:
    path, who = teacher.reported(), teacher.self_
    key = path.rpartition("/")[2]
    waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    with ThreadPoolExecutor(1) as pool:
        with teacher.register.owner() as holder:
            holder.execute(
                "update activiteit set status = 'ingediend', ingediend_op = '2026-09-01' where id = %s", (key,)
            )
            sent = pool.submit(teacher.upload, path, PDF, who)
            while not teacher.register.rows(waiting):
                assert not sent.done()
        assert Refusal.of(sent.result()) == Refusal(409, "status-laat-dit-niet-toe")
    assert teacher.register.rows("select count(*) from bewijsstuk") == [(0,)]
