"""Reports read everybody in the order of their numbers: indexes with what a report asks in them."""

from alembic import op

revision = "0013"
down_revision = "0012"

_INDEXES = (
    "create index leraar_rapport_idx on leraar (registratienummer) include (geregistreerd_op, samengevoegd_met)",
    "drop index aanstelling_leraar_idx",
    """create index aanstelling_leraar_idx on aanstelling (leraar, betrekkingsomvang desc, vestiging, bestuur)
       include (begindatum, einddatum, soort, reden_einde, id)""",
    "drop index bevoegdheid_eenmalig_key",
    """create unique index bevoegdheid_eenmalig_key on bevoegdheid (leraar, soort, vak, behaald_op)
       include (geldig_tot, verificatie) nulls not distinct""",
    "alter table registratieperiode drop constraint registratieperiode_begin_key",
    """alter table registratieperiode add constraint registratieperiode_begin_key
       unique (leraar, begindatum) include (einddatum)""",
    """create index activiteit_rapport_idx on activiteit (leraar, einddatum)
       include (beoordeeld_op, soort, vakinhoudelijk, vakdidactisch, pedagogisch, overig, bestuur)
       where status = 'goedgekeurd'""",
)


def upgrade() -> None:
    """Make the indexes, in the place of narrower ones where there were."""
    for statement in _INDEXES:
        op.execute(statement)
