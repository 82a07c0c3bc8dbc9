"""Whatever is sent to a command or stands in a file: kept whole, or refused and nothing written."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.actions.commands import act, amend_action, tick_off, withdraw_action
from data.core.cell_formatting import spelled
from data.core.database import data_version, open_database
from data.core.errors import CommandRejected
from data.core.fields import columns
from data.core.number_parsing import typed_number
from data.exchange.bad_input import BadInput
from data.exchange.importing import import_tables
from data.exchange.sheet import read_sheet
from data.exchange.tables import FILES, Tables
from data.history.undo import undo
from data.identity.people import admit, introduce
from data.kpis.commands.decisions import acknowledge, annotate, dismiss, rebase
from data.kpis.commands.readings import record_reading
from data.okrs.commands.check_ins import amend_check_in, check_in
from data.okrs.commands.milestones import reach_milestone
from tests.data.bad_values import NOT_DAYS, NOT_KEYS, NOT_NAMES, NOT_NUMBERS, NOT_TEXT, Company
from tests.data.builders import (
    MONDAY,
    NOW,
    TODAY,
    Clock,
    acme,
    everything,
    person,
)

Send = Callable[[Engine], object]


def commands(at: Company) -> dict[str, tuple[Callable[..., object], dict[str, Any]]]:
    """Give every command with input that it would keep."""
    by = {"person_id": at.ana}
    ahead = {"reason": "Known", "look_again": TODAY + timedelta(days=9)}
    deed = {"owner": "Ben", "what": "Ask why", "due": TODAY}
    action = {"action_id": at.action, "base_version": 10**9}
    said = {"day": TODAY, "value": 5.0, "note": "Well", "blocked_by": "Rain"}
    return {
        "record": (
            record_reading,
            {
                **by,
                "kpi_id": at.kpi,
                "period": TODAY,
                "value": 9.5,
                "base_version": 10**9,
                "note": "Hm",
            },
        ),
        "check in": (
            check_in,
            {
                **by,
                "key_result_id": at.key_result,
                "confidence": "sure",
                "base_version": 10**9,
                **said,
            },
        ),
        "amend": (
            amend_check_in,
            {
                **by,
                "key_result_id": at.key_result,
                "confidence": "sure",
                "base_version": 10**9,
                **said,
            },
        ),
        "reach": (
            reach_milestone,
            {**by, "milestone_id": at.step, "done_on": TODAY, "base_version": 10**9},
        ),
        "act": (act, {**by, "kpi_id": at.kpi, **deed}),
        "tick off": (tick_off, {**by, **action, "done_on": TODAY, "note": "Done"}),
        "edit action": (amend_action, {**by, **action, **deed, "what": "Mend the feed"}),
        "withdraw": (withdraw_action, {**by, **action}),
        "acknowledge": (acknowledge, {**by, "kpi_id": at.kpi, **ahead}),
        "rebase": (rebase, {**by, "kpi_id": at.kpi, "since": MONDAY, "reason": "New"}),
        "dismiss": (dismiss, {**by, "kpi_id": at.kpi, "period": MONDAY, "reason": "Bad"}),
        "annotate": (annotate, {**by, "kpi_id": at.kpi, "day": MONDAY, "text": "Fair"}),
    }


BAD = {
    "value": NOT_NUMBERS,
    "note": NOT_TEXT,
    "blocked_by": NOT_TEXT,
    "reason": [*NOT_TEXT, "", " \n"],
    "text": [*NOT_TEXT, "", "\t"],
    "confidence": ["certain", "SURE!", 7, "x" * 10_000, "\x00"],
    "period": [*NOT_DAYS, TODAY + timedelta(days=14)],
    "day": NOT_DAYS,
    "since": [*NOT_DAYS, TODAY + timedelta(days=1)],
    "what": [*NOT_TEXT, "", " ", "\u200f", "x" * 201],
    "owner": [*NOT_TEXT, "", " ", "Nobody"],
    "due": [*NOT_DAYS, TODAY - timedelta(days=1), TODAY + timedelta(days=400)],
    "action_id": NOT_KEYS,
    "look_again": [*NOT_DAYS, TODAY, TODAY + timedelta(days=400)],
    "done_on": [bad for bad in [*NOT_DAYS, TODAY + timedelta(days=1)] if bad is not None],
    "kpi_id": NOT_KEYS,
    "key_result_id": NOT_KEYS,
    "milestone_id": NOT_KEYS,
    "person_id": [bad for bad in NOT_KEYS if bad is not None],
}
"""What is wrong in each place; None for whoever is here is the operator."""

PLACES = [
    (name, field)
    for name, fields in {
        "record": ("person_id", "kpi_id", "period", "value", "note"),
        "check in": (
            *("person_id", "key_result_id", "day", "value", "confidence", "note"),
            "blocked_by",
        ),
        "amend": (
            *("person_id", "key_result_id", "day", "value", "confidence", "note"),
            "blocked_by",
        ),
        "reach": ("person_id", "milestone_id", "done_on"),
        "act": ("person_id", "kpi_id", "owner", "what", "due"),
        "tick off": ("person_id", "action_id", "done_on", "note"),
        "edit action": ("person_id", "action_id", "owner", "what", "due"),
        "withdraw": ("person_id", "action_id"),
        "acknowledge": ("person_id", "kpi_id", "reason", "look_again"),
        "rebase": ("person_id", "kpi_id", "since", "reason"),
        "dismiss": ("person_id", "kpi_id", "period", "reason"),
        "annotate": ("person_id", "kpi_id", "day", "text"),
    }.items()
    for field in fields
]
TEXT = st.text(max_size=30).map(lambda text: text + "\x00")
HUGE = st.floats(min_value=1.0001e15) | st.floats(max_value=-1.0001e15)
YEARS = st.dates(date.min, date(1899, 12, 31)) | st.dates(date(2200, 1, 1), date.max)
GENERATED = {
    **dict.fromkeys(("note", "blocked_by", "reason", "text", "what", "owner"), TEXT),
    "value": HUGE,
    **dict.fromkeys(("period", "day", "since", "look_again", "due", "done_on"), YEARS),
}


@st.composite
def bad_calls(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Give a command with something wrong in one place, or in more."""
    name, field = draw(st.sampled_from(PLACES))
    listed = st.sampled_from(BAD[field])
    wrong = {field: draw(listed | GENERATED[field] if field in GENERATED else listed)}
    if draw(st.booleans()):
        _, other = draw(st.sampled_from([place for place in PLACES if place[0] == name]))
        wrong.setdefault(other, draw(st.sampled_from(BAD[other])))
    return name, wrong


def check_refused(at: Company, send: Send) -> Exception:
    """Check that something is refused in words, with its field, and that nothing was written."""
    refusal = None
    try:
        send(at.engine)
    except (CommandRejected, BadInput) as error:
        refusal = error
    # What was kept once must not fail what comes after.
    before, at.version = at.version, data_version(at.engine)
    assert at.version == before
    assert refusal is not None
    if isinstance(refusal, CommandRejected):
        assert refusal.field
        assert refusal.message
    return refusal


@settings(
    max_examples=4_500,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(call=bad_calls())
def test_a_command_refuses_bad_input(acme_once: Company, call: tuple[str, dict[str, Any]]) -> None:
    name, wrong = call
    run, good = commands(acme_once)[name]
    if wrong.get("value", 0) is None and name == "check in":
        # No value is one of the ways to check in, beside a word.
        wrong = {**wrong, "confidence": None, "note": "", "blocked_by": ""}
    check_refused(acme_once, lambda engine: run(engine, **{**good, **wrong}))


def test_what_is_sent_right_is_kept_or_stands(company: Engine) -> None:
    at = Company(company)
    for run, good in commands(at).values():
        before = data_version(company)
        run(company, **good)
        assert data_version(company) == before + 1 or run is amend_check_in


@settings(max_examples=1_000, deadline=None, database=None)
@given(
    text=st.text(max_size=40)
    | st.sampled_from(["nan", "inf", "-Infinity", "1e308", "9" * 400, "0x10", "1_000", "NaN %"])
)
def test_typed_text_is_a_number_or_names_its_field(text: str) -> None:
    refusal = None
    try:
        assert abs(typed_number(text, unit="%", field="target")) <= 1e15
    except CommandRejected as refused:
        refusal = refused
    if refusal is not None:
        assert refusal.field == "target"
        assert refusal.message.isprintable()


@pytest.mark.parametrize("name", NOT_NAMES)
def test_nobody_comes_in_without_a_name(acme_once: Company, name: str) -> None:
    refusal = check_refused(acme_once, lambda engine: introduce(engine, name))
    assert isinstance(refusal, CommandRejected)
    assert refusal.field == "name"


@pytest.mark.parametrize("email", ["", "x" * 10_000, "a\x00@b", "\ud800@b"])
def test_nobody_signs_in_without_an_address(acme_once: Company, email: str) -> None:
    refusal = check_refused(acme_once, lambda engine: admit(engine, email=email, name="Eve"))
    assert isinstance(refusal, CommandRejected)
    assert refusal.field == "person"


@pytest.mark.parametrize("command_id", [0, -1, 10**6, 2**63, "1", None])
def test_nothing_is_taken_back_that_was_not_done(acme_once: Company, command_id: Any) -> None:
    by = acme_once.ana
    refusal = check_refused(acme_once, lambda engine: undo(engine, command_id, person_id=by))
    assert isinstance(refusal, CommandRejected)
    assert refusal.field == "undo"


@pytest.mark.parametrize("name", ["record", "check in", "amend", "reach", "annotate", "rebase"])
def test_who_may_only_look_is_refused_everywhere(acme_once: Company, name: str) -> None:
    run, good = commands(acme_once)[name]
    good["person_id"] = acme_once.viewer
    refusal = check_refused(acme_once, lambda engine: run(engine, **good))
    assert isinstance(refusal, CommandRejected)
    assert refusal.field == "role"


Sheets = dict[str, tuple[list[str], list[list[str]]]]


def sheets() -> Sheets:
    """Give the company's files as headings and cells."""
    tables = acme()
    return {
        name: (
            [column.name for column in columns(FILES[name])],
            list(spelled(FILES[name], getattr(tables, name))),
        )
        for name in FILES
    }


def loaded(at: Sheets) -> Tables:
    """Read files as they are read from a folder; raise `BadInput` as that does."""
    tables, problems = Tables(), []
    for name, (headings, lines) in at.items():
        numbered = enumerate([headings, *lines], 1)
        sheet = read_sheet(name, f"{name}.csv", numbered, tables)
        setattr(tables, name, sheet.rows)
        if len(sheet.given) < len(columns(FILES[name])):
            tables.given[name] = sheet.given
        problems += sheet.problems
    if problems:
        raise BadInput(problems, tables)
    return tables


BAD_CELLS: dict[type, list[str]] = {
    float: [
        *("many", "nan", "NaN", "inf", "-inf", "1e308", "1e16", "-1e400", "1,5", "1 000", "0x10"),
        *("9" * 400, "\x00", "１", "--1", "1e"),
    ],
    int: ["0", "-1", "1000000", "1.5", "many", "nan", "\x00", "9" * 50],
    date: [
        *("0000-01-01", "0001-01-01", "9999-12-31", "1899-12-31", "2200-01-01", "2026-02-30"),
        *("31.12.2026", "today", "\x00", "2026-13-01", "10000-01-01"),
    ],
    datetime: [
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2026-05-01T08:00:00",
        "now",
        "\x00",
    ],
    str: ["a\x00b", "\x07", "x" * 33_000, "\x1b[2J", "a\ud800", "\uffff"],
    tuple: ["a\x00b", "x" * 201, "nobody knows this", "\x1b"],
}
BELOW_ZERO = ["0", "-1", "-1e-300"]


@st.composite
def bad_sheets(draw: st.DrawFn) -> tuple[Sheets, str]:
    """Give the company's files with one cell that is wrong, and which column that is."""
    at = sheets()
    name = draw(st.sampled_from([name for name, (_, lines) in at.items() if lines]))
    column = draw(st.sampled_from(columns(FILES[name])))
    bad = BAD_CELLS.get(column.kind, ["nonsense", "\x00", "x" * 10_000])
    if column.name in ("share", "weight"):
        bad = [*bad, *BELOW_ZERO]
    if column.name in ("team", "cycle", "objective", "person", "kpi", "key_result", "step"):
        bad = [*bad, "x" * 201] + ([""] if column.needed else [])
    headings, lines = at[name]
    line = draw(st.sampled_from(lines))
    line[headings.index(column.name)] = draw(st.sampled_from(bad))
    assume(any(line))  # A blank line is none.
    return at, f"{name}.csv"


@settings(
    max_examples=4_500,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(bad=bad_sheets())
def test_an_import_refuses_bad_cells(acme_once: Company, bad: tuple[Sheets, str]) -> None:
    at, file = bad
    refusal = check_refused(acme_once, lambda engine: import_tables(engine, loaded(at)))
    assert isinstance(refusal, BadInput)
    assert file in {problem.file for problem in refusal.problems}
    assert all(problem.what and problem.remedy for problem in refusal.problems)


def with_cells(name: str, *changed: dict[str, str], keep: tuple[str, ...] = ()) -> Sheets:
    """Give the company's files with other cells in the first lines of one of them."""
    at = sheets()
    headings, lines = at[name]
    for line, cells in zip(lines, changed, strict=False):
        for column, cell in cells.items():
            line[headings.index(column)] = cell
    if keep:
        picked = [headings.index(column) for column in keep]
        return {name: (list(keep), [[line[at] for at in picked] for line in lines])}
    return at


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (
            with_cells("cycles", {"starts_on": "2026-12-31", "ends_on": "2026-01-01"}),
            "ends_on 2026-01-01 is before starts_on",
        ),
        (with_cells("teams", {"parent": "North"}), "is above itself"),
        (with_cells("teams", {"parent": "Acme"}), "“Acme” is above itself"),
        (with_cells("kpis", {"low": "9", "high": "8"}), "low 9 is above high 8"),
        (
            with_cells("kpis", {}, {"low": "13"}, keep=("team", "kpi", "low")),
            "low 13 would be above high 12 of “Conversion”",
        ),
        (with_cells("kpis", {"driven_by": "[Revenue] * 2"}), "“Revenue” would drive itself"),
        (
            with_cells(
                "kpis", {"driven_by": "[Sales / Conversion]"}, {"driven_by": "[Acme / Revenue]"}
            ),
            "would drive itself",
        ),
        (with_cells("kpis", {"driven_by": "[Revenue"}), "driven_by"),
        (with_cells("objectives", {"supports": "Win the north"}), "supports itself"),
        (with_cells("people", {"role": "owner"}), "role"),
    ],
)
def test_an_import_refuses_what_contradicts_itself(
    acme_once: Company, bad: Sheets, what: str
) -> None:
    refusal = check_refused(acme_once, lambda engine: import_tables(engine, loaded(bad)))
    assert what in str(refusal)


def test_what_is_taken_back_never_closes_a_tree_of_teams(company: Engine) -> None:
    top = {"team": "Sales", "parent": ""}
    at = sheets()["teams"][0]

    def moved(team: str, parent: str) -> Tables:
        return loaded({"teams": (at[:2], [[team, parent]])})

    ben = person(company, "Ben")
    import_tables(company, moved("Acme", ""), person_id=ben)
    done = import_tables(company, moved(**top), person_id=ben).command_id
    assert done is not None
    import_tables(company, moved("Acme", "North"), person_id=ben)
    before = everything(company)
    with pytest.raises(CommandRejected, match="would be above itself") as refused:
        undo(company, done, person_id=ben)
    assert refused.value.field == "undo"
    assert everything(company) == before


def test_what_is_taken_back_never_closes_a_ring_of_drivers(company: Engine) -> None:
    def driven(kpi: str, by: str) -> Tables:
        return loaded({"kpis": (["team", "kpi", "driven_by"], [["Sales", kpi, by]])})

    ben = person(company, "Ben")
    import_tables(company, driven("Visits", "[Conversion]"), person_id=ben)
    done = import_tables(company, driven("Visits", ""), person_id=ben).command_id
    assert done is not None
    import_tables(company, driven("Conversion", "[Visits]"), person_id=ben)
    with pytest.raises(CommandRejected, match="would drive itself"):
        undo(company, done, person_id=ben)


def test_nothing_of_all_this_was_written(acme_once: Company) -> None:
    """Runs last in this file: the company is as it was, row by row."""
    assert data_version(acme_once.engine) == acme_once.version
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        Clock(patch).set(NOW)
        engine = open_database(f"sqlite:///{Path(folder) / 'milepost.db'}")
        import_tables(engine, acme())
        Company(engine)
        assert everything(acme_once.engine) == everything(engine)
        engine.dispose()
