"""What a bad file is told, word for word: every problem at once, in order."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.core.problems import Problem

CommandRejected = Callable[[Path], list[str]]
Check = Callable[[dict[str, str | bytes], list[str]], None]

READINGS = "team,kpi,date,value,recorded_at"
KNOWN = "teams, people, cycles, kpis, readings, objectives, key_results, milestones, check_ins, "
KNOWN += "actions, decisions, annotations, meetings, meeting_items, "
KNOWN += "scores, learnings, targets, verdicts, ranges"
DATE = "write it as YYYY-MM-DD, for example 2026-03-31"
DIGITS = "write digits and a point, for example 3.5"
NAME = "write a name of 1 to 200 characters"


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem("readings.csv", 7, "value is empty", "write a number or delete the row")
    assert str(problem) == "readings.csv:7: value is empty: write a number or delete the row"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            b"",
            "1: is empty: put the headings team, parent, check_in_day, check_in_time "
            "in the first line "
            "or delete it",
        ),
        (
            b"\xef\xbb\xbf\r\n \r\n",
            "1: is empty: put the headings team, parent, check_in_day, check_in_time "
            "in the first line "
            "or delete it",
        ),
        ("team\nA\nMünchen\n".encode("latin-1"), "3: is not UTF-8: save it as CSV UTF-8"),
        ("team\nA\n".encode("utf-16"), "1: is UTF-16, not UTF-8: save it as CSV UTF-8"),
        (
            b"team\nA\nB\0\n",
            "3: has a NUL character: delete it, or save it as CSV UTF-8",
        ),
        ("parent\nA\n", "1: the column team is missing: add it, the columns here are parent"),
        ("Team,TEAM \nA,B\n", "1: the column team stands there twice: keep one of them"),
        (
            "team;parent\nA;B\n",
            "1: the cells are separated by semicolons: "
            "separate them by commas (numbers with a point), "
            "put sep=; on a line above them, or save it as .xlsx",
        ),
        (
            "team\tparent\nA\tB\n",
            "1: the cells are separated by tabs: "
            "separate them by commas (numbers with a point), or save it as .xlsx",
        ),
        (
            "team,parent\nA,B,C\n",
            "2: has 3 cells where there are 2 columns: delete the extra ones "
            "(text with a comma takes quotation marks, numbers a point)",
        ),
        (
            "team,parent\nA,\n\nB\n",
            "4: has 1 cell where there are 2 columns: add the missing ones, they may be empty",
        ),
        (
            'team,parent\nA,\n"B,\nC,\n',
            "3: a quotation mark is not closed or stands inside a cell: "
            'close it, or write "" for one inside',
        ),
        (
            'team,parent\nA,"B" C\n',
            "2: a quotation mark is not closed or stands inside a cell: "
            'close it, or write "" for one inside',
        ),
        (
            'team\nA\n"' + "x" * 140_000,
            "3: a cell has more than 32,767 characters: shorten it, or close its quotation mark",
        ),
        ("team,parent\n ,A\n", f"2: team is empty: {NAME}"),
        ("team\n" + "x" * 201, "2: team has 201 characters: shorten it to 200"),
        ("team,parent\nA," + "x" * 201, "2: parent has 201 characters: shorten it to 200"),
        ("team\nA\x1b[2J\n", "2: team has the control character U+001B: delete it"),
        ("team\nA\x85B\n", "2: team has the control character U+0085: delete it"),
        (
            "team,check_in_day\nA,Mon\n",
            "2: check_in_day Mon is not one of its words: write Monday, Tuesday, Wednesday, "
            "Thursday, Friday, Saturday or Sunday",
        ),
        ("team\nA\nB\n A\n", "4: A stands already on line 2: delete one of them"),
        (
            'team,parent\n"A\nB",\n"A\nB",\n',
            "4: A B stands already on line 2: delete one of them",
        ),
    ],
)
def test_one_problem_of_teams(content: str | bytes, expected: str, check: Check) -> None:
    check({"teams": content}, [f"teams.csv:{expected}"])


def test_every_problem_at_once_in_order(check: Check) -> None:
    files: dict[str, str | bytes] = {
        "readings": f"{READINGS}\nA,K,31/02,x,\nA,K,2026-01-01,1\nA,,2026-01-01,1,\n",
        "teams": b"",
        "kpis": "team,kpi,low,high\nA,K,2,1\nB,K,x,\nA,K,,\n",
        "annotations": "team\n",
    }
    check(
        files,
        [
            "teams.csv:1: is empty: put the headings team, parent, check_in_day, check_in_time "
            "in the first line "
            "or delete it",
            "kpis.csv:2: low 2 is above high 1: swap them",
            f"kpis.csv:3: low x is not a number: {DIGITS}",
            "kpis.csv:4: A, K stands already on line 2: delete one of them",
            f"readings.csv:2: date 31/02 is not a date: {DATE}",
            f"readings.csv:2: value x is not a number: {DIGITS}",
            "readings.csv:3: has 4 cells where there are 5 columns: "
            "add the missing ones, they may be empty",
            f"readings.csv:4: kpi is empty: {NAME}",
            "annotations.csv:1: the column kpi is missing: add it, the columns here are team",
            "annotations.csv:1: the column date is missing: add it, the columns here are team",
            "annotations.csv:1: the column text is missing: add it, the columns here are team",
        ],
    )


def test_problems_before_broken_quotes_are_told_too(check: Check) -> None:
    check(
        {"teams": 'team\nA\nA\n"B'},
        [
            "teams.csv:3: A stands already on line 2: delete one of them",
            "teams.csv:4: a quotation mark is not closed or stands inside a cell: "
            'close it, or write "" for one inside',
        ],
    )


def test_what_is_shown_is_short_and_harmless(check: Check) -> None:
    check(
        {"teams": f'team,check_in_day\nA,"\u202e{"x" * 90}\n\x1b[2J"\n'},
        [
            f"teams.csv:2: check_in_day �{'x' * 38}… is not one of its words: "
            "write Monday, Tuesday, Wednesday, Thursday, Friday, Saturday or Sunday"
        ],
    )


def test_a_path_that_is_not_there(tmp_path: Path, refused: CommandRejected) -> None:
    assert refused(tmp_path / "company") == ["company:1: is not there: check the path"]


def test_a_folder_without_known_files(tmp_path: Path, refused: CommandRejected) -> None:
    (tmp_path / "company").mkdir()
    (tmp_path / "company" / "notes.csv").write_text("a,b")
    expected = f"company:1: holds none of the known files: name them .csv after {KNOWN}"
    assert refused(tmp_path / "company") == [expected]


@pytest.mark.parametrize("name", ["company.xls", "readings.csv", "company"])
def test_a_file_of_another_kind(name: str, tmp_path: Path, refused: CommandRejected) -> None:
    (tmp_path / name).write_text("team")
    expected = f"{name}:1: is no folder and no .xlsx: give the folder of CSV files or a workbook"
    assert refused(tmp_path / name) == [expected]


def test_a_file_that_cannot_be_opened(tmp_path: Path, refused: CommandRejected) -> None:
    (tmp_path / "teams.csv").mkdir()
    expected = "teams.csv:1: cannot be opened (Is a directory): check the file"
    assert refused(tmp_path) == [expected]


def test_a_file_that_is_too_large(tmp_path: Path, refused: CommandRejected) -> None:
    with (tmp_path / "readings.csv").open("wb") as file:
        file.truncate(64 * 1024 * 1024 + 1)
    expected = (
        "readings.csv:1: is larger than 64 MB: split it and import the parts one after another"
    )
    assert refused(tmp_path) == [expected]


def test_a_large_file_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: CommandRejected
) -> None:
    monkeypatch.setattr("data.exchange.read.LARGEST_FILE", 4)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("was read"))
    (tmp_path / "teams.csv").write_text("team\nA\n")
    assert len(refused(tmp_path)) == 1
