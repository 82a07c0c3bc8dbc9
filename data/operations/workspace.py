"""Which database a person sees: their company's, or the sample company until there is one."""

import threading
import uuid
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Engine, func, select
from sqlalchemy.engine import make_url
from sqlmodel import col

from data.company.queries import Company, company
from data.content.sample import sample_company
from data.core.database import data_version, now, open_database, snapshot
from data.core.errors import Unreachable
from data.core.settings import settings
from data.exchange.importing import import_tables
from data.kpis.signals import compute_overdue
from data.operations.start_up import start_up
from models import Command


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open database at a version of its data, as it was `read_at` a moment.

    `is_reached` tells that this is now; else the database does not answer at this moment. `own`
    names one's own company where the sample is looked at beside it.
    """

    engine: Engine
    version: int
    company: Company
    is_sample: bool
    read_at: datetime
    is_reached: bool = True
    own: str = ""


_last: dict[tuple[str, bool], Workspace] = {}
_keeping = threading.Lock()


def open_workspace(*, sample: bool = False) -> Workspace:
    """Open the company's database; the sample company's where it holds no team yet, or if asked.

    While the database does not answer it is as it was last, of which pages may still be kept.
    Raises `Unreachable` where it has not been open before.
    """
    url = settings().database_url
    asked = (url, sample)
    try:
        found = _open(url, sample=sample)
    except Unreachable:
        if asked not in _last:
            raise
        return replace(_last[asked], is_reached=False)
    with _keeping:
        last = _last.get(asked, found)
        # Another who began to read earlier may be done later.
        if last.engine is not found.engine or last.version <= found.version:
            _last[asked] = found
    return found


def _open(url: str, *, sample: bool) -> Workspace:
    engine = start_up(url)
    version = data_version(engine)
    compute_overdue(engine, version)
    here = company(engine, version)
    if here.teams and not sample:
        return Workspace(engine, version, here, is_sample=False, read_at=now())
    engine = open_sample(settings().sample_url, here.today(now()))
    version = data_version(engine)
    invented = company(engine, version)
    own = here.teams[0].name if here.teams else ""
    return Workspace(engine, version, invented, is_sample=True, read_at=now(), own=own)


_opened: dict[str, Engine] = {}
_opening = threading.Lock()


def open_sample(url: str, today: date) -> Engine:
    """Open the sample company's file; make it where it is missing, empty, or old and untouched."""
    with _opening:
        if url not in _opened:
            path = Path(make_url(url).database or "sample.db")
            if not path.exists() or _is_to_be_made(url, today):
                _make(path, today)
            _opened[url] = start_up(url)
        return _opened[url]


def _is_to_be_made(url: str, today: date) -> bool:
    # Opening a file makes it: whoever exports the sample too early leaves an empty one.
    engine = open_database(url)
    with snapshot(engine) as connection:
        commands, made = connection.execute(
            select(func.count(), func.max(col(Command.at))).select_from(Command)
        ).one()
    # Whatever is in the pool would go on reading a file that is about to be replaced.
    engine.dispose()
    return bool(commands == 0 or (commands == 1 and made.date() < today))


def _make(path: Path, today: date) -> None:
    """Fill a new file and move it into place whole: two servers may start at once."""
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}.unfinished")
    url = f"sqlite:///{unfinished}"
    engine = open_database(url)
    import_tables(engine, sample_company(today))
    engine.dispose()
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    unfinished.replace(path)
