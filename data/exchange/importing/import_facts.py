"""Facts of an import, readings and check-ins, against what is known."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import select

from data.core.as_of import oldest_first, table_of
from data.core.database import time_zone
from data.core.fact_store import fact_key
from data.core.fields import stored_in
from data.exchange.importing.batch import Batch
from data.exchange.importing.lookup import key_result_of, person_of
from data.exchange.tables import FILES
from models import EARLIEST_MOMENT, Fact

FactKey = tuple[int, date]
"""What a fact is about, and its day."""

OWNERS_AT_ONCE = 500
PLACED = {"period", "date", "recorded_at"}

Progress = Callable[[str, float], None]


def import_check_ins(batch: Batch, progress: Progress) -> None:
    """Bring in the check-ins, each for its day."""
    groups: dict[FactKey, list[Any]] = defaultdict(list)
    for row in batch.tables.check_ins:
        key_result_id = key_result_of(batch, row)
        if key_result_id is not None and has_begun(batch, row):
            groups[key_result_id, row.date].append(row)
    over = when_over(batch)
    append(
        batch,
        "check_ins",
        groups,
        lambda key: over(key[1]),
        lambda share: progress("check_ins", share),
    )


def append(
    batch: Batch,
    file: str,
    groups: dict[FactKey, list[Any]],
    known: Callable[[FactKey], datetime],
    progress: Callable[[float], None],
) -> None:
    """Append what the file says differently from what it said, or from what stands."""
    table = cast(type[Fact], FILES[file].TABLE)
    chains, taken_back = _chains(batch, table, groups)
    counts = batch.count(file)
    firsts: list[dict[str, Any]] = []
    later: list[dict[str, Any]] = []
    for number, (key, rows) in enumerate(groups.items()):
        if number % 20_000 == 0:
            progress(number / len(groups))
        chain = chains.get(key, [])
        if len(rows) > 1:
            rows.sort(key=lambda row: row.recorded_at or EARLIEST_MOMENT)
        news = list(_news(batch, file, rows, chain))
        _list(batch, file, rows, [row for row, _ in news], chain)
        for _, fact in news:
            fact |= dict(zip(fact_key(table), key, strict=True))
            fact["known_at"] = (
                batch.work.at
                if key in taken_back
                else _known_at(fact["recorded_at"], rows, chain, known(key))
            )
            (later if chain or fact["recorded_at"] else firsts).append(fact)
            counts.changed += bool(chain)
            counts.new += not chain
        counts.unchanged += len(rows) - len(news)
    batch.work.add(table, firsts)
    _append_in_order(batch, table, later)


def _list(batch: Batch, file: str, rows: list[Any], told: list[Any], chain: list[Any]) -> None:
    if batch.outcomes is None:
        return
    stood = {name: getattr(chain[-1], name) for name in said_names_of(file)} if chain else None
    for row in rows:
        is_told = any(row is each for each in told)
        batch.outcomes.note_fact(file, row.line, told=is_told, stood=stood)


def _known_at(
    recorded_at: datetime | None, rows: list[Any], chain: list[Any], ended: datetime
) -> datetime:
    """Say from when a fact counts: history before what corrects it, whenever that was."""
    if recorded_at is None:
        corrected: list[datetime] = [row.recorded_at for row in rows if row.recorded_at]
        return min([ended, *corrected])
    history: list[datetime] = [row.known_at for row in chain if row.recorded_at is None]
    return max([recorded_at, *history])


def _append_in_order(batch: Batch, table: type[Fact], facts: list[dict[str, Any]]) -> None:
    """Append corrections round by round, so that each names the one it takes the place of."""
    owner, moment = fact_key(table)
    while facts:
        groups: dict[FactKey, list[dict[str, Any]]] = defaultdict(list)
        for fact in facts:
            groups[fact[owner], fact[moment]].append(fact)
        chains, _ = _chains(batch, table, groups)
        heads = {key: chain[-1].id for key, chain in chains.items() if chain}
        next_ones = ({**ones[0], "supersedes_id": heads.get(key)} for key, ones in groups.items())
        batch.work.add(table, next_ones)
        facts = [fact for ones in groups.values() for fact in ones[1:]]


@cache
def said_names_of(file: str) -> tuple[str, ...]:
    """Name what a fact says, but for what it is said of, when and by whom."""
    kept = stored_in(FILES[file], FILES[file].TABLE)
    return tuple(name for name in kept if name not in PLACED and not name.endswith("_id"))


def _chains(
    batch: Batch, table: type[Fact], groups: dict[FactKey, Any]
) -> tuple[dict[FactKey, list[Any]], set[FactKey]]:
    """Give what stands for each key, oldest first, and the keys of which some was taken back."""
    owner, moment = (table_of(table).c[name] for name in fact_key(table))
    columns = table_of(table).c
    withdrawals: dict[int, FactKey] = {}
    chains: dict[FactKey, list[Any]] = defaultdict(list)
    owners = sorted({key[0] for key in groups})
    days = [day for _, day in groups]
    for start in range(0, len(owners), OWNERS_AT_ONCE):
        query = (
            select(*columns)
            .where(owner.in_(owners[start : start + OWNERS_AT_ONCE]))
            .where(moment.between(min(days), max(days)))
            .order_by(owner, moment, *oldest_first(columns))
        )
        for row in batch.work.connection.execute(query):
            key = (getattr(row, owner.name), getattr(row, moment.name))
            if row.withdraws_id is None:
                chains[key].append(row)
            else:
                withdrawals[row.withdraws_id] = key
    taken_back = set(withdrawals.values())
    for key in taken_back:
        chains[key] = [row for row in chains[key] if row.id not in withdrawals]
    return chains, taken_back


def _news(
    batch: Batch, file: str, rows: list[Any], chain: list[Any]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Give the rows that say something new of one key, each with the fact to append.

    What the file has no column for stays as it stands. A row without a moment is history where
    nothing is known yet. Else it is a correction made now, unless it says what stands, or what
    the files said last: a person's own correction outlives an import of the file that it
    corrected.
    """
    said_names = tuple(name for name in said_names_of(file) if batch.gives(file, name))
    kept = {name: getattr(chain[-1], name) for name in said_names_of(file)} if chain else {}
    said_before = [
        (row.imported, row.recorded_at, tuple(getattr(row, name) for name in said_names))
        for row in chain
    ]
    by_files = [said for imported, _, said in said_before if imported]
    history = {said for imported, moment, said in said_before if imported and moment is None}
    standing = {said for _, _, said in said_before[-1:]} | set(by_files[-1:])
    recorded = {(moment, said) for _, moment, said in said_before}
    for row in rows:
        said = tuple(getattr(row, name) for name in said_names)
        moment = row.recorded_at
        if moment is not None:
            if (moment, said) in recorded:
                continue
            _check_recorded(batch, row)
        elif said in standing or (len(rows) > 1 and said in history):
            continue
        elif chain:
            moment = batch.work.at
        yield (
            row,
            {
                **kept,
                **dict(zip(said_names, said, strict=True)),
                "recorded_at": moment,
                "recorded_by_id": person_of(batch, row, row.recorded_by),
                "imported": True,
            },
        )


def _check_recorded(batch: Batch, row: Any) -> None:
    """Report a moment ahead, until which nobody would see what was recorded then."""
    if row.recorded_at > batch.work.at:
        remedy = "give the moment at which it was recorded"
        batch.problem(row, "recorded_at lies ahead", remedy)


def has_begun(batch: Batch, row: Any, column: str = "date") -> bool:
    """Tell whether a row's day has come; a mistyped year would hide what is really known."""
    day = getattr(row, column)
    if day is not None and day > batch.work.today:
        batch.problem(row, f"{column} {day} lies ahead", "correct the year or the day")
        return False
    return True


def when_over(batch: Batch) -> Callable[[date], datetime]:
    """Say when imported history counts as known: when its last day was over, at most now."""
    zone = time_zone(batch.work.connection)

    @cache
    def end_of(day: date) -> datetime:
        midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)
        return min(midnight.astimezone(UTC), batch.work.at)

    return end_of
