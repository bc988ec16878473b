"""Who looked last is found along the index: in a log of any size a page costs what is on it."""

from collections.abc import Iterator
from typing import Any

from register_service.dossiers.queries_inzagen import INZAGEN
from tests.support import Register

_MANY = """
insert into access_log (at, leraar, actor, purpose, parts)
select now() - i * interval '1 minute', case when i %% 2 = 0 then %(leraar)s else 'elders' end, 'client:a', 'proef', '{leraar}'
from generate_series(1, 20000) i
"""


def test_a_page_of_looks_reads_no_more_of_the_log_than_it_shows(register: Register) -> None:
    number = register.leraar()
    with register.owner() as connection:
        connection.execute(_MANY, {"leraar": number})
        connection.execute("analyze access_log")
    nothing = dict.fromkeys(("vanaf", "tot", "geldig_op", "beschikbaar_op"))
    values = {**nothing, "registratienummer": number, "after": "", "limit": 41}
    with register.app_role(leraar=number) as connection:
        ((plan,),) = connection.execute(f"explain (analyze, format json) {INZAGEN.select}", values).fetchall()
    scans = [node for node in _nodes(plan[0]["Plan"]) if node.get("Relation Name") == "access_log"]
    assert [node["Index Name"] for node in scans] == ["access_log_leraar_at_idx"]
    assert scans[0]["Actual Rows"] * scans[0]["Actual Loops"] <= 50


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)
