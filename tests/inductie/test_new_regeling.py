"""A regeling that is added by command: trajecten that are still to start go on with it, all others keep theirs."""

import pytest
from click.testing import CliRunner

from register_service.cli.main import cli
from tests.inductie.support import Starter
from tests.support import on_day


@pytest.fixture
def planned(starter: Starter) -> Starter:
    """A traject that starts on 1 December 2026."""
    return starter.started(startdatum="2026-12-01")


def add(starter: Starter, *figures: str, vanaf: str, sector: str = "vo") -> None:
    """Add a regeling by command."""
    arguments = ["regeling", "add", *figures, "--sector", sector, "--vanaf", vanaf, "--reden", "cao 2027"]
    environment = {"DATABASE_URL": starter.register.settings.database_url}
    done = CliRunner().invoke(cli, arguments, env=environment)
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize(("vanaf", "end"), [("2026-12-01", "2028-11-30"), ("2026-12-02", "2029-11-30")])
def test_what_starts_on_its_first_day_goes_on_with_it_and_what_started_before_does_not(
    planned: Starter, vanaf: str, end: str
) -> None:
    add(planned, "normduurMaanden=24", vanaf=vanaf)
    assert planned.now()["verwachteEinddatum"] == end
    ((regeling, begin),) = planned.register.rows(
        "select t.regeling::text, r.geldig_vanaf <= t.startdatum and t.startdatum <= coalesce(r.geldig_tot, 'infinity') "
        "from inductietraject t join regeling r on r.id = t.regeling"
    )
    assert (planned.now()["regeling"], begin) == (regeling, True)


def test_a_regeling_changed_before_its_first_day_is_followed_again(planned: Starter) -> None:
    add(planned, "normduurMaanden=24", vanaf="2026-11-01")
    add(planned, "normduurMaanden=30", vanaf="2026-11-01")
    assert planned.now()["verwachteEinddatum"] == "2029-05-31"


def test_another_sector_is_left_alone(planned: Starter) -> None:
    before = planned.now()
    add(planned, "normduurMaanden=24", vanaf="2026-11-01", sector="po")
    assert planned.now() == before


def test_a_traject_that_runs_keeps_its_figures_for_ever(starter: Starter) -> None:
    starter.started()
    add(starter, "normduurMaanden=24", vanaf="2026-10-01")
    with on_day(2026, 11, 1):
        assert starter.now()["verwachteEinddatum"] == "2027-07-31"
