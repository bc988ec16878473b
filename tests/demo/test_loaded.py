"""The whole demo region in a real database: everything journaled, and loaded once."""

from register_service.demo.load import load_demo
from register_service.demo.region import BESTUREN, DEMO_HR_BESTUUR, PARTNERSCHAPPEN
from register_service.inductie.models import FACTS
from tests.demo.conftest import Loaded

TABLES = (
    "leraar", "bevoegdheid", "aanstelling", "bestuur", "deelname", "partnerschap", "school", "vestiging", "inductietraject",
    *(fact.__tablename__ for fact in FACTS),
    "aanbieder", "aanbod", "activiteit", "registratieperiode", "uitstel", "doorhaling", "bericht", "verificatietoestemming",
    "client",
)  # fmt: skip


def count(loaded: Loaded, table: str, condition: str = "true") -> int:
    """Count rows."""
    return loaded.one(f"select count(*) from {table} where {condition}")


def test_the_region_is_there(loaded: Loaded) -> None:
    assert (count(loaded, "leraar"), count(loaded, "bestuur")) == (5_000, len(BESTUREN))
    assert (count(loaded, "partnerschap"), count(loaded, "vestiging")) == (len(PARTNERSCHAPPEN), 8_625)
    assert count(loaded, "vestiging", f"bestuur = '{DEMO_HR_BESTUUR}'") == 20
    assert count(loaded, "vestiging", "bestuur is not null and sector in ('po', 'so')") > 200
    assert count(loaded, "vestiging", "gesloten_op is not null") == 0
    assert 1_100 <= count(loaded, "inductietraject") <= 1_300


def test_every_row_is_journaled_and_every_change(loaded: Loaded) -> None:
    inserted = count(loaded, "journal", "event = 'demo.load' and action = 'insert'")
    assert inserted == sum(count(loaded, table) for table in TABLES)
    withdrawn = count(loaded, "activiteit", "status = 'ingetrokken'")
    assert count(loaded, "journal", "event = 'demo.load'") == inserted + withdrawn


def test_every_step_is_told(loaded: Loaded) -> None:
    for words in (
        "5000 leraren met",
        "inductietrajecten vastgelegd",
        "activiteiten en registraties maken",
        "activiteiten en",
        "keer dat iemand in een dossier keek",
    ):
        assert any(words in line for line in loaded.lines), words


def test_what_is_there_is_not_loaded_again(loaded: Loaded) -> None:
    before = count(loaded, "journal")
    assert load_demo(loaded.connection, loaded.lines.append) is False
    assert count(loaded, "journal") == before
