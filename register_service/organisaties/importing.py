"""Brings the register in step with DUO's files: the difference is found and applied by SQL, set by set.

The caller opens the one transaction and sets the journal's context on it. The rows go into a temporary table by COPY;
after that each statement touches only rows that really change, so the statement-level trigger journals a whole import
in a handful of calls and a repeated import journals nothing.

What an import decides, beside adding and changing:
- A vestiging absent from a file *of its own kind* is closed on the peildatum, unless the file mentions it in a refused
  row. One that reappears is opened again.
- Files that would close more than MAX_CLOSED_SHARE of the open vestigingen of their kind are refused: most likely one
  is truncated or the wrong one. `force` lets them through.
- An empty BEVOEGD GEZAG NUMMER says nothing, so what the register knows stays. A number that is no bestuur of the
  register leaves the vestiging without one, and is reported.
- A school follows its open vestiging with the lowest code (the main one): naam, sector and bestuur.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from psycopg import Connection

from register_service.organisaties import importing_sql
from register_service.organisaties.doubles import unique
from register_service.organisaties.duo import DuoFile, DuoRow, Finding

MAX_CLOSED_SHARE = 0.10

_COLUMNS = tuple(column.name for column in fields(DuoRow) if column.name not in ("file", "line"))


class ImportRefusedError(Exception):
    """The files as a whole are not applied; the message is Dutch."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one import did, in vestigingen unless named otherwise.

    `changed` includes `reopened`; `merged` counts equal doubles left out; `unknown_besturen` maps a number to the
    vestigingen that were kept without a bestuur because of it.
    """

    files: tuple[str, ...]
    added: int
    changed: int
    reopened: int
    closed: int
    unchanged: int
    merged: int
    schools_added: int
    schools_changed: int
    unknown_besturen: dict[str, int]
    refusals: tuple[Finding, ...]
    remarks: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the report as JSON-ready values, with names in camelCase."""
        return {_camel_case(name): value for name, value in asdict(self).items()}


def import_files(
    connection: Connection[Any], files: Sequence[DuoFile], *, peildatum: date, force: bool = False
) -> ImportReport:
    """Apply the files in the caller's transaction. Raises ImportRefusedError before it writes."""
    rows = unique(row for file in files for row in file.rows)
    import_ = _Import(connection, peildatum)
    import_.stage(rows.rows, files)
    if not force:
        import_.refuse_mass_closing()
    schools_added = import_.execute(importing_sql.ADD_SCHOOLS)
    reopened = import_.count_reopened()
    changed = import_.execute(importing_sql.CHANGE_VESTIGINGEN)
    added = import_.execute(importing_sql.ADD_VESTIGINGEN)
    closed = import_.execute(importing_sql.CLOSE_VESTIGINGEN)
    schools_changed = import_.execute(importing_sql.CHANGE_SCHOOLS)
    return ImportReport(
        files=tuple(file.name for file in files),
        added=added,
        changed=changed,
        reopened=reopened,
        closed=closed,
        unchanged=len(rows.rows) - added - changed,
        merged=rows.merged,
        schools_added=schools_added,
        schools_changed=schools_changed,
        unknown_besturen=dict(connection.execute(importing_sql.UNKNOWN_BESTUREN).fetchall()),
        refusals=_in_order(files, (*(finding for file in files for finding in file.refusals), *rows.refusals)),
        remarks=tuple(finding for file in files for finding in file.remarks),
    )


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))


def _in_order(files: Sequence[DuoFile], findings: Iterable[Finding]) -> tuple[Finding, ...]:
    order = {file.name: place for place, file in enumerate(files)}
    return tuple(sorted(findings, key=lambda finding: (order[finding.file], finding.line)))


class _Import:
    """One import's work in one transaction."""

    def __init__(self, connection: Connection[Any], peildatum: date) -> None:
        self._connection = connection
        self._values = {"peildatum": peildatum}

    def stage(self, rows: Iterable[DuoRow], files: Sequence[DuoFile]) -> None:
        """Put the rows beside the register, and find the bestuur that each of them is to have.

        Imports come one after the other: the lock holds until the end of the transaction.
        """
        self._connection.execute("select pg_advisory_xact_lock(hashtextextended('organisaties.import', 0))")
        self._connection.execute("drop table if exists pg_temp.duo_row, pg_temp.duo_mentioned")
        for statement in importing_sql.STAGE:
            self._connection.execute(statement)
        self._copy(importing_sql.COPY_ROWS, ([getattr(row, column) for column in _COLUMNS] for row in rows))
        self._copy(importing_sql.COPY_MENTIONED, sorted(_mentioned(files)))
        self._connection.execute(importing_sql.FIND_BESTUUR)
        self._connection.execute("analyze duo_row, duo_mentioned")

    def refuse_mass_closing(self) -> None:
        """Stop an import that would close suspiciously much of a sector."""
        for sector, closing, opened in self._connection.execute(importing_sql.COUNT_CLOSING, self._values):
            if closing > opened * MAX_CLOSED_SHARE:
                raise ImportRefusedError(
                    f"Dit zou {closing} van de {opened} open vestigingen in sector {sector} sluiten, meer dan "
                    f"{MAX_CLOSED_SHARE:.0%}. Is het bestand volledig? Er is niets gewijzigd. "
                    "Klopt het toch, herhaal de import dan met --forceer."
                )

    def count_reopened(self) -> int:
        """Count the closed vestigingen that the files have again."""
        row = self._connection.execute(importing_sql.COUNT_REOPENED, self._values).fetchone()
        return int(row[0]) if row else 0

    def execute(self, statement: str) -> int:
        """Run one statement; give the number of rows that it changed."""
        return self._connection.execute(statement, self._values).rowcount

    def _copy(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


def _mentioned(files: Sequence[DuoFile]) -> set[tuple[str, str]]:
    """Give every (sector, code) that is not to be closed; the empty code says that the sector was delivered at all."""
    return {(file.sector, code) for file in files for code in {"", *file.mentioned}}
