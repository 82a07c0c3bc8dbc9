"""The sample company's files: each name in them is known, and a mistake is told with its place."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from analytics.drivers import parse
from data.content import sample
from data.content.readings import TWO_YEARS, full_name
from data.content.sample import key_result_stories, kpi_stories, sample_company, written_tables
from data.content.stories import KpiStory
from data.core.fields import columns
from data.core.toml_file import BadContent
from data.exchange.bad_input import BadInput
from data.exchange.tables import FILES, Tables

TODAY = date(2026, 11, 22)
CACHED = (kpi_stories, key_result_stories, sample._cadences, sample._lines)

Mistake = Callable[[str, str, str], None]


@pytest.fixture(scope="module")
def tables() -> Tables:
    return written_tables(TODAY)


@pytest.fixture
def mistake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mistake]:
    """Give what writes something else into one of the files."""
    folder = tmp_path / "sample"
    shutil.copytree(sample.FOLDER, folder)
    monkeypatch.setattr(sample, "FOLDER", folder)

    def write(name: str, right: str, wrong: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert right in text
        (folder / name).write_text(text.replace(right, wrong, 1), encoding="utf-8")

    for cached in CACHED:
        cached.cache_clear()
    yield write
    for cached in CACHED:
        cached.cache_clear()


def test_every_file_is_one_that_is_read() -> None:
    csv_files = {f"{name}.csv" for name in sample.WRITTEN}
    stories = {"readings.toml", "check_ins.toml"}
    assert {path.name for path in sample.FOLDER.iterdir()} == csv_files | stories


@pytest.mark.parametrize("name", sorted(sample.WRITTEN))
def test_every_heading_is_a_column(name: str) -> None:
    text = (sample.FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    headings = text.partition("\n")[0].split(",")
    assert set(headings) <= {column.name for column in columns(FILES[name])}


def test_every_kpi_has_its_story_and_every_story_its_kpi(tables: Tables) -> None:
    assert set(kpi_stories()) == {full_name(row) for row in tables.kpis}


def test_a_kpi_lies_on_a_level_or_follows_from_others(tables: Tables) -> None:
    driven = {full_name(row) for row in tables.kpis if row.driven_by}
    assert {name for name, story in kpi_stories().items() if not story.level} == driven
    for name in driven:
        story = kpi_stories()[name]
        assert story == KpiStory(places=story.places, marks=story.marks)


def test_what_is_told_of_a_reading_is_of_one_that_is_there(tables: Tables) -> None:
    cadences = {full_name(row): row.cadence for row in tables.kpis}
    for name, story in kpi_stories().items():
        count = story.count or TWO_YEARS[cadences[name]]
        told = (*story.gaps, *(mark.ago for mark in story.marks))
        assert {ago for ago in told if not 0 <= ago < count} == set(), name
        assert 0 <= story.silent < count, name
        assert len(story.season) in (0, 12), name


def test_every_kpi_that_another_follows_from_is_there(tables: Tables) -> None:
    there = {full_name(row) for row in tables.kpis}
    for row in tables.kpis:
        share_of = kpi_stories()[full_name(row)].share_of
        drivers = parse(row.driven_by).names if row.driven_by else ()
        for name in (*drivers, *filter(None, [share_of])):
            assert {f"{row.team} / {name}", f"Alderquay / {name}", name} & there, full_name(row)


def test_every_story_of_a_key_result_is_of_one_that_is_there(tables: Tables) -> None:
    told = {(name, each) for name, stories in key_result_stories().items() for each in stories}
    assert told <= {(row.objective, row.key_result) for row in tables.key_results}


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        ("decisions.csv", "3 periods ago", "3 moons ago", "decisions.csv:3: date 3 moons ago"),
        ("decisions.csv", "in 28 days", "soon", "decisions.csv:3: look_again soon is"),
        ("milestones.csv", "30 %", "a third", "milestones.csv:2: done_on a third is"),
        ("kpis.csv", "weekly", "weakly", "kpis.csv:6: cadence weakly is"),
        ("kpis.csv", "30,45", "30", "kpis.csv:6: has 11 cells"),
        ("cycles.csv", "first day", "", "cycles.csv:2: starts_on is empty"),
        ("teams.csv", "Sales,", '"Sales,', "teams.csv:3: a quotation mark"),
        ("people.csv", "person,", "who,", "people.csv:1: the column person is missing"),
    ],
)
def test_a_mistake_in_a_table_is_told_with_its_line(
    mistake: Mistake, name: str, right: str, wrong: str, told: str
) -> None:
    mistake(name, right, wrong)
    with pytest.raises(BadInput) as bad:
        sample_company(TODAY)
    assert told in str(bad.value)


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        ("readings.toml", "noise = 1.3", 'noise = "some"', "Sales / Sales cycle, noise: "),
        ("readings.toml", "since = 14", "sins = 14", "Sales / Sales cycle, shifts 1, s"),
        (
            "check_ins.toml",
            'course = "behind"',
            'course = "late"',
            "a service partner, course: ",
        ),
        ("check_ins.toml", '"likely"', '"maybe"', "Customers, check_ins 1, confidence: "),
    ],
)
def test_a_mistake_in_a_story_is_told_with_its_key(
    mistake: Mistake, name: str, right: str, wrong: str, told: str
) -> None:
    mistake(name, right, wrong)
    with pytest.raises(BadContent) as bad:
        sample_company(TODAY)
    assert str(bad.value).startswith(f"{name}: ")
    assert told in str(bad.value)
