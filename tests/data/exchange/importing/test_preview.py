"""The rehearsal of an import: what it would do to each row, and that it does nothing."""

from dataclasses import replace
from functools import partial

from sqlalchemy import Engine

from data.company.fields import PersonRow, TeamRow
from data.core.problems import Problem
from data.exchange.bad_input import BadInput
from data.exchange.importing import import_tables
from data.exchange.importing.preview import MOST_ROWS, Prepared, preview
from data.exchange.queries import why_not
from data.exchange.tables import Tables
from data.exchange.upload import label, read_uploads
from data.kpis.fields import KpiRow, ReadingRow
from models import Role
from tests.data.builders import MONDAY, TODAY, acme, everything, with_more
from tests.data.exchange.importing.previews import prepared, table
from tests.data.large import large_workbook


def readings(*values: float, note: str = "") -> list[ReadingRow]:
    days = [MONDAY.replace(day=day) for day in range(4, 19, 7)]
    return [
        ReadingRow(team="Sales", kpi="Conversion", date=day, value=value, note=note)
        for day, value in zip(days, values, strict=False)
    ]


def test_each_row_is_new_changed_or_equal_and_nothing_is_written(
    company_of_each_kind: Engine,
) -> None:
    engine = company_of_each_kind
    import_tables(engine, with_more(acme(), readings=readings(9, 10)))
    before = everything(engine)
    tables = with_more(acme(), readings=readings(9, 11, 12, note=""))
    tables.kpis[0] = replace(tables.kpis[0], low=120, owner="Cara", smallest_change=5)
    tables.teams.append(TeamRow(team="West", parent="Sales"))
    view = preview(engine, prepared(tables))
    assert everything(engine) == before
    assert (view.problems, view.changes) == ((), 4)
    assert table(view, "readings").counts == {"new": 1, "changed": 1, "equal": 1}
    (changed,) = table(view, "readings").rows["changed"]
    assert (changed.line, changed.cells[3], dict(changed.stands)) == (3, "11", {"value": "10"})
    (kpi,) = table(view, "kpis").rows["changed"]
    assert kpi.line == 2
    assert set(kpi.stands) == {"low", "owner", "smallest_change"}
    (team,) = table(view, "teams").rows["new"]
    assert team.cells == ("West", "Sales", "Monday", "")
    assert import_tables(engine, tables).changes == view.changes


def test_text_is_shown_without_the_guard_of_a_file(company: Engine) -> None:
    view = preview(company, prepared(Tables(teams=[TeamRow(team="=1+1")])))
    assert table(view, "teams").rows["new"][0].cells[0] == "=1+1"


def test_a_row_is_counted_once_for_all_kinds_of_file(company: Engine) -> None:
    view = preview(company, prepared(acme()))
    for name, rows in acme().items():
        if rows:
            assert table(view, name).counts == {"new": 0, "changed": 0, "equal": len(rows)}


def test_what_a_file_has_no_column_for_stays(company: Engine) -> None:
    import_tables(company, Tables(readings=readings(9, note="Fair")))
    given = {"readings": frozenset({"team", "kpi", "date", "value"})}
    assert import_tables(company, Tables(readings=readings(9), given=given)).changes == 0
    view = preview(company, prepared(Tables(readings=readings(10), given=given)))
    (row,) = table(view, "readings").rows["changed"]
    assert dict(row.stands) == {"value": "9"}


def test_rows_that_hang_on_a_wrong_one_wait(company: Engine) -> None:
    rows = [replace(row, kpi="Nobody's") for row in readings(1, 2, 3)]
    view = preview(company, prepared(Tables(readings=[*rows, *readings(9)])))
    (problem,) = view.problems
    assert (problem.file, problem.line) == ("readings", 2)
    found = table(view, "readings")
    assert (found.wrong, found.waiting, found.counts["new"]) == (1, 2, 1)


def test_the_first_rows_of_a_kind_are_shown_and_all_are_counted(company: Engine) -> None:
    teams = [TeamRow(team=f"Team {number}") for number in range(MOST_ROWS + 5)]
    found = table(preview(company, prepared(Tables(teams=teams))), "teams")
    assert found.counts["new"] == MOST_ROWS + 5
    assert [row.line for row in found.rows["new"]] == list(range(2, MOST_ROWS + 2))


def test_a_name_of_a_file_with_problems_is_not_reported_again(company: Engine) -> None:
    wrong = Problem("kpis.csv", 2, "low x is not a number", "write digits")
    rows = [replace(row, kpi="New") for row in readings(1)]
    view = preview(company, prepared(Tables(readings=rows), wrong))
    assert [problem.what for problem in view.problems] == ["low x is not a number"]
    assert table(view, "kpis").wrong == 1


def test_who_imports_may_stand_in_the_rows_before_they_are_listed(company: Engine) -> None:
    before = everything(company)
    tables = Tables(kpis=[replace(acme().kpis[0], owner="Nora New")])
    (problem,) = preview(company, prepared(tables)).problems
    assert problem.what == "unknown person “Nora New”"
    view = preview(company, prepared(tables), newcomer="Nora New")
    assert (view.problems, view.changes) == ((), 1)
    assert everything(company) == before


def test_wrong_rows_are_counted(company: Engine) -> None:
    wrong = Problem("readings.csv", 4, "value x is not a number", "write digits")
    again = Problem("readings.csv", 4, "date y is not a date", "write it like 2026-05-18")
    rows = [replace(row, line=line) for line, row in enumerate(readings(9), start=2)]
    given = Prepared(Tables(readings=rows), (wrong, again), (), "{}.csv".format)
    found = table(preview(company, given), "readings")
    assert (found.wrong, found.waiting, found.counts["new"]) == (1, 0, 1)


def test_the_planted_errors_of_a_large_workbook_are_all_found(file: Engine) -> None:
    content, planted = large_workbook(TODAY)
    uploads = [("large.xlsx", content)]
    shares: list[float] = []
    try:
        read_uploads(uploads, progress=lambda _name, share: shares.append(share))
    except BadInput as bad:
        given = Prepared(bad.loaded or Tables(), bad.problems, (), partial(label, uploads))
    view = preview(file, given)
    found = {problem.line: problem.what for problem in view.problems}
    assert len(view.problems) == len(planted) == 40
    assert found.keys() == planted.keys()
    assert all(found[line].startswith(what) for line, what in planted.items())
    assert all(problem.remedy for problem in view.problems)
    assert {problem.place for problem in view.problems} == {"large.xlsx[readings]"}
    assert table(view, "readings").counts["new"] == 50_000 - 40
    assert len([share for share in shares if 0 < share < 1]) >= 9


def test_a_viewer_is_told_why_not(engine: Engine) -> None:
    people = [
        PersonRow(person="Ana", team="Acme", role=Role.ADMIN),
        PersonRow(person="Vic", team="Acme", role=Role.VIEWER),
    ]
    assert why_not(engine, "Vic") == ""
    import_tables(engine, Tables(teams=[TeamRow(team="Acme")], people=people))
    assert why_not(engine, "Ana") == ""
    assert why_not(engine, "Vic") == "Only an admin may do this: ask Ana."
    assert why_not(engine, "Somebody new") == "Only an admin may do this: ask Ana."


def test_pins_are_told_as_they_stand(company: Engine) -> None:
    kpi = KpiRow(team="Sales", kpi="Calls", pinned=("Sales",))
    import_tables(company, Tables(kpis=[kpi]))
    view = preview(company, prepared(Tables(kpis=[replace(kpi, pinned=())])))
    (row,) = table(view, "kpis").rows["changed"]
    assert set(row.stands) == {"pinned"}
