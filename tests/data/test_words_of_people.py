"""Names and notes of every kind: kept as they are, shown as text, out and in again unchanged."""

import json
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.ui.page_registry import COCKPIT, DRIFT, HISTORY, UPDATE
from components.ui.words import JOINER
from data.core.database import data_version, open_database
from data.exchange.importing import import_tables
from data.exchange.read import read
from data.exchange.write import write
from data.identity.people import introduce
from data.kpis.commands.readings import record_reading
from tests.data.builders import content, exported, key
from tests.data.words_of_people import LAST_WEEK, LONG, WORDS, company

APP = str(Path(__file__).parents[2] / "app.py")
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILEPOST_NOW", f"{TODAY}T09:00:00+00:00")
        url = f"sqlite:///{tmp_path_factory.mktemp('words') / 'milepost.db'}"
        patch.setenv("MILEPOST_DATABASE_URL", url)
        import_tables(open_database(url), company())
        yield url


@pytest.fixture
def words(url: str) -> Engine:
    return open_database(url)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_is_one_that_is_kept(word: str) -> None:
    assert word == unicodedata.normalize("NFC", word).strip()


def test_what_was_brought_in_is_what_is_there(words: Engine) -> None:
    kept, brought = exported(words), company()
    assert {row.team for row in kept.teams} == {row.team for row in brought.teams}
    assert {row.kpi: row.description for row in kept.kpis} == {word: word for word in WORDS}
    assert {row.note for row in kept.readings} == {*WORDS, LONG}
    assert {row.note for row in kept.check_ins} == {LONG}
    assert {row.blocked_by for row in kept.check_ins} == {*WORDS}
    assert {row.reason for row in kept.decisions} == {*WORDS}
    assert {row.text for row in kept.annotations} == {*WORDS}


@pytest.mark.parametrize("name", ["folder", "book.xlsx"])
def test_all_of_it_goes_out_and_comes_in_again_unchanged(
    words: Engine, tmp_path: Path, name: str
) -> None:
    before = exported(words)
    write(before, tmp_path / name)
    again = read(tmp_path / name).tables
    assert content(again) == content(before)
    assert import_tables(words, again, dry_run=True).changes == 0
    another = open_database(f"sqlite:///{tmp_path / 'another.db'}")
    import_tables(another, again)
    assert content(exported(another)) == content(before)
    another.dispose()


@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_a_persons_name_and_a_note(words: Engine, word: str) -> None:
    assert introduce(words, word) == key(words, "person", word)
    # As long as a note may be; the end is the word's.
    note = ("🎯" * 10_000 + word)[-10_000:]
    base_version = data_version(words)
    record_reading(
        words,
        person_id=introduce(words, word),
        kpi_id=key(words, "kpi", word),
        period=LAST_WEEK,
        value=8,
        note=note,
        base_version=base_version,
    )
    (kept,) = [
        row.note
        for row in exported(words).readings
        if row.kpi == word and row.date == LAST_WEEK and row.recorded_by == word
    ]
    assert kept == note


def strings(value: Any) -> Iterator[str]:
    """Give all texts in what was sent as JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key_, inner in value.items():
            yield from (key_, *strings(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def shown(app: AppTest) -> str:
    """Give all that a page shows as text; none of it may be sent as HTML."""
    assert not app.exception
    assert not any(element.proto.allow_html for element in (*app.markdown, *app.caption))
    # What the page itself writes as HTML holds nobody's words.
    written = [element.proto.body for element in app.get("html")]
    assert not [body for body in written if any(word in body for word in WORDS)]
    sent = [element.value.replace("\\", "") for element in (*app.markdown, *app.caption)]
    for element in app.get("bidi_component"):
        sent += strings(json.loads(element.proto.json or "null"))
    for table in app.dataframe:
        sent += [str(value) for value in table.value.to_numpy().flatten()]
    for box in app.selectbox:
        sent += map(str, box.options)
    return "\n".join(sent).replace(JOINER, "")


@pytest.fixture
def run(url: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", url)
    monkeypatch.setenv("MILEPOST_NOW", f"{TODAY}T09:00:00+00:00")

    def open_page(script: str, person: str | None = None, **state: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        app.session_state["person"] = person
        for name, value in state.items():
            app.session_state[name] = value
        app.run()
        return app if script == COCKPIT.script else app.switch_page(script).run()

    return open_page


@pytest.mark.parametrize("script", [COCKPIT.script, DRIFT.script, HISTORY.script])
def test_every_page_shows_words_as_they_are(run: Callable[..., AppTest], script: str) -> None:
    page = shown(run(script))
    if script != HISTORY.script:
        assert not [word for word in WORDS if word not in page]


@pytest.mark.parametrize("word", WORDS)
def test_ones_own_list_shows_ones_words(run: Callable[..., AppTest], word: str) -> None:
    assert word in shown(run(UPDATE.script, person=word))


@pytest.mark.parametrize("word", WORDS)
def test_a_kpi_shows_its_words(words: Engine, run: Callable[..., AppTest], word: str) -> None:
    page = shown(run(COCKPIT.script, looked_at=str(key(words, "kpi", word))))
    assert word in page
