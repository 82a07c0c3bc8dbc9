"""A scripted year: how each of six KPIs stands on every Monday, and what is counted where."""

from collections import Counter

from sqlalchemy import Engine

from data.company.queries import company
from data.core.database import data_version
from data.okrs.queries.timeline import TimelineLook, timeline
from tests.data.builders import Clock, rows
from tests.data.okrs.scripted_year import FIRST, NAMES, WEEKS, Year, begin, expected, monday

TIMELINE = {
    "Q4": [
        ("Deliveries", "graduated", 46),
        ("Returns", "confirmed", 44),
        ("Answers", "graduated", 43),
    ],
    "Q3": [
        ("Deliveries", "confirmed", 33),
        ("Answers", "confirmed", 30),
        ("Returns", "rerouted", 28),
        # Read on the Monday after, for the week before: the second bad one in a row.
        ("Returns", "slipped", 26),
    ],
    "Q2": [("Returns", "confirmed", 20), ("Deliveries", "rerouted", 16)],
    "Q1": [("Answers", "rerouted", 6), ("Returns", "rerouted", 4)],
}
"""What happened in which quarter, the last first, and on which Monday."""


def test_every_monday_is_as_it_was_written_down(file: Engine, clock: Clock) -> None:
    begin(file)
    year = Year(file, clock)
    wrong = {}
    for week in range(WEEKS):
        year.read(week)
        told = year.states(week)
        wrong |= {
            (week, name): (told[name], expected(name, week))
            for name in NAMES
            if told[name] != expected(name, week)
        }
        year.act(week)
    assert wrong == {}
    for week in (7, 27, 42):
        assert year.states(week) == {name: expected(name, week) for name in NAMES}
    _no_recovery_counts_twice(file)
    assert _states(file) == {
        "Answers come back": ["closed", "closed", "graduated"],
        "Deliveries come back": ["closed", "graduated"],
        "Returns come back": ["closed", "closed"],
        "Returns come back again": ["closed", "probation"],
    }
    assert year.gauge("Returns", WEEKS - 1).recovery.times == 2
    assert _timeline(file) == TIMELINE
    assert _recovering(file, 27) == {"Returns come back": "relapsed"}


def _no_recovery_counts_twice(engine: Engine) -> None:
    """Hold that a KPI has one recovery a cycle, but for the one that slipped again in it."""
    counted = Counter(
        (row["cycle_id"], row["origin_kpi_id"])
        for row in rows(engine, "objective")
        if row["origin_kpi_id"]
    )
    assert set(counted.values()) == {1}


def _timeline(engine: Engine) -> dict[str | None, list[tuple[str, str, int]]]:
    """Give what the timeline tells of the year, by quarter; the week of each instead of its day."""
    here = company(engine, version := data_version(engine))
    look = TimelineLook(here.team_named("Shop"), monday(WEEKS))
    return {
        chapter.cycle: [
            (each.kpi, each.what, (each.on - FIRST).days // 7) for each in chapter.events
        ]
        for chapter in timeline(engine, version, look).chapters
        if chapter.events
    }


def _recovering(engine: Engine, week: int) -> dict[str, str]:
    """Give where the timeline tells that recoveries stand, on a Monday, that slipped again."""
    here = company(engine, version := data_version(engine))
    chapters = timeline(engine, version, TimelineLook(here.team_named("Shop"), monday(week)))
    recovering = {
        each.name: each.recovery.phase
        for chapter in chapters.chapters
        for each in chapter.objectives
        if each.recovery
    }
    return {name: phase for name, phase in recovering.items() if phase == "relapsed"}


def _states(engine: Engine) -> dict[str, list[str]]:
    """Give how the objectives of each name stand, in the order of their cycles."""
    latest = {row["objective_id"]: row["state"] for row in rows(engine, "objective_terms")}
    found: dict[str, list[str]] = {}
    for row in rows(engine, "objective"):
        if row["origin_kpi_id"]:
            found.setdefault(row["name"], []).append(latest[row["id"]])
    return found
