"""Schemathesis makes up requests from the committed document: no answer is a 5xx, and none is outside the document."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from register_service.api.operation import Operation
from tests.api import activiteiten, catalogus, koppelcodes, registraties, trajecten
from tests.api import world as w
from tests.api.routes import OPERATIONS, name, owner
from tests.api.world import World
from tests.storage import files

DOCUMENT = Path(__file__).parents[2] / "openapi" / "openapi.json"
schema = schemathesis.openapi.from_path(DOCUMENT)
schema.config.generation.update(deterministic=True, database="none")
# Whole files, one that is cut off, one that is none.
schemathesis.openapi.media_type(
    "application/pdf",
    st.sampled_from([files.pdf(), files.png(), files.pdf(b"x")[:-9], b"tekst"]),
    aliases=["image/png", "image/jpeg"],
)

# Who may do what.
_OWNERS = {name(operation): owner(operation) for operation in OPERATIONS}
_answered: defaultdict[str, set[int]] = defaultdict(set)
_KNOWN = {
    "registratienummer": w.VOL,
    "bestuursnummer": w.BESTUUR_A,
    "brin": "00AA",
    "vestigingscode": "00AA00",
    "naam": "gegevenskwaliteit",
}
# A cursor, a code of the register, a day in the past: rules that a schema cannot say refuse many a request that it allows.
schema.config.checks.positive_data_acceptance.enabled = False
# If-Match has a status of its own (RFC 6585).
schema.config.checks.missing_required_header.expected_statuses = ["400", "428"]


def _id(path: str) -> str:
    if "inductietrajecten" in path:
        return trajecten.TRAJECT
    for part, known in (
        ("partnerschappen", w.PARTNERSCHAP),
        ("bevoegdheden", w.BEVOEGDHEID),
        ("regelingen", w.REGELING),
    ):
        if part in path:
            return known
    return w.AANSTELLING


# What an earlier operation took away or used up: each begins with the world as it was.
_RESTORED = f"""
delete from idempotency_key;
update leraar set eck_id = null;
delete from aanstelling where leraar = '{w.VOL}';
delete from bevoegdheid where leraar = '{w.VOL}';
insert into bevoegdheid (id, leraar, soort, vak, behaald_op, verificatie)
    values ('{w.BEVOEGDHEID}', '{w.VOL}', 'eerstegraads', 'engels', '2010-07-01', 'niet-geverifieerd');
insert into aanstelling (id, leraar, bestuur, vestiging, functie, soort, begindatum, betrekkingsomvang)
    values ('{w.AANSTELLING}', '{w.VOL}', '{w.BESTUUR_A}', '00AA00', 'docent', 'regulier', '2020-08-01', 0.8);
"""

# What the register refuses of nearly everything that is made up; test_traces sends each of these with success.
RARELY = {
    "POST /leraren/_samenvoegen",
    "POST /leraren/_koppel",
    "POST /aanbod/{id}/aanwezigen/_bevestig",
    "POST /leraren/{registratienummer}/activiteiten/{id}/_heropen",
    "POST /beoordelingen/{id}/_herzien",
    "POST /beoordelingen/_beslis",
    "POST /leraren/{registratienummer}/registratie/_hervatten",
    "POST /verificaties",
    "POST /leraren/{registratienummer}/inductietrajecten",
    "POST /leraren/{registratienummer}/inductietrajecten/_vrijstel",
    "PATCH /inductietrajecten/{id}",
    "DELETE /inductietrajecten/{id}",
    "PATCH /inductietrajecten/{id}/periodes/{feit}",
    "DELETE /inductietrajecten/{id}/periodes/{feit}",
    "PATCH /inductietrajecten/{id}/begeleiders/{feit}",
    "PATCH /inductietrajecten/{id}/verlengingen/{feit}",
    "PATCH /inductietrajecten/{id}/observaties/{feit}",
    "DELETE /inductietrajecten/{id}/observaties/{feit}",
    "POST /inductietrajecten/{id}/observaties/{feit}/scores",
    *(
        f"POST /inductietrajecten/{{id}}/_{step}"
        for step in ("afronden", "heropen", "herroepen", "overnemen", "verplaats")
    ),
}


@pytest.fixture
def restored(world: World) -> World:
    """The world, as each operation wants to find it."""
    world.execute(_RESTORED)
    world.execute(catalogus.RESTORED)
    world.execute(activiteiten.RESTORED)
    world.execute(registraties.RESTORED)
    world.execute(koppelcodes.RESTORED)
    trajecten.fill(world)
    return world


def _test_of(operation: Operation) -> Callable[..., None]:
    # A function for each: Schemathesis gives all tests of one function the same id, and pytest-xdist runs one of each id.
    @schema.include(path=operation.rule, method=operation.method).parametrize()
    @settings(max_examples=8, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def test(restored: World, case: schemathesis.Case) -> None:
        _try(restored, case)
        if case.path_parameters:
            # Once more about something that is there, so that more than the router is tried.
            known = {
                **_KNOWN,
                "id": _id(case.path),
                "feit": trajecten.FEITEN.get(trajecten.kind_of(case.path) or "", ""),
                **catalogus.identifiers(case.operation.path),
                **activiteiten.identifiers(case.operation.path),
                **registraties.identifiers(case.operation.path),
                **koppelcodes.identifiers(case.operation.path),
            }
            case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
            sound = case.meta is None or case.meta.generation.mode.is_positive
            _try(restored, case, **({"If-Match": "*"} if sound and "If-Match" in (case.headers or {}) else {}))

    return test


def _try(world: World, case: schemathesis.Case, **headers: str) -> None:
    sent = {**world.headers(_OWNERS[case.operation.label]), **headers}
    answer = case.call_and_validate(app=world.app, headers=sent)
    _answered[case.operation.label].add(answer.status_code)


for _operation in OPERATIONS:
    _endpoint = re.sub(r"[^a-z]+", "_", name(_operation).lower()).strip("_")
    globals()[f"test_no_answer_is_outside_the_document_{_endpoint}"] = _test_of(_operation)


def test_requests_were_good_enough_to_succeed() -> None:
    never = {label for label, statuses in _answered.items() if not any(status < 300 for status in statuses)}
    assert never <= RARELY


def test_each_operation_has_a_test_of_its_own(request: pytest.FixtureRequest) -> None:
    ids = [item.nodeid for item in request.session.items if "test_no_answer" in item.nodeid]
    assert len(set(ids)) == len(ids)
