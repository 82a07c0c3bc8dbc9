"""What rows are told that cannot be true, or that say the same thing twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.exchange.read import read

Check = Callable[[dict[str, str | bytes], list[str]], None]

CYCLE = "cycle,starts_on,ends_on"
READINGS = "team,kpi,date,value,recorded_at"
KPIS = "team,kpi,better,low,high,cadence,kind,pinned"
KEY_RESULTS = "cycle,team,objective,key_result,kind,start,target,weight,hold_periods,kpi"
MILESTONES = "cycle,team,objective,key_result,step,share"
CHECK_INS = "cycle,team,objective,key_result,date,value,confidence,recorded_at"
DIGITS = "write digits and a point, for example 3.5"
NAME = "write a name of 1 to 200 characters"
LATER = "delete one of them, or give the correction a later recorded_at"


@pytest.mark.parametrize(
    ("name", "headings", "row", "expected"),
    [
        (
            "cycles",
            CYCLE,
            "Q1,2026-03-31,2026-01-01",
            [
                "ends_on 2026-01-01 is before starts_on 2026-03-31: "
                "write an end that does not come before the start"
            ],
        ),
        (
            "kpis",
            "team,kpi,smallest_change",
            "A,K,0",
            ["smallest_change 0 is not above 0: write a number above 0"],
        ),
        (
            "kpis",
            "team,kpi,smallest_change",
            "A,K,inf",
            [f"smallest_change inf is not a number: {DIGITS}"],
        ),
        ("kpis", KPIS, "A,K,within,5,3.5,,,", ["low 5 is above high 3.5: swap them"]),
        (
            "kpis",
            KPIS,
            "A,K,up,,,yearly,late,",
            [
                "better up is not one of its words: write higher, lower or within",
                "cadence yearly is not one of its words: "
                "write daily, weekdays, weekly, monthly or quarterly",
                "kind late is not one of its words: write leading or lagging",
            ],
        ),
        (
            "kpis",
            KPIS,
            f"A,K,,,,,,B; {'x' * 201}",
            ["pinned has a name of 201 characters: shorten it to 200, and put ; between names"],
        ),
        (
            "key_results",
            KEY_RESULTS,
            "Q1,A,O,R,hold,,,0,2.5,K",
            [
                "weight 0 is not above 0: write a number above 0",
                "hold_periods 2.5 is not a whole number above 0: "
                "write a whole number from 1 to 9999",
            ],
        ),
        (
            "key_results",
            KEY_RESULTS,
            "Q1,A,O,R,milestone,,,-1,0,",
            [
                "weight -1 is not above 0: write a number above 0",
                "hold_periods 0 is not a whole number above 0: write a whole number from 1 to 9999",
            ],
        ),
        (
            "milestones",
            MILESTONES,
            "Q1,A,O,R,,0",
            [f"step is empty: {NAME}", "share 0 is not above 0: write a number above 0"],
        ),
        (
            "milestones",
            MILESTONES,
            "Q1,A,O,R,S,",
            ["share is empty: write a number or delete the row"],
        ),
        (
            "check_ins",
            CHECK_INS,
            "Q1,A,O,,2026-01-01,x,5,",
            [
                f"key_result is empty: {NAME}",
                f"value x is not a number: {DIGITS}",
                "confidence 5 is not one of its words: write sure, likely, unsure or doubtful",
            ],
        ),
        (
            "actions",
            "team,key_result,action,due",
            "A,R,x,soon",
            ["due soon is not a date: write it as YYYY-MM-DD, for example 2026-03-31"],
        ),
        (
            "actions",
            "team,objective,key_result,action,due",
            "A,,R,x,2026-01-01",
            ["a key result without its objective: fill in objective"],
        ),
        (
            "actions",
            "team,objective,action,due",
            "A,O,x,2026-01-01",
            ["an objective without its cycle: fill in cycle"],
        ),
        (
            "actions",
            "team,action,due",
            "A,,2026-01-01",
            ["action is empty: fill it in or delete the row"],
        ),
        (
            "decisions",
            "team,kpi,date,decision",
            "A,K,2026-01-01,",
            ["decision is empty: fill it in or delete the row"],
        ),
        (
            "annotations",
            "team,kpi,date,text",
            "A,K,2026-01-01,",
            ["text is empty: fill it in or delete the row"],
        ),
        (
            "annotations",
            "team,kpi,date,text",
            f"A,K,2026-01-01,{'x' * 10_001}",
            ["text has 10,001 characters: shorten it to 10,000"],
        ),
        (
            "readings",
            "team,kpi,date,value,note",
            f"A,K,2026-01-01,1,{'x' * 40_000}",
            ["note has 40,000 characters: shorten it to 10,000"],
        ),
    ],
)
def test_rows(name: str, headings: str, row: str, expected: list[str], check: Check) -> None:
    lines = [f"{name}.csv:2: {line}" for line in expected]
    check({name: f"{headings}\n{row}\n"}, lines)


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("people", "person,team\nAnn,A\nAnn,B\nAnn,A\n", "Ann, A"),
        ("cycles", f"{CYCLE}\nQ1,2026-01-01,2026-03-31\n" * 1 + "\nQ1,2026-01-01,2026-03-31", "Q1"),
        ("kpis", "team,kpi\nA,K\nB,K\nA,K\n", "A, K"),
        ("objectives", "cycle,team,objective\nQ,A,O\nQ,B,O\nQ,A,O\n", "Q, A, O"),
        (
            "key_results",
            "cycle,team,objective,key_result,kind\nQ,A,O,R,milestone\n\nQ,A,O,R,milestone\n",
            "Q, A, O, R",
        ),
        ("milestones", f"{MILESTONES}\nQ,A,O,R,S,1\nQ,A,O,R,T,1\nQ,A,O,R,S,2\n", "Q, A, O, R, S"),
    ],
)
def test_duplicates(name: str, content: str, key: str, check: Check) -> None:
    expected = f"{name}.csv:4: {key} stands already on line 2: delete one of them"
    check({name: content}, [expected])


@pytest.mark.parametrize(
    ("kpis", "rows", "expected"),
    [
        ("", ["2026-01-05,1,", "2026-01-05,1,"], ["3: A, K, 2026-01-05 stands already on line 2"]),
        ("", ["2026-01-05,1,", "2026-01-06,2,"], []),
        (
            "weekly",
            ["2026-01-05,1,", "2026-01-11,2,", "2026-01-12,2,"],
            ["3: A, K, 2026-01-11 falls in the same period as line 2"],
        ),
        (
            "monthly",
            ["2026-01-01,1,", "2026-01-31,2,", "2026-01-02,2,"],
            [
                "3: A, K, 2026-01-31 falls in the same period as line 2",
                "4: A, K, 2026-01-02 falls in the same period as line 2",
            ],
        ),
        ("monthly", ["2026-01-01,1,", "2026-01-31,2,2026-02-01T00:00:00Z"], []),
        ("", ["2026-01-01,2,2026-02-01T00:00:00Z", "2026-01-01,1,"], []),
        (
            "",
            [
                "2026-01-01,1,2026-02-01T00:00:00Z",
                "2026-01-01,2,2026-02-02T00:00:00Z",
                "2026-01-01,3,2026-02-01T01:00:00+01:00",
            ],
            ["4: A, K, 2026-01-01 stands already on line 2"],
        ),
    ],
)
def test_readings_of_one_period(
    kpis: str, rows: list[str], expected: list[str], tmp_path: Path, check: Check
) -> None:
    (tmp_path / "kpis.csv").write_text(f"team,kpi,cadence\n{'A' if kpis else 'B'},K,{kpis}\n")
    content = "\n".join([READINGS, *(f"A,K,{row}" for row in rows)])
    if expected:
        check({"readings": content}, [f"readings.csv:{line}: {LATER}" for line in expected])
    else:
        (tmp_path / "readings.csv").write_text(content)
        assert len(read(tmp_path).tables.readings) == len(rows)


def test_check_ins_of_one_day(check: Check) -> None:
    row = "Q,A,O,R,2026-01-05,1,sure,"
    content = f"{CHECK_INS}\n{row}\n{row}2026-01-06T00:00:00Z\n{row}\n"
    expected = f"check_ins.csv:4: Q, A, O, R, 2026-01-05 stands already on line 2: {LATER}"
    check({"check_ins": content}, [expected])


def test_a_key_result_may_be_half_written_where_its_objective_may_be_a_draft(
    tmp_path: Path,
) -> None:
    rows = [f"Q1,A,O,{kind},{kind},,,,," for kind in ("metric", "hold", "milestone")]
    (tmp_path / "key_results.csv").write_text("\n".join([KEY_RESULTS, *rows]))
    metric, hold, _ = read(tmp_path).tables.key_results
    assert (metric.start, metric.target, hold.kpi, hold.hold_periods) == (None, None, "", None)
