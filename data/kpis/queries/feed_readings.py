"""The readings of a KPI that count for what it feeds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from analytics.periods import ordinal
from data.kpis.queries.readings import Readings, Written, arranged

Counts = NDArray[np.int64]

EVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Feed:
    """A KPI and up to when its readings count for a key result.

    Those of periods up to the one that `until` falls in count. Once the objective is over, a
    period that had not ended by the day `over_since` keeps what was known of it in the data's
    version `over_version`; one that had ended is corrected as ever.
    """

    kpi_id: int
    until: date
    over_since: date | None
    over_version: int | None


def cut_short(feeds: Collection[Feed], day: date) -> Mapping[int, date] | None:
    """Give the KPIs that fed until before the day, by key, with the earliest end; None for none."""
    if not feeds:
        return None
    found: dict[int, date] = {}
    for feed in feeds:
        if feed.until < day:
            found[feed.kpi_id] = min(feed.until, found.get(feed.kpi_id, feed.until))
    return found


def fed(written: Written, feeds: Collection[Feed]) -> Readings:
    """Give the last readings that count for each feed, by feed, as of KPIs they are by key."""
    each = list(dict.fromkeys(feeds))
    kpi = np.array([written.rows[feed.kpi_id] for feed in each], np.int64)
    cadences = [written.cadences[at] for at in kpi]
    at, row = _of_each(written.row, kpi)
    until, ended, version = (column[row] for column in _ends(each, cadences))
    number = written.number[at]
    counts = (number <= until) & ((number <= ended) | (written.version[at] <= version))
    of_refused, to = _of_each(written.refused[:, 0], kpi)
    refused = np.stack([to, written.refused[of_refused, 1]], axis=1)
    told = number[counts], written.value[at][counts]
    return arranged({feed: n for n, feed in enumerate(each)}, row[counts], *told, cadences, refused)


def _ends(feeds: Sequence[Feed], cadences: Sequence[str]) -> Counts:
    """Give for each feed its last period, the last that had ended, and the version of the rest."""
    ends = [
        (
            ordinal(feed.until, cadence),
            EVER if feed.over_since is None else _ended(feed.over_since, cadence),
            EVER if feed.over_version is None else feed.over_version,
        )
        for feed, cadence in zip(feeds, cadences, strict=True)
    ]
    return np.array(ends, np.int64).reshape(-1, 3).T


def _ended(day: date, cadence: str) -> int:
    """Number the last period that has ended when a day has."""
    return ordinal(day + timedelta(days=1), cadence) - 1


def _of_each(sorted_rows: Counts, wanted: Counts) -> tuple[Counts, Counts]:
    """Give where the entries of each wanted row are, one after the other, and whose they are."""
    first = np.searchsorted(sorted_rows, wanted)
    lengths = np.searchsorted(sorted_rows, wanted, side="right") - first
    whose = np.repeat(np.arange(len(wanted)), lengths)
    begins = np.cumsum(lengths) - lengths
    return np.arange(len(whose)) + np.repeat(first - begins, lengths), whose
