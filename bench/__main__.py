"""`python -m bench [PART...]`: measure, print, and write RESULTS.md when every part was measured in full."""

import argparse
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench import (
    compare,
    data,
    inductie,
    inductie_data,
    journal,
    pages,
    rapportages,
    rapportages_data,
    registratie,
    registratie_data,
    report,
)
from bench.stage import Stage, kept, stage

PARTS = ("http", "pages", "journal", "past", "sealing", "inductie", "registratie", "rapportages")


def main() -> None:
    """Run the parts that are named, or all."""
    arguments = _arguments()
    if "http" in arguments.parts and shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed; on Debian: apt-get install wrk")
    sections: dict[str, list[report.Figure]] = {}
    with stage() as here:
        server = _version(here)
        print(report.machine(server))
        for title, figures in _measure(here, arguments):
            sections[title] = figures
            print(f"\n{title}\n", *report.table(figures), sep="\n")
    if not arguments.quick and set(arguments.parts) == set(PARTS):
        report.write(sections, server)


def _measure(here: Stage, arguments: argparse.Namespace) -> Iterator[tuple[str, list[report.Figure]]]:
    parts, quick = arguments.parts, arguments.quick
    if set(parts) - {"pages", "inductie", "registratie", "rapportages"}:
        settings = here.create("small")
        people = data.fill(settings.database_url, compare.LERAREN)
        if "http" in parts:
            rounds, seconds = (2, 2.0) if quick else (7, 5.0)
            yield from compare.measure(here, settings, people, rounds=rounds, seconds=seconds).items()
        if "sealing" in parts:
            yield "In bulk", journal.sealing(settings)
        if "past" in parts:
            yield "The past", journal.past(here, settings, people)
        if "journal" in parts:
            rows = journal.ROWS // 10 if quick else journal.ROWS
            yield "A journal that grows", journal.growth(here, settings, people, rows)
        here.drop("small")
    if "pages" in parts:
        settings = here.create("large")
        count = pages.LERAREN // 10 if quick else pages.LERAREN
        data.fill(settings.database_url, count, small=pages.SMALL, bevoegdheden=0, aanstellingen=1, journaled=False)
        yield "Pages of a long list", pages.measure(here, settings)
        here.drop("large")
    if "inductie" in parts:
        settings = here.create("inductie")
        open_trajecten, closed = (n // 10 if quick else n for n in (inductie_data.OPEN, inductie_data.CLOSED))
        inductie_data.fill(settings.database_url, open_trajecten + closed, closed)
        title = f"Lists of inductietrajecten, {open_trajecten:,} open"
        yield title, inductie.measure(here, settings, rounds=5 if quick else 15)
        here.drop("inductie")
    if "registratie" in parts:
        leraren = registratie_data.LERAREN // 10 if quick else registratie_data.LERAREN
        yield from registratie.measure(here, leraren=leraren, rounds=15 if quick else 40).items()
    if "rapportages" in parts:
        leraren = rapportages_data.LERAREN // 10 if quick else rapportages_data.LERAREN
        with kept(arguments.data / f"{leraren}") as there:
            yield from rapportages.measure(there, leraren, rounds=3).items()


def _version(here: Stage) -> str:
    with psycopg.connect(here.server.url("postgres")) as connection:
        row = connection.execute("select current_setting('server_version')").fetchone()
    assert row is not None
    return str(row[0])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of: {', '.join(PARTS)} (default: all)")
    parser.add_argument("--quick", action="store_true", help="a tenth of the data and short runs; writes no results")
    folder = Path(os.environ.get("VAR_DIR", "var"), "bench")
    parser.add_argument(
        "--data",
        type=Path,
        default=folder,
        metavar="FOLDER",
        help=f"where the region of the reports stays between runs, some 20 GB when whole (default: {folder})",
    )
    arguments = parser.parse_args()
    arguments.parts = arguments.parts or list(PARTS)
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return arguments


if __name__ == "__main__":
    main()
