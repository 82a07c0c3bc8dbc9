"""Why a KPI changed, in words and bars: chance is named, and parts add up to the whole."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from components.kpis import why, why_words
from data.kpis.views.why import Split, Why
from tests.components.examples import TODAY
from tests.components.kpi_examples import WEEKS, kpi
from tests.components.sent import sent
from tests.components.why_examples import AROUND, MOVED, SPLIT, WHY


@pytest.mark.parametrize(
    ("by_chance", "text"),
    [
        (0.4, "1 of 29 other KPIs moved too; luck alone would move hardly any"),
        (1.2, "1 of 29 other KPIs moved too; luck alone would move about 1"),
        (6.7, "1 of 29 other KPIs moved too; luck alone would move about 7"),
    ],
)
def test_the_heading_names_what_chance_gives(by_chance: float, text: str) -> None:
    assert why_words.moved_heading(replace(AROUND, by_chance=by_chance)) == text


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Chance alone would often give as many."),
        ({"chance": 0.02}, "Chance alone seldom gives as many"),
        ({"moved": ()}, "No other KPI changed near it."),
        ({"compared": 0}, "No other KPI has readings on both sides of it."),
        ({"branch": True}, "nearest in the tree of teams; there are 40 in all"),
    ],
)
def test_what_moved_is_weighed_against_chance(changes: dict[str, Any], text: str) -> None:
    said = why_words.moved_lead(kpi(), replace(WHY, around=replace(AROUND, **changes)), TODAY)
    assert said.startswith("Around the week of 21\u00a0Sep, when the drift set in.")
    assert text in said


def days(count: int) -> tuple[date, ...]:
    return tuple(date.fromordinal(WEEKS[0].toordinal() + 7 * number) for number in range(count))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "Too few readings to tell."),
        (3, "Too few readings to tell."),
        (11, "Too few readings to tell."),
        (12, why_words.NOTHING),
    ],
)
def test_without_a_change_both_say_that_nothing_stands_out_if_they_can_tell(
    count: int, text: str
) -> None:
    nothing = Why(None, drifts=False, around=None, split=None)
    view = kpi(periods=days(count), values=(2.0,) * count)
    assert why_words.moved_heading(None) == ""
    assert why_words.moved_lead(view, nothing, TODAY) == text
    assert why_words.split_lead(view, nothing, TODAY) == text


def test_dismissed_readings_tell_nothing() -> None:
    nothing = Why(None, drifts=False, around=None, split=None)
    view = kpi(periods=days(12), values=(2.0,) * 12, dismissed=days(1))
    assert why_words.moved_lead(view, nothing, TODAY) == why_words.TOO_FEW


@pytest.mark.parametrize(
    ("days", "text"),
    [(-14, "2 weeks earlier"), (0, "at the same time"), (3, "3 days later")],
)
def test_lead_and_lag_in_words(days: int, text: str) -> None:
    assert why_words.lag(days) == text


@pytest.mark.parametrize(
    ("strength", "text"),
    [(3.14, "▲ 3.1\u00a0× usual"), (-12.4, "▼ 12\u00a0× usual"), (None, "◆ changed")],
)
def test_a_strength_has_a_direction(strength: float | None, text: str) -> None:
    assert why_words.strength(replace(MOVED, strength=strength)) == text


@pytest.mark.parametrize(
    ("split", "text"),
    [
        (None, "No drivers yet: "),
        (SPLIT, "The mean since the week of 21\u00a0Sep, against that from the week of 7\u00a0Sep"),
        (Split("[A]", unknown=("A",)), "No KPI here is called “A”"),
        (Split("[A]", ambiguous=("A",)), "“A” could mean more than one KPI"),
        (
            Split("[A]+[B]", silent=("A", "B")),
            "No readings both before and after the change: “A”, “B”.",
        ),
        (Split("A", unreadable="character 1: wrong"), "cannot be read: character 1: wrong."),
    ],
)
def test_what_was_compared_or_why_it_cannot_be(split: Split | None, text: str) -> None:
    assert text in why_words.split_lead(kpi(), replace(WHY, split=split), TODAY)


@pytest.mark.parametrize(
    ("own", "text"),
    [
        (0.54, "That is what its own readings changed by."),
        (
            0.64,
            "Its own readings changed by +0.64\u00a0points: +0.1\u00a0points is not explained.",
        ),
        (None, ""),
    ],
)
def test_what_the_drivers_do_not_explain_is_said(own: float | None, text: str) -> None:
    assert why_words.split_sum(kpi(), replace(SPLIT, own=own)) == text


def both_boxes() -> None:
    from components.kpis import why
    from tests.components.examples import TODAY
    from tests.components.kpi_examples import kpi
    from tests.components.why_examples import WHY

    why.show(WHY, kpi(), today=TODAY, key="why", on_open=lambda kind, key: None)


def test_both_boxes_are_one_component() -> None:
    data = sent(both_boxes)
    (row,) = data["moved"]["rows"]
    assert (row["id"], row["name"], row["when"], row["where"]) == (
        2,
        "First response",
        "2 weeks earlier",
        "Support",
    )
    assert data["split"]["question"] == "[Lost] / [Customers]"


def test_each_bar_begins_where_the_one_before_it_ended_and_the_last_is_their_sum() -> None:
    lost, customers, together = why._bars(kpi(), SPLIT)
    assert (lost["from"], lost["width"]) == (0.0, 100.0)
    assert customers["from"] + customers["width"] == pytest.approx(100.0)
    assert customers["width"] == pytest.approx(11.48, abs=0.01)
    assert (together["from"], together["width"]) == (0.0, pytest.approx(88.52, abs=0.01))
    assert [bar["text"] for bar in (lost, customers, together)] == [
        "+0.61\u00a0points",
        "−0.07\u00a0points",
        "+0.54\u00a0points",
    ]
    assert [bar["along"] for bar in (lost, customers, together)] == [True, False, True]


def test_what_is_looked_at_is_named_with_its_day() -> None:
    last = replace(WHY, drifts=False, change=date(2025, 9, 22))
    assert "week of 22\u00a0Sep\u00a02025, its last change." in why_words.moved_lead(
        kpi(), last, TODAY
    )
