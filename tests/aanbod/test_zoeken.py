"""Searching the catalogue in Dutch: inflections, diacritics, order, pages."""

from typing import Any

import psycopg
import pytest

from tests.aanbod.offering import Offering, offering
from tests.support import Register, the

# One word to whoever searches, each of which PostgreSQL's stemmer alone keeps apart or keeps together.
_PAIRS = """
cursus/cursussen opleiding/opleidingen toets/toetsen proces/processen les/lessen creatief/creatieve studie/studies
conferentie/conferenties studiedag/studiedagen leraar/leraren leraar/leraars vak/vakken taal/talen gesprek/gesprekken
methode/methodes café/cafés foto/foto's programma/programma's proef/proeven keuze/keuzes prijs/prijzen klas/klassen
congres/congressen succes/successen mens/mensen digitaal/digitale school/scholen workshop/workshops training/trainingen
begeleider/begeleiders hoogbegaafd/hoogbegaafde pedagogisch/pedagogische crème/creme façade/facade groep/groepen idee/ideeën
strategie/strategieën competentie/competenties analyse/analyses bevoegdheid/bevoegdheden plan/plannen collega/collega's
lezing/lezingen huis/huizen visie/visies coördinatie/coordinatie CURSUS/cursussen
"""
ALIKE = [pair.split("/") for pair in _PAIRS.split()]
APART = ["les/lezen", "taal/tol", "cursus/curve", "toets/toestel", "kind/kunde"]


@pytest.fixture
def offers(register: Register) -> Offering:
    """Two aanbieders and a validator."""
    return offering(register)


def matches(register: Register, text: str, question: str) -> bool:
    with psycopg.connect(register.settings.database_url) as connection:
        row = connection.execute(
            "select to_tsvector('dutch', zoekvorm(%s)) @@ websearch_to_tsquery('dutch', zoekvorm(%s))", (text, question)
        ).fetchone()
    assert row is not None
    return bool(row[0])


def test_inflections_are_one_word_both_ways(register: Register) -> None:
    assert [pair for pair in ALIKE if not matches(register, *pair)] == []
    assert [pair for pair in ALIKE if not matches(register, *reversed(pair))] == []


@pytest.mark.parametrize("pair", APART)
def test_other_words_stay_other_words(register: Register, pair: str) -> None:
    assert not matches(register, *pair.split("/"))


def test_an_inflected_word_finds_it(offers: Offering) -> None:
    offers.validated(titel="Een cursus formatief handelen")
    offers.validated(titel="Klassenmanagement")
    assert offers.found("zoek=cursussen") == ["Een cursus formatief handelen"]
    assert offers.found("zoek=formatieve+cursus") == ["Een cursus formatief handelen"]


def test_diacritics_and_case_do_not_matter(offers: Offering) -> None:
    offers.validated(titel="Creatieve coördinatie met crème")
    for question in ("COORDINATIE", "coördinatie", "crème", "creme", "créatieve"):
        assert offers.found(f"zoek={question}"), question


def test_the_omschrijving_is_searched_too_and_the_titel_goes_first(offers: Offering) -> None:
    offers.validated(titel="Iets anders", omschrijving="Over rekenen met breuken")
    offers.validated(titel="Rekenen met breuken", omschrijving=None)
    assert offers.found("zoek=breuken") == ["Rekenen met breuken", "Iets anders"]


def test_quotes_minus_and_or(offers: Offering) -> None:
    for title in ("Lezen en schrijven", "Schrijven, daarna lezen", "Rekenen"):
        offers.validated(titel=title, omschrijving=None)
    assert offers.found('zoek="lezen en schrijven"') == ["Lezen en schrijven"]
    assert offers.found("zoek=schrijven+-daarna") == ["Lezen en schrijven"]
    assert sorted(offers.found("zoek=rekenen+or+daarna")) == ["Rekenen", "Schrijven, daarna lezen"]


@pytest.mark.parametrize(
    "question", ["de het een", "!!!", '"', "-", "a & b | !c <-> (", "\\", "%25", "' or 1=1 --", ":*"]
)
def test_any_text_is_a_question(offers: Offering, question: str) -> None:
    offers.validated()
    answer = offers.register.app.test_client().get(
        "/v1/aanbod", query_string={"zoek": question}, headers={"Authorization": "Bearer a"}
    )
    assert answer.status_code == 200


def test_a_search_filters_as_the_list_does(offers: Offering) -> None:
    offers.validated(titel="Cursus een")
    offers.validated(titel="Cursus twee", soort="studiedag")
    offers.added(titel="Cursus drie", soort="studiedag")
    assert offers.found("zoek=cursus&soort=studiedag") == ["Cursus twee"]
    assert offers.found("zoek=cursus", offers.other) == []


def _walk(offers: Offering, query: str, limiet: int) -> list[str]:
    seen: list[str] = []
    cursor: Any = None
    while cursor is not None or not seen:
        more = f"&cursor={cursor}" if cursor else ""
        body = the(offers.register.get(f"/aanbod?{query}&limiet={limiet}{more}", "a"))
        seen += [item["titel"] for item in body["items"]]
        cursor = body["volgende"]
    return seen


def test_pages_of_a_search_give_everything_once_in_one_order(offers: Offering) -> None:
    # Of the first five each fits as well as the others.
    for n in range(5):
        offers.validated(titel=f"Cursus nummer {n}", omschrijving=None)
    for n in range(4):
        offers.validated(titel=f"Iets {n}", omschrijving="cursus " * n + "anders")
    whole = offers.found("zoek=cursus&limiet=500")
    assert len(whole) == 8
    for limiet in (1, 2, 3):
        assert _walk(offers, "zoek=cursus", limiet) == whole


def test_a_cursor_of_the_list_is_no_trouble_in_a_search_and_the_other_way_round(offers: Offering) -> None:
    for n in range(3):
        offers.validated(titel=f"Cursus {n}")
    for first, second in (("", "zoek=cursus"), ("zoek=cursus", "")):
        cursor = the(offers.register.get(f"/aanbod?limiet=1&{first}", "a"))["volgende"]
        assert offers.register.get(f"/aanbod?cursor={cursor}&{second}", "a").status_code == 200


def test_the_past_is_searched_as_the_present(offers: Offering) -> None:
    path = offers.validated(titel="Een cursus")
    moment = offers.register.seal()
    offers.register.change(path, {"titel": "Een conferentie"}, offers.who)
    offers.judge(path)
    offers.register.seal()
    assert offers.found(f"zoek=cursussen&beschikbaarOp={moment}") == ["Een cursus"]
    assert offers.found("zoek=cursussen") == []
    assert offers.found("zoek=conferenties") == ["Een conferentie"]
