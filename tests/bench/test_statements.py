"""How often PostgreSQL is asked: a read is one round trip of two statements, who the caller is and the read itself."""

import itertools
from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient

from bench import data
from register_service.access.scopes import GRANTABLE
from register_service.app import create_app
from register_service.journal.checkpoints import format_moment
from register_service.journal.keys import load_or_create_key
from register_service.journal.sealer import become_sealer, seal_once
from register_service.settings import Settings
from tests.bench.wiretap import Traffic, Wiretap, wiretap

PERSON, OTHER = data.numbers(2)
_DAYS = itertools.count(1)
READ = Traffic(statements=2, round_trips=1)
READS = (
    f"/v1/leraren/{PERSON}/dossier",
    f"/v1/leraren/{PERSON}",
    f"/v1/leraren/{PERSON}/historie",
    f"/v1/leraren/{PERSON}/bevoegdheden",
    f"/v1/leraren/{PERSON}/aanstellingen",
    "/v1/leraren",
    "/v1/leraren?vestiging=00AA01",
    "/v1/leraren?geldigOp=2025-01-01",
    "/v1/aanstellingen",
    "/v1/aanstellingen?vestiging=00AA01",
    "/v1/inductietrajecten",
    "/v1/inductietrajecten?status=lopend&achterstallig=alles&verwachteEinddatumVoor=2027-02-01",
    "/v1/inductietrajecten/_aantallen",
    "/v1/besturen",
    "/v1/scholen",
    "/v1/vestigingen",
    "/v1/vestigingen/00AA01",
    "/v1/partnerschappen",
)


@pytest.fixture
def http(settings: Settings) -> Iterator[tuple[FlaskClient, Wiretap]]:
    """A client of a bestuur with three leraren, and the wire behind it."""
    data.fill(settings.database_url, 3)
    with wiretap() as tap:
        app = create_app(settings)
        token = app.extensions["register"].authority.issue_token(
            client_id=data.BIG.client_id, role=data.BIG.role, bestuur=data.BIG.bestuur, scopes=GRANTABLE
        )
        client = app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        # The first of each also makes a connection, and asks for the figures of the regeling, once a minute.
        assert client.get("/v1/leraren").status_code == 200
        assert client.post(f"/v1/leraren/{OTHER}/aanstellingen", json=_aanstelling()).status_code == 201
        tap.traffic()
        yield client, tap


def test_a_read_is_one_round_trip(http: tuple[FlaskClient, Wiretap]) -> None:
    client, tap = http
    for path in READS:
        answer = client.get(path)
        assert (path, answer.status_code, tap.traffic()) == (path, 200, READ)


def test_a_search_is_one_round_trip(http: tuple[FlaskClient, Wiretap]) -> None:
    client, tap = http
    answer = client.post("/v1/leraren/_zoek", json={"achternaam": "Smit"})
    assert (answer.status_code, tap.traffic()) == (200, READ)


def test_reading_the_past_is_one_round_trip_that_also_asks_what_is_sealed(
    http: tuple[FlaskClient, Wiretap], settings: Settings
) -> None:
    client, tap = http
    with psycopg.connect(settings.database_url) as connection:
        assert become_sealer(connection)
        seal_once(connection, load_or_create_key(settings.key_dir))
        ((moment,),) = connection.execute("select sealed_until from seal_horizon").fetchall()
    answer = client.get(f"/v1/leraren/{PERSON}/dossier?beschikbaarOp={format_moment(moment)}")
    assert (answer.status_code, tap.traffic()) == (200, Traffic(statements=3, round_trips=1))


def _aanstelling() -> dict[str, object]:
    day = f"2010-01-{next(_DAYS):02d}"
    return {
        "vestiging": "00AA09", "functie": "docent", "soort": "regulier", "begindatum": day, "einddatum": day,
        "betrekkingsomvang": 0.5,
    }  # fmt: skip


def test_adding_an_aanstelling_takes_five_statements_in_five_round_trips(http: tuple[FlaskClient, Wiretap]) -> None:
    # BEGIN; the caller; the vestiging, for the rules; the row with its journal, the log and the answer; COMMIT.
    client, tap = http
    found = []
    for _ in range(20):
        assert client.post(f"/v1/leraren/{PERSON}/aanstellingen", json=_aanstelling()).status_code == 201
        found.append(tap.traffic())
    assert {traffic.statements for traffic in found} == {5}
    # Once on every connection, psycopg takes a round trip more to prepare what comes often.
    assert found[-1].round_trips == 5


def test_an_idempotency_key_takes_two_statements_more(http: tuple[FlaskClient, Wiretap]) -> None:
    client, tap = http
    answer = client.post(
        f"/v1/leraren/{PERSON}/aanstellingen", json=_aanstelling(), headers={"Idempotency-Key": "bench-1"}
    )
    assert (answer.status_code, tap.traffic()) == (201, Traffic(statements=7, round_trips=7))
