"""The history of a dossier is found by index: it costs the same in a journal of any size."""

import pytest

from register_service.api.reading import Source
from register_service.bevoegdheden import queries as bevoegdheden
from register_service.leraren import queries as leraren
from register_service.registratie import queries as registratie
from tests.support import Register

_BY_DOSSIER = ("journal_dossier_idx", "journal_dossier_tx_idx", "journal_object_idx")
_PARAMETERS = {"after": "", "limit": 101, "geldig_op": None, "beschikbaar_op": None}
# What a register of some size has of the same tables, of other leraren.
_OTHERS = """
insert into journal (table_name, object_id, action, dossier, state, actor, event)
select table_name, gen_random_uuid(), 'insert', (1000000000 + n)::text, '{}', 'proef', 'proef'
from generate_series(1, 7000) n, unnest(array['leraar', 'bevoegdheid', 'registratieperiode']) table_name
"""


@pytest.mark.parametrize("source", [leraren.HISTORIE, bevoegdheden.HISTORIE, registratie.HISTORIE])
def test_history_is_looked_up_and_not_searched(register: Register, source: Source) -> None:
    number = register.leraar()
    values = {**_PARAMETERS, "registratienummer": number, "id": "01890000-0000-7000-8000-000000000002"}
    with register.owner() as connection:
        connection.execute(_OTHERS)
        connection.execute("analyze journal")
        plan = connection.execute(f"explain {source.select}", values).fetchall()
    lines = [line for (line,) in plan]
    # A bitmap of rows names the index that it comes from a few lines further down.
    scans = [" ".join(lines[place : place + 4]) for place, line in enumerate(lines) if "on journal j" in line]
    assert scans
    assert all(any(index in scan for index in _BY_DOSSIER) for scan in scans), scans
