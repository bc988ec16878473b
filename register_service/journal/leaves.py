"""What a journal row is as a leaf of the tree: one JSON text with everything in it, and its hash.

PostgreSQL makes the text, so that sealing needs no journal row to travel; `verify` hashes the same text once more in Python.
The text depends on the row alone: jsonb has one order of keys and one spacing, and moments are formatted without
`TimeZone` or `DateStyle`. The 16 random bytes of salt keep a hash from being guessed back into a person once the row's state
and salt have been erased.
"""

from register_service.journal.merkle import hash_leaf

# For a journal row called `j`.
LEAF_TEXT = """jsonb_build_object(
    'id', j.id, 'tx', j.tx::text, 'at', to_char(j.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'tableName', j.table_name, 'objectId', j.object_id, 'action', j.action, 'dossier', j.dossier, 'bestuur', j.bestuur,
    'state', j.state, 'salt', encode(j.salt, 'hex'), 'actor', j.actor, 'namens', j.namens, 'event', j.event,
    'reason', j.reason, 'requestId', j.request_id)::text"""

LEAF_HASH = rf"sha256('\x00'::bytea || convert_to({LEAF_TEXT}, 'UTF8'))"


def hash_of_text(text: str) -> bytes:
    """Hash the text of a leaf, as `LEAF_HASH` does in PostgreSQL."""
    return hash_leaf(text.encode())
