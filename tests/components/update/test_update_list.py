"""What the list of one's own is sent, and what it says."""

from datetime import date
from typing import Any

import pytest

from components.update import update_list, update_words
from data.names.views import Found
from data.screens.views.update import (
    CellEdit,
    Feed,
    Mine,
    MyKeyResult,
    MyKpi,
    MyStep,
    StepEdit,
    Told,
    Waiting,
)
from models import Cadence, Confidence, KeyResultKind
from tests.components.sent import sent
from tests.components.update.lead import led

TODAY = date(2026, 11, 24)
WEEKS = tuple(date.fromordinal(date(2026, 11, 16).toordinal() - 7 * week) for week in range(3))


def kpi(**changes: Any) -> MyKpi:
    facts: dict[str, Any] = {
        "kpi_id": 1,
        "name": "Conversion",
        "team": "Sales",
        "unit": "%",
        "cadence": Cadence.WEEKLY,
        "value": 9.1,
        "period": WEEKS[1],
        "freshness": "due",
        "late_days": 1,
        "periods": WEEKS,
        "told": (None, Told(9.1, "Fair"), Told(8.8, "")),
        "missing": WEEKS[:1],
        "low": 8.0,
        "series": (8.8, 9.1),
        "limits": (8.123456, 9.9),
    }
    return MyKpi(**(facts | changes))


def key_result(**changes: Any) -> MyKeyResult:
    facts: dict[str, Any] = {
        "key_result_id": 5,
        "name": "Sign customers",
        "objective_id": 2,
        "objective": "Win the north",
        "team": "Sales",
        "cycle": "Q4 2026",
        "unit": "customers",
        "kind": KeyResultKind.METRIC,
        "takes_value": True,
        "value": 12.0,
        "checked_on": date(2026, 11, 16),
        "confidence": None,
        "freshness": "late",
        "late_days": 9,
        "days": (TODAY, date(2026, 11, 16)),
        "told": (None, Told(12.0, "", Confidence.LIKELY, "Rain")),
        "series": (10.0, 12.0),
        "fed_by": None,
        "steps": (),
        "start": 2.0,
        "target": 42.0,
        "pace": 0.6,
    }
    return MyKeyResult(**(facts | changes))


def written(*kpis: MyKpi, key_results: tuple[MyKeyResult, ...] = ()) -> dict[str, Any]:
    return dict(update_list._written(Mine(7, TODAY, kpis, key_results), TODAY))


def told_of(value: str, note: str = "") -> dict[str, Any]:
    return {"value": value, "confidence": "", "note": note, "blocked_by": ""}


def cells_of(row: dict[str, Any]) -> list[str]:
    return [column["name"] for column in written()["columns"][row["kind"]]]


def test_due_comes_first_then_late_then_later() -> None:
    early = kpi(kpi_id=2, name="Churn", freshness="fresh", late_days=0)
    found = written(early, kpi(), key_results=(key_result(),))
    assert [row["name"] for row in found["rows"]] == ["Conversion", "Sign customers", "Churn"]
    assert found["sentence"] == "2 things are due, 1 of them late."
    assert [row["waits"] for row in found["rows"]] == [
        "○ due since 23\u00a0Nov",
        "◔ late since 15\u00a0Nov",
        "up to date",
    ]


def test_a_row_says_what_good_is_and_how_it_went() -> None:
    (row,) = written(kpi())["rows"]
    assert row["aim"] == ["ideal from 8\u00a0%"]
    assert (row["last"], row["moved"], row["when"]) == ("9.1\u00a0%", "+0.3", "week of 9\u00a0Nov")
    assert (row["series"], row["limits"], row["range"]) == ([8.8, 9.1], [8.123, 9.9], [8.0, None])
    assert row["told"] == [None, told_of("9.1", "Fair"), told_of("8.8")]
    assert cells_of(row) == ["value", "note"]


def test_a_key_result_says_where_it_is_to_be_by_when() -> None:
    (row,) = written(key_results=(key_result(),))["rows"]
    assert row["aim"] == ["target 42\u00a0customers", "26\u00a0customers by today"]
    assert (row["last"], row["moved"]) == ("12\u00a0customers", "+2")
    feed = Feed(1, "Conversion", "%", Cadence.WEEKLY, 9.1, WEEKS[1])
    held = key_result(kind=KeyResultKind.HOLD, takes_value=False, fed_by=feed, hold_periods=6)
    assert update_words.key_result_aim(held) == ["6 weeks in range"]
    fed = key_result(takes_value=False, fed_by=feed)
    assert update_words.key_result_aim(fed) == ["target 42\u00a0customers"]


def test_what_is_missing_is_asked_for_the_oldest_first() -> None:
    late = kpi(missing=(WEEKS[2], WEEKS[0]), told=(None,) * 3)
    assert written(late)["rows"][0]["missing"] == ["2026-11-02", "2026-11-16"]


def test_a_value_of_before_the_periods_on_offer_is_told_too() -> None:
    long_ago = kpi(period=date(2026, 3, 2), told=(None,) * 3)
    assert written(long_ago, kpi())["rows"][0]["before"] == "9.1"
    assert written(kpi())["rows"][0]["before"] == ""


@pytest.mark.parametrize(
    ("series", "said"),
    [((), ""), ((9.0,), ""), ((9.0, None, 9.0), "unchanged"), ((9.0, 8.5, None), "−0.5")],
)
def test_it_says_how_the_last_value_moved(series: tuple[float | None, ...], said: str) -> None:
    assert update_words.moved(series) == said


def test_a_dismissed_reading_is_named_beside_the_last_one_that_counts() -> None:
    told = (None, Told(9.1, ""), Told(8.8, ""))
    (row,) = written(kpi(told=told, dismissed=WEEKS[0]))["rows"]
    assert (row["last"], row["when"]) == ("9.1\u00a0%", "week of 9\u00a0Nov")
    assert row["dismissed"] == "✕ week of 16\u00a0Nov: dismissed"


def test_where_nothing_was_dismissed_nothing_is_said() -> None:
    assert [row["dismissed"] for row in written(kpi(), key_results=(key_result(),))["rows"]] == [
        "",
        "",
    ]


def test_where_all_was_dismissed_no_reading_counts() -> None:
    nothing = kpi(
        value=None, period=None, told=(None,) * 3, dismissed=WEEKS[0], freshness="no data"
    )
    (row,) = written(nothing)["rows"]
    assert (row["last"], row["waits"]) == ("no reading that counts", "◔ no reading that counts")
    assert row["before"] == ""


def test_rows_of_one_cadence_share_their_periods() -> None:
    found = written(kpi(), kpi(kpi_id=2))
    assert [row["days"] for row in found["rows"]] == [0, 0]
    assert found["days"][0][0] == {"day": "2026-11-16", "name": "week of 16\u00a0Nov"}


def test_a_fed_key_result_is_done_by_its_kpi_and_takes_words_alone() -> None:
    feed = Feed(1, "Conversion", "%", Cadence.WEEKLY, 9.1, WEEKS[1])
    row = key_result(takes_value=False, fed_by=feed, freshness="fresh", late_days=0, value=None)
    (row,) = written(key_results=(row,))["rows"]
    assert row["fed"]["text"] == "fed by Conversion: 9.1\u00a0%, week of 9\u00a0Nov"
    assert row["waits"] == "done by its KPI"
    assert cells_of(row) == ["confidence", "note", "blocked_by"]


def test_a_key_result_and_its_objective_lead_to_their_team_and_cycle() -> None:
    (row,) = written(key_results=(key_result(),))["rows"]
    assert led(row["leads"]) == ("key result", 5, "Sign customers")
    assert led(row["objective"]) == ("objective", 2, "Win the north")
    assert [row[name]["cycle"] for name in ("leads", "objective")] == ["Q4 2026", "Q4 2026"]
    found = Mine(7, TODAY, (), (key_result(),))
    assert found.found("objective", 2) == Found("objective", 2, "Win the north", "Sales", "Q4 2026")
    assert found.found("objective", 5) is None


def test_steps_are_counted_and_listed() -> None:
    steps = (MyStep(1, "Lease", date(2026, 11, 3)), MyStep(2, "Move", None))
    row = key_result(kind=KeyResultKind.MILESTONE, takes_value=False, steps=steps, value=None)
    (row,) = written(key_results=(row,))["rows"]
    assert row["last"] == "1 of 2 steps"
    assert row["steps"] == [
        {"id": 1, "name": "Lease", "done": True, "when": "3\u00a0Nov"},
        {"id": 2, "name": "Move", "done": False, "when": ""},
    ]


def test_it_says_what_to_do_where_there_is_nothing() -> None:
    assert written()["empty"] == update_words.NOTHING
    early = kpi(freshness="fresh", late_days=0)
    assert written(early)["sentence"] == update_words.ALL_DONE
    assert update_words.kpi_waits(kpi(period=None, freshness="no data"), TODAY, TODAY) == (
        "◔ no reading yet"
    )


def nobody() -> None:
    from datetime import date

    from components.update import update_list

    update_list.show(
        None,
        person=None,
        today=date(2026, 11, 24),
        editable=True,
        key="update",
        on_edits=lambda edits: [],
        on_open=lambda kind, key: None,
        on_team=lambda name: None,
        on_pick=lambda name: None,
    )


def test_whoever_has_picked_no_name_is_told_to() -> None:
    data = sent(nobody)
    assert data["empty"] == update_words.NOBODY
    assert (data["person"], data["rows"], data["names"], data["answer"]) == ("", [], [], None)


def test_those_for_whom_something_is_due_are_on_offer() -> None:
    people = [Waiting(f"Ana {number}", 20 - number) for number in range(15)]
    found = update_list._nobody(people)
    assert (found["sentence"], found["empty"]) == (update_words.WHO, "")
    assert found["names"][0] == {"name": "Ana 0", "text": "Ana 0 has 20 due"}
    assert len(found["names"]) == update_list.MOST_NAMES


CELLS = {
    "do": "cells",
    "target": "key result",
    "id": 5,
    "at": "2026-11-17",
    "cells": {"value": "76", "note": "ok"},
    "base_version": 7,
    "confirmed": True,
}


def test_cells_are_taken_as_they_were_typed() -> None:
    day = date(2026, 11, 17)
    edit = CellEdit("key result", 5, day, 7, typed="76", note="ok", confirmed=True)
    assert update_list.edit(CELLS) == edit
    kept = update_list.edit(CELLS | {"cells": {"confidence": ""}, "confirmed": "yes"})
    assert kept == CellEdit("key result", 5, day, 7, confidence="")


def test_a_step_is_taken_as_it_was_ticked() -> None:
    step = {"do": "cells", "target": "step", "id": 3, "cells": {"done": "yes"}, "base_version": 7}
    assert update_list.edit(step) == StepEdit(3, True, 7)
    assert update_list.edit(step | {"cells": {"done": "no"}}) == StepEdit(3, False, 7)
    assert update_list.edit(step | {"cells": {"done": "perhaps"}}) is None


@pytest.mark.parametrize(
    "change",
    [
        {"target": "team"},
        {"target": "words"},
        {"do": "archive"},
        {"id": True},
        {"base_version": None},
        {"at": "soon"},
        {"cells": {}},
        {"cells": None},
        {"cells": {"who": "Ana"}},
        {"cells": {"value": 3}},
        {"cells": {"note": "x" * 3000}},
        {"cells": {"confidence": "very"}},
    ],
)
def test_malformed_cells_are_ignored(change: dict[str, Any]) -> None:
    assert update_list.edit(CELLS | change) is None
    assert update_list.edit([CELLS]) is None
