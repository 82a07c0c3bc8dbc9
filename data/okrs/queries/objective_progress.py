"""How far objectives are, of any number and any cycles, read no further than that takes.

Five statements: the key results, each with what was last said of it; steps; the KPIs that feed,
which of their readings were dismissed, and their readings since the cycle began. Two more where
a KPI is held.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, exists, func, select

from analytics.lasting import Lasting
from data.company.views import CycleView
from data.core.as_of import DAY, MOMENT, any_of, in_force, known_after, latest_first, live, table
from data.kpis.queries.assessment import kpis_of
from data.kpis.queries.feed_readings import Feed, fed
from data.kpis.queries.readings import Written, current, written_since
from data.kpis.queries.signals import said_about
from data.okrs.queries.closing import over_since
from data.okrs.queries.feeds import Placed, feeds_of, placed, read_since
from data.okrs.queries.holds import Hold, holds_of
from data.okrs.queries.lasting import lasting_of
from data.okrs.queries.objectives import MILESTONES, grouped_by
from data.okrs.queries.progress import (
    KeyResultProgress,
    objective_means,
    objective_scores,
    progress_of,
)
from data.okrs.queries.targets import TARGETS

_key_result, _terms = table("key_result"), table("key_result_terms")
_objective, _cycle = table("objective"), table("cycle")
_objective_terms, _owner = table("objective_terms"), table("person")
_said, _score = table("check_in"), table("key_result_score")
_later = _said.alias()

SAID_AGAIN = exists().where(
    _later.c.key_result_id == _said.c.key_result_id,
    _later.c.date == _said.c.date,
    _later.c.known_at <= MOMENT,
    known_after(_later.c, _said.c),
)
LAST_SAID = (
    select(_said.c.value)
    .where(
        _said.c.key_result_id == _key_result.c.id,
        _said.c.date <= func.coalesce(over_since(_objective_terms), DAY),
        _said.c.date <= _cycle.c.ends_on,
        _said.c.known_at <= MOMENT,
        _said.c.value.is_not(None),
        _said.c.withdrawn.is_(False),
        ~SAID_AGAIN,
    )
    .order_by(_said.c.date.desc(), *latest_first(_said.c))
    .limit(1)
    .correlate(_key_result, _cycle, _objective_terms)
    .scalar_subquery()
)
"""The value of the last check-in that stands and counts, by index."""

CHECKED_IN = exists().where(
    _said.c.key_result_id == _key_result.c.id,
    _said.c.known_at <= MOMENT,
    _said.c.withdrawn.is_(False),
)
KEY_RESULTS = (
    select(
        *(_key_result.c[name] for name in ("id", "objective_id", "name", "kind", "unit", "kpi_id")),
        *(_terms.c[name] for name in ("start", "target", "weight", "hold_periods")),
        *TARGETS,
        LAST_SAID.label("value"),
        _score.c.score.label("given_score"),
        _owner.c.name.label("owner"),
        CHECKED_IN.label("is_checked_in"),
    )
    .select_from(_key_result)
    .join(_terms, in_force(_terms, _key_result.c.id))
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .join(_objective_terms, in_force(_objective_terms, _objective.c.id))
    .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .outerjoin(_owner, _owner.c.id == _terms.c.owner_id)
    .outerjoin(_score, and_(_score.c.key_result_id == _key_result.c.id, live(_score)))
    .where(_key_result.c.objective_id.in_(any_of("objectives")), live(_key_result))
    .order_by(_key_result.c.position, _key_result.c.id)
)


class ObjectiveProgress(NamedTuple):
    """How far an objective is, 0..1, and the rows of its key results with how far each is.

    `score` is the mean of their scores, 0..1: the computed ones, or those that people gave instead;
    None without key results.
    `lasting` tells by their keys of targets that KPIs reached whether they last.
    """

    progress: float
    score: float | None
    key_results: Sequence[tuple[Any, KeyResultProgress]]
    lasting: Mapping[int, Lasting | None]


class Reached(NamedTuple):
    """How far objectives are, in their order, and the steps of their key results by key.

    `team_ids` are the teams whose readings and check-ins that hangs on.
    """

    progress: Sequence[ObjectiveProgress]
    steps: Mapping[int, Sequence[Any]]
    team_ids: Collection[int]


def objective_progress(
    connection: Connection,
    objectives: Sequence[Any],
    cycles: Mapping[int, CycleView],
    at: Mapping[str, Any],
) -> Reached:
    """Read how far objectives are, in their order.

    `cycles` by key are what they are in; `at` is the day and the moment.
    """
    of = {row.id: row for row in objectives}
    rows = connection.execute(KEY_RESULTS, {"objectives": list(of), **at}).all()
    owners = [of[row.objective_id] for row in rows]
    seen = [
        placed(row, objective, cycles[objective.cycle_id], at["day"])
        for row, objective in zip(rows, owners, strict=True)
    ]
    # A table shows steps even where they do not count.
    keys = {"key_results": [row.id for row in rows], **at}
    steps = grouped_by("key_result_id", connection.execute(MILESTONES, keys))
    said = [row.value for row in rows]
    holds = holds_of(connection, rows, at)
    written, feeds, kpis = _feeding(connection, seen, holds, at)
    readings = fed(written, feeds)
    found = progress_of(seen, said, steps, readings, kpis, holds)
    told = lasting_of(seen, readings, current(written), kpis)
    below: dict[int, list[tuple[Any, KeyResultProgress]]] = defaultdict(list)
    lasts: dict[int, dict[int, Lasting | None]] = defaultdict(dict)
    for row, progress, last in zip(rows, found, told, strict=True):
        below[row.objective_id].append((row, progress))
        lasts[row.objective_id][row.id] = last
    done = [progress.done for progress in found]
    means = zip(
        objective_means(rows, objectives, done),
        objective_scores(rows, objectives, done),
        strict=True,
    )
    return Reached(
        [
            ObjectiveProgress(*mean, below[key], lasts[key])
            for key, mean in zip(of, means, strict=True)
        ],
        steps,
        {row.team_id for row in (*objectives, *kpis.values())},
    )


def _feeding(
    connection: Connection,
    seen: Sequence[Placed],
    holds: Mapping[int, Hold],
    at: Mapping[str, Any],
) -> tuple[Written, Sequence[Feed], Mapping[int, Any]]:
    """Read what KPIs say that feed key results, which of it counts, and the KPIs, by key."""
    feeds = feeds_of(seen)
    tied = sorted({feed.kpi_id for feed in feeds})
    kpis = kpis_of(connection, team_id=0, teams=[], also=[], tied=tied, **at)
    dismissed = said_about(connection, kpis, at["moment"]).dismissed
    cadences = {kpi.id: kpi.cadence for kpi in kpis}
    begun = [
        read_since(each.feed, each.cycle, cadences[each.feed.kpi_id]) for each in seen if each.feed
    ]
    held = [hold.since for hold in holds.values() if hold.since is not None]
    since = min([at["day"], *begun, *held])
    written = written_since(connection, cadences, since, at["moment"], dismissed)
    return written, feeds, {kpi.id: kpi for kpi in kpis}
