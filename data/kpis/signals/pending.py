"""Signals that are pending: marked by what changes them, computed once that is safe.

A mark is made in the transaction of the change. Whoever computes reads before anybody has to wait,
and keeps what was found unless something changed it meanwhile: the mark then speaks of that too.
"""

import contextlib
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache, partial
from typing import NamedTuple

from sqlalchemy import Connection, Engine, bindparam, delete, exists, func, insert, or_, select

from data.core.as_of import any_of, known_after, table
from data.core.database import now, snapshot, time_zone, writer
from data.core.errors import Unreachable
from data.core.postgresql import take_time
from data.core.team_versions import raise_versions
from data.kpis.signals.checkpoints import keep
from data.kpis.signals.recomputing import recomputed, terms_of
from data.kpis.signals.replay import Replayed
from data.kpis.signals.signal_row import RULES
from models import Instant, PendingSignal

KPIS_AT_ONCE = 50
SIGNALS_AT_ONCE = 10_000
"""So many KPIs and signals are kept in one transaction: others save in between."""

GIVE_WAY = 0.15
"""Seconds between transactions: who waits for SQLite asks every tenth of a second for its turn."""

SIDE_BY_SIDE = 250
"""So many KPIs are computed at once, which costs little more than one of them does."""

PARTS = 8

OVERDUE = timedelta(seconds=10)
"""A mark as old as this was left by a program that ended, or by one that has a lot to do."""

Progress = Callable[[int, int], None]

_kpi, _reading, _signal = map(table, ("kpi", "reading", "kpi_signal"))
_pending = table("pending_signal")
_later = _reading.alias()

TEAMS = select(_kpi.c.team_id).where(_kpi.c.id.in_(any_of("keys"))).distinct()
"""The teams of KPIs."""

MARKS = select(_pending).where(_pending.c.kpi_id.in_(any_of("kpis")))
ANY_MARK = select(exists(select(_pending.c.kpi_id)))
LEFT = (
    select(_pending.c.kpi_id)
    .where(_pending.c.marked_at <= bindparam("moment", type_=Instant))
    .order_by(_pending.c.marked_at, _pending.c.kpi_id)
    .limit(KPIS_AT_ONCE)
)

_rules = (
    select(_signal.c.rules)
    .where(_signal.c.kpi_id == _kpi.c.id)
    .order_by(_signal.c.known_at.desc())
    .limit(1)
    .scalar_subquery()
)
_is_marked = exists().where(_pending.c.kpi_id == _kpi.c.id)
_is_read = exists().where(
    _reading.c.kpi_id == _kpi.c.id,
    _reading.c.value.is_not(None),
    ~exists().where(
        _later.c.kpi_id == _reading.c.kpi_id,
        _later.c.period == _reading.c.period,
        _later.c.value.is_(None),
        known_after(_later.c, _reading.c),
    ),
)
MISSING = select(
    _kpi.c.id, _rules.is_not(None).label("was_shown"), _is_marked.label("is_marked")
).where(or_(_is_marked, (func.coalesce(_rules, 0) != bindparam("rules")) & _is_read))
"""KPIs that are marked, or have a reading and no signal by the rules of now."""


class Mark(NamedTuple):
    """What is pending of a KPI since when, None for ever, and whether that takes all readings."""

    since: datetime | None
    is_anew: bool
    version: int


def marked(connection: Connection, kpi_ids: Collection[int]) -> dict[int, Mark]:
    """Read the marks of KPIs: one statement."""
    found = connection.execute(MARKS, {"kpis": list(kpi_ids)})
    return {row.kpi_id: Mark(row.since, row.is_anew, row.version) for row in found}


def mark(
    connection: Connection,
    version: int,
    since: Mapping[int, datetime | None],
    anew: Collection[int],
) -> None:
    """Mark what is shown of KPIs since a moment, None for ever, together with what is pending."""
    before = marked(connection, since)
    rows = []
    for kpi_id, moment in since.items():
        old = before.get(kpi_id)
        begins = moment if old is None else _earlier(moment, old.since)
        is_anew = kpi_id in anew or (old is not None and old.is_anew)
        rows.append({"kpi_id": kpi_id, "since": begins, "is_anew": is_anew})
    _unmark(connection, before)
    stamp = {"marked_at": now(), "version": version}
    connection.execute(insert(PendingSignal), [row | stamp for row in rows])


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return None if one is None or other is None else min(one, other)


def _unmark(connection: Connection, kpi_ids: Collection[int]) -> None:
    gone = delete(_pending).where(_pending.c.kpi_id.in_(any_of("kpis")))
    connection.execute(gone, {"kpis": list(kpi_ids)})


def compute(
    engine: Engine, kpi_ids: Collection[int], *, progress: Progress = lambda _done, _total: None
) -> None:
    """Compute what is pending of KPIs, some at a time; `progress` is told how many are done.

    A KPI whose signal cannot be computed stays marked, and keeps no other from being done.
    """
    done = 0
    with _at_work(engine):
        for some in slices(sorted(kpi_ids), SIDE_BY_SIDE):
            progress(done, len(kpi_ids))
            tell = partial(_tell_also, progress, done, len(kpi_ids))
            _compute_each(engine, some, tell)
            done += len(some)
    if kpi_ids:
        progress(done, len(kpi_ids))


def _tell_also(progress: Progress, before: int, total: int, kept: int) -> None:
    progress(before + kept, total)


def _compute_each(
    engine: Engine, kpi_ids: Sequence[int], tell: Callable[[int], None] = lambda _kept: None
) -> None:
    """Compute KPIs together; where that fails fewer of them, until the one is found that fails."""
    try:
        _compute(engine, kpi_ids, tell)
    except Unreachable:
        raise
    except Exception:
        if len(kpi_ids) == 1:
            text = "The signal of KPI %s cannot be computed"
            logging.getLogger(__name__).exception(text, kpi_ids[0])
            return
        for fewer in slices(kpi_ids, -(-len(kpi_ids) // PARTS)):
            _compute_each(engine, fewer)


@contextlib.contextmanager
def _at_work(engine: Engine) -> Iterator[None]:
    """Tell who reads that this process computes already."""
    lock = _busy(engine)
    has_it = lock.acquire(blocking=False)
    try:
        yield
    finally:
        if has_it:
            lock.release()


@cache
def _busy(_engine: Engine) -> threading.Lock:
    return threading.Lock()


class _NothingLeft(Exception):
    """All that was pending was computed by another, or changed meanwhile."""


def _compute(engine: Engine, kpi_ids: Sequence[int], tell: Callable[[int], None]) -> None:
    with snapshot(engine) as connection:
        marks = marked(connection, kpi_ids)
        if not marks:
            return
        take_time(connection)
        since = {kpi_id: each.since for kpi_id, each in marks.items()}
        anew = [kpi_id for kpi_id, each in marks.items() if each.is_anew]
        zone, terms = time_zone(connection), terms_of(connection, marks)
        found = list(recomputed(connection, zone, since, terms, anew))
    done = 0
    for some in _parts(sorted(marks), found):
        if done:
            tell(done)
            time.sleep(GIVE_WAY)
        done += len(some)
        with contextlib.suppress(_NothingLeft):
            _keep(engine, {kpi_id: marks[kpi_id] for kpi_id in some}, found)


def _parts(kpi_ids: Sequence[int], found: Sequence[Replayed]) -> Iterator[Sequence[int]]:
    """Part KPIs into some at a time, of which few signals were found together."""
    counts = Counter(row.kpi_id for each in found for row in each.signals)
    start = signals = 0
    for at, kpi_id in enumerate(kpi_ids):
        signals += counts[kpi_id]
        if at > start and (signals > SIGNALS_AT_ONCE or at - start == KPIS_AT_ONCE):
            yield kpi_ids[start:at]
            start, signals = at, counts[kpi_id]
    yield kpi_ids[start:]


def _keep(engine: Engine, marks: Mapping[int, Mark], found: Sequence[Replayed]) -> None:
    """Keep what was found of KPIs that are still marked as they were."""
    with writer(engine) as (connection, version):
        still = marked(connection, marks)
        mine = {kpi_id for kpi_id, each in marks.items() if still.get(kpi_id) == each}
        if not mine:
            raise _NothingLeft
        for each in found:
            keep(connection, version, _of(each, mine))
        _unmark(connection, mine)
        _raise_teams(connection, version, mine)


def _raise_teams(connection: Connection, version: int, kpi_ids: Collection[int]) -> None:
    teams = connection.execute(TEAMS, {"keys": sorted(kpi_ids)}).scalars()
    raise_versions(connection, version, set(teams))


def _of(found: Replayed, kpi_ids: Collection[int]) -> Replayed:
    return Replayed(
        [row for row in found.signals if row.kpi_id in kpi_ids],
        [row for row in found.checkpoints if row["kpi_id"] in kpi_ids],
        {kpi_id: day for kpi_id, day in found.passed.items() if kpi_id in kpi_ids},
    )


def complete(engine: Engine, *, progress: Progress = lambda _done, _total: None) -> None:
    """Compute the signals that are pending, and those that KPIs with readings have none of.

    These are of an older database. Where a program of other rules kept some, what they showed
    stays and the present is added. What is interrupted goes on from there at the next start.
    """
    with snapshot(engine) as connection:
        found = connection.execute(MISSING, {"rules": RULES}).all()
    if not all(row.is_marked for row in found):
        with writer(engine) as (connection, version):
            # Another program that has started meanwhile does the same.
            found = connection.execute(MISSING, {"rules": RULES}).all()
            at = now()
            since = {row.id: at if row.was_shown else None for row in found if not row.is_marked}
            if since:
                mark(connection, version, since, since)
                _raise_teams(connection, version, since)
    compute(engine, [row.id for row in found], progress=progress)


def compute_overdue(engine: Engine, version: int) -> threading.Thread | None:
    """Have some of what has been pending for long at a version of the data computed by a thread.

    Who reads does so, and does not wait: what another program left when it ended needs no start.
    Gives None where nothing is left, or this process is at work already.
    """
    if not _is_any_pending(engine, version) or _busy(engine).locked():
        return None
    with snapshot(engine) as connection:
        left = connection.execute(LEFT, {"moment": now() - OVERDUE}).scalars().all()
    if not left:
        return None
    thread = threading.Thread(target=_compute_quietly, args=(engine, left), daemon=True)
    thread.start()
    return thread


def _compute_quietly(engine: Engine, kpi_ids: Collection[int]) -> None:
    with contextlib.suppress(Unreachable):
        compute(engine, kpi_ids)


@lru_cache(maxsize=64)
def _is_any_pending(engine: Engine, _version: int) -> bool:
    """Tell whether anything is marked: that changes with the version of the data alone."""
    with snapshot(engine) as connection:
        return bool(connection.execute(ANY_MARK).scalar())


def slices(keys: Sequence[int], count: int) -> Iterator[Sequence[int]]:
    """Part keys into slices of so many."""
    for start in range(0, len(keys), count):
        yield keys[start : start + count]
