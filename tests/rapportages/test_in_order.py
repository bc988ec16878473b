"""The largest reports find all that they ask in indexes in the order of leraren (docs/decisions/reports-in-order.md)."""

from datetime import date
from typing import Any

import psycopg
import pytest

from register_service.rapportages.dataset import Dataset, Vraag
from register_service.rapportages.datasets import BY_NAME
from register_service.rapportages.tables import tables_at
from register_service.settings import APP_ROLE
from tests.rapportages.conftest import Region

# A register as small as that of a test would be read in another way, by other indexes: in this transaction there is none.
_NO_OTHER_WAY = f"""
drop index activiteit_leraar_idx;
alter table leraar drop constraint leraar_registratienummer_key cascade;
set local enable_seqscan = off;
set local enable_bitmapscan = off;
set local enable_hashjoin = off;
set local enable_nestloop = off;
set local role {APP_ROLE};
select set_config('register.role', 'auditor', true)
"""
_READ_IN_ORDER = {
    "professionalisering": {
        "leraar_rapport_idx", "registratieperiode_begin_key", "bevoegdheid_eenmalig_key", "activiteit_rapport_idx",
        "aanstelling_leraar_idx",
    },
    "gegevenskwaliteit": {"bevoegdheid_eenmalig_key", "aanstelling_leraar_idx"},
}  # fmt: skip


def _plan(region: Region, dataset: Dataset) -> list[dict[str, Any]]:
    vraag = Vraag(date(2025, 8, 1), date(2026, 7, 31), "bestuur", {})
    query = f"explain (format json) with {tables_at(dataset.reads, changed=False, own=False)},\n{dataset.select(vraag)}"
    with psycopg.connect(region.settings.database_url) as connection:
        connection.execute(_NO_OTHER_WAY.encode())
        ((plan,),) = connection.execute(query.encode(), vraag.values() | dict(dataset.meer(vraag))).fetchall()
        connection.rollback()
    nodes, waiting = list[dict[str, Any]](), [plan[0]["Plan"]]
    while waiting:
        node = waiting.pop()
        nodes.append(node)
        waiting += node.get("Plans", [])
    return nodes


@pytest.mark.parametrize("name", _READ_IN_ORDER)
def test_no_row_of_a_large_table_is_looked_at_outside_its_index(region: Region, name: str) -> None:
    plan = _plan(region, BY_NAME[name])
    assert {node["Index Name"] for node in plan if node["Node Type"] == "Index Only Scan"} >= _READ_IN_ORDER[name]
