"""A mapping as a file: written, read back as it was, and refused line by line where it is wrong."""

import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.exchange.bad_input import BadInput
from data.exchange.spreadsheets.mapping import ColumnMapping, Mapping, Role, SheetMapping
from data.exchange.spreadsheets.mapping_file import parsed, written
from tests.data.exchange.spreadsheets.mappings import AWKWARD, BETTER, OPEN, wide

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
COLUMNS = st.builds(ColumnMapping, WORDS, st.sampled_from(Role), WORDS)
SHEETS = st.builds(
    SheetMapping,
    WORDS,
    st.lists(st.integers(1, 99), max_size=2).map(tuple),
    st.lists(COLUMNS, max_size=3).map(tuple),
    st.booleans(),
    st.booleans(),
    WORDS,
    WORDS,
)
CELLS = st.dictionaries(WORDS, WORDS, max_size=2)
MAPPINGS = st.builds(
    Mapping,
    st.lists(SHEETS, min_size=1, max_size=2).map(tuple),
    CELLS,
    st.dictionaries(WORDS, CELLS, max_size=2),
)


def read(text: str) -> Mapping:
    return parsed("mapping.toml", text.encode())


@given(MAPPINGS)
def test_what_is_written_is_read_back(mapping: Mapping) -> None:
    assert read(written(mapping)) == mapping


def test_a_name_of_all_kinds_of_signs_is_read_back() -> None:
    mapping = Mapping(
        wide(heading=AWKWARD).sheets, {AWKWARD: AWKWARD}, {AWKWARD: {"unit": AWKWARD}}
    )
    assert read(written(mapping)) == mapping


def test_a_proposed_answer_is_taken_and_an_open_question_is_left_to_be_answered() -> None:
    text = written(wide(), [BETTER, OPEN])
    assert tomllib.loads(text)["answers"] == {"better/KPI/Scrap rate": "lower"}
    assert '#   "higher" reads it as "ideal from 4.5"' in text
    assert '# "year/KPI/KW 45" = ' in text
    answered = text.replace('# "year/KPI/KW 45" = ', '"year/KPI/KW 45" = "2026"')
    assert read(answered).answers["year/KPI/KW 45"] == "2026"


def test_what_was_answered_stands_before_what_is_proposed() -> None:
    text = written(replace(wide(), answers={BETTER.key: "higher", "own": "kept"}), [BETTER])
    assert read(text).answers == {BETTER.key: "higher", "own": "kept"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("sheets = ", "Invalid value"),
        ("", "sheets"),
        (written(wide()).replace('role = "target"', 'role = "goal"'), "columns 2, role"),
        (written(wide()).replace("is_read", "isread"), "isread"),
    ],
)
def test_what_is_no_mapping_is_said_with_what_to_do(text: str, wrong: str) -> None:
    with pytest.raises(BadInput) as bad:
        read(text)
    problem = bad.value.problems[0]
    assert wrong in problem.what
    assert str(problem).startswith("mapping.toml:1: ")
    assert "--propose" in problem.remedy
