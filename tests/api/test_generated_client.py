"""A client that openapi-python-client makes of the committed document does an HR system's work over real HTTP."""

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import psycopg
import pytest

from register_service.access.clients import create_client
from register_service.access.models import ClientSoort
from register_service.core.context import set_context
from register_service.storage.kinds import MEDIATYPES
from tests.helpers.live import LiveServer

DOCUMENT = Path(__file__).parents[2] / "openapi" / "openapi.json"
PACKAGE = "lerarenregister_client"


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], ModuleType]]:
    """Generate the client and give what imports a part of it."""
    folder = tmp_path_factory.mktemp("generated")
    config = folder / "config.yml"
    # A file is a stream of bytes to it, whatever kind of file it is.
    streams = "".join(f"  {kind}: application/octet-stream\n" for kind in MEDIATYPES)
    config.write_text(f"post_hooks: []\ncontent_type_overrides:\n{streams}")
    command = ["generate", "--path", DOCUMENT, "--meta", "none", "--output-path", folder / PACKAGE, "--config", config]
    done = subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *command], capture_output=True, text=True, check=True
    )
    # A part of the document that it cannot use is a warning, and left out of the client.
    assert "WARNING" not in done.stdout + done.stderr
    sys.path.insert(0, str(folder))
    yield lambda name: importlib.import_module(f"{PACKAGE}.{name}")
    sys.path.remove(str(folder))


def _organisation_with_client(database_url: str) -> tuple[str, str]:
    with psycopg.connect(database_url) as connection:
        set_context(connection, actor="beheer:test", event="test", today=date(2026, 1, 1))
        connection.execute("insert into bestuur (nummer, naam) values ('41285', 'Bestuur A')")
        connection.execute("insert into school (brin, naam, sector, bestuur) values ('00DI', 'S', 'vo', '41285')")
        connection.execute(
            "insert into vestiging (code, brin, sector, naam, bestuur) values ('00DI01', '00DI', 'vo', 'V', '41285')"
        )
        made = create_client(connection, naam="HR", soort=ClientSoort.BESTUUR, bestuur="41285")
    assert made.client_secret is not None
    return made.client_id, made.client_secret


def _token(server: LiveServer) -> str:
    credentials = _organisation_with_client(server.settings.database_url)
    answer = httpx.post(f"{server.url}/oauth/token", data={"grant_type": "client_credentials"}, auth=credentials)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def test_it_registers_a_leraar_adds_an_aanstelling_and_reads_it_back(
    live_server: LiveServer, part: Callable[[str], ModuleType]
) -> None:
    models: Any = part("models")
    client = part("client").AuthenticatedClient(base_url=f"{live_server.url}/v1", token=_token(live_server))
    leraar = part("api.leraren.register_leraar").sync_detailed(
        client=client,
        body=models.LeraarInvoer(voornamen="Zoë Anne", achternaam="Proef", geboortedatum=date(1984, 5, 6)),
        idempotency_key="proef-1",
    )
    assert leraar.status_code == 201, leraar.content
    number = leraar.parsed.registratienummer
    added = part("api.aanstellingen.add_aanstelling").sync(
        number,
        client=client,
        body=models.AanstellingInvoer(
            vestiging="00DI01",
            functie="docent Duits",
            soort=models.AanstellingSoort.REGULIER,
            begindatum=date(2026, 8, 1),
            betrekkingsomvang=0.8125,
            reden_einde=None,
        ),
    )
    assert isinstance(added, models.Aanstelling), added
    found = part("api.aanstellingen.get_aanstelling").sync_detailed(number, added.id, client=client)
    assert found.parsed == added
    assert (found.parsed.betrekkingsomvang, found.parsed.bestuur) == (0.8125, "41285")
    whole = part("api.dossiers.get_dossier").sync(number, client=client)
    assert (whole.voornamen, whole.aanstellingen) == ("Zoë Anne", [added])

    _ends_it(client, part, models, number, found)


def _ends_it(client: Any, part: Callable[[str], ModuleType], models: Any, number: str, found: Any) -> None:
    end = part("api.aanstellingen.end_aanstelling")
    body = models.Beeindiging(einddatum=date(2027, 7, 31), reden_einde=models.RedenEinde.PENSIOEN)
    refused = end.sync_detailed(number, found.parsed.id, client=client, body=body, if_match='"een andere"')
    assert (refused.status_code, refused.parsed.code) == (400, "ongeldige-aanvraag")
    assert refused.parsed.errors[0].location == "/If-Match"
    ended = end.sync(number, found.parsed.id, client=client, body=body, if_match=found.headers["ETag"])
    assert (ended.einddatum, ended.reden_einde) == (date(2027, 7, 31), models.RedenEinde.PENSIOEN)
    history = part("api.aanstellingen.list_aanstelling_historie").sync(number, found.parsed.id, client=client)
    assert [entry.gebeurtenis for entry in history.items] == ["aanstelling.toegevoegd", "aanstelling.beeindigd"]
    assert history.items[1].toestand == ended
