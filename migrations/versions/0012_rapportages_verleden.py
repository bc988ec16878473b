"""Reports of the past: which objects changed since a moment, and where they stood, without reading the journal itself."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Let the index tell which journal rows there are of a table, and the view their order."""
    op.create_index("journal_rapport_idx", "journal", ["table_name", "tx"], postgresql_include=["object_id", "id"])
    op.execute("""
        create or replace view rapportage.journaal as
        select table_name, object_id, tx, id as volgnummer from public.journal where (select rapportage.mag_rapporten())
    """)
