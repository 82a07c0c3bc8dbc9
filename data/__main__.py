"""The command line: `python -m data import PATH`, export, backup, restore, migrate."""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from alembic.util.exc import CommandError
from sqlalchemy import Engine

from data.core.database import Unusable, snapshot
from data.core.errors import Unreachable
from data.core.migrate import TooNew
from data.core.problems import Problem
from data.core.settings import settings
from data.exchange.bad_input import BadInput
from data.exchange.export import export_tables
from data.exchange.importing import Counts, Imported, import_tables
from data.exchange.importing.one_spelling import looks_here
from data.exchange.importing.unresolved_names import with_unknown
from data.exchange.read import read
from data.exchange.write import write
from data.operations.backup import Unsuited, backup, restore
from data.operations.import_spreadsheet import (
    MAPPING,
    import_spreadsheet,
    propose_mapping,
    with_way_out,
)
from data.operations.start_up import start_up
from data.operations.terminal import progress_bar

BAD_INPUT = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one thing; 0 on success, 2 where the input is bad and nothing was written."""
    options = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], None] = options.run
        run(options)
    except BadInput as bad:
        print(*bad.problems, sep="\n", file=sys.stderr)
        print(f"{_count(len(bad.problems), 'problem')}. Nothing was written.", file=sys.stderr)
        return BAD_INPUT
    except (Unusable, TooNew, Unsuited, CommandError) as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except Unreachable as error:
        print(error.why, file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        print(f"{error.filename}: {error.strerror}: check the path", file=sys.stderr)
        return BAD_INPUT
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="Move Milepost's data.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    what = {
        "import": (_import, "read a folder of CSV files, a workbook, or any spreadsheet"),
        "export": (_export, "write everything to a folder, or to a workbook (.xlsx)"),
        "backup": (_backup, "copy the database file while people go on working"),
        "restore": (_restore, "put a copy back in place; the present file is kept beside it"),
    }
    for name, (run, text) in what.items():
        command = commands.add_parser(name, help=text, description=text)
        command.add_argument("path", type=Path, metavar="PATH")
        command.set_defaults(run=run)
        if name == "import":
            _add_import_options(command)
    text = "bring the tables up to date; an older file is copied aside first"
    commands.add_parser("migrate", help=text, description=text).set_defaults(run=_migrate)
    return parser


def _add_import_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--dry-run", action="store_true", help="say what would change, and change nothing"
    )
    command.add_argument(
        "--propose",
        action="store_true",
        help=f"write how a spreadsheet of any layout would be read to {MAPPING}, or to --mapping",
    )
    command.add_argument(
        "--mapping", type=Path, metavar="FILE", help="how a spreadsheet of any layout is read"
    )
    command.add_argument(
        "--team", default="", help="whose KPIs a spreadsheet holds, where no column tells"
    )


def _engine() -> Engine:
    return start_up(settings().database_url)


def _import(options: argparse.Namespace) -> None:
    if options.propose:
        print(propose_mapping(_engine(), options.path, options.mapping, options.team))
    elif options.mapping:
        _import_spreadsheet(options)
    else:
        _import_own(options)


def _import_spreadsheet(options: argparse.Namespace) -> None:
    with progress_bar("Importing") as show:
        imported = import_spreadsheet(
            _engine(),
            options.path,
            options.mapping,
            team=options.team,
            dry_run=options.dry_run,
            tell=lambda line: print(line, file=sys.stderr),
            progress=show,
        )
    _summarise(imported, dry_run=options.dry_run)


def _import_own(options: argparse.Namespace) -> None:
    """Import what is of the exchange format."""
    try:
        with progress_bar("Reading") as show:
            loaded = read(options.path, progress=show, names_here=lambda: looks_here(_engine()))
    except BadInput as bad:
        named = BadInput(_with_names(bad, options.path))
        raise with_way_out(named, options.path) from None
    for warning in loaded.warnings:
        print(warning, file=sys.stderr)
    with progress_bar("Importing") as show:
        imported = import_tables(
            _engine(),
            loaded.tables,
            dry_run=options.dry_run,
            label=partial(_label, options.path),
            progress=show,
        )
    for warning in imported.warnings:
        print(warning, file=sys.stderr)
    _summarise(imported, dry_run=options.dry_run)


def _label(path: Path, name: str) -> str:
    """Say how a problem names a file, or a workbook's sheet."""
    return f"{path.name}[{name}]" if path.is_file() else f"{name}.csv"


def _with_names(bad: BadInput, path: Path) -> list[Problem]:
    """Add the names that nobody knows, but those whose own file had problems."""
    if bad.loaded is None:
        return list(bad.problems)
    try:
        import_tables(_engine(), bad.loaded, dry_run=True, label=partial(_label, path))
    except BadInput as unknown:
        return with_unknown(bad.problems, unknown.problems)
    return list(bad.problems)


def _summarise(imported: Imported, *, dry_run: bool) -> None:
    for name, counts in imported.counts.items():
        if _rows(counts):
            print(
                f"{name:12} {counts.new:>9,} new {counts.changed:>9,} changed "
                f"{counts.unchanged:>9,} unchanged"
            )
    if not imported.changes:
        print("Nothing changed.")
    elif dry_run:
        print("This was a dry run: nothing was written.")


def _rows(counts: Counts) -> int:
    return counts.new + counts.changed + counts.unchanged


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def _export(options: argparse.Namespace) -> None:
    with snapshot(_engine()) as connection:
        tables = export_tables(connection)
    write(tables, options.path)
    rows = sum(len(rows) for _, rows in tables.items())
    print(f"{_count(rows, 'row')} written to {options.path}")


def _backup(options: argparse.Namespace) -> None:
    backup(settings().database_url, options.path)
    print(f"Copied to {options.path}")


def _restore(options: argparse.Namespace) -> None:
    kept = restore(options.path, settings().database_url)
    print(f"Restored from {options.path}")
    if kept:
        print(f"The file that was there is now {kept}")


def _migrate(_options: argparse.Namespace) -> None:
    _engine()
    print("The tables are up to date.")


if __name__ == "__main__":
    sys.exit(main())
