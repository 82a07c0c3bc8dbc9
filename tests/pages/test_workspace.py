"""Opening the data: what happens once a server."""

import gc
from threading import Event

import pytest

from components.ui.page_registry import UPDATE
from data.core.errors import Unreachable
from pages.shared import workspace
from tests.pages.conftest import Open


def test_what_is_loaded_by_the_first_page_is_left_out_of_garbage_collections(
    open_place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.unfreeze()
    monkeypatch.setattr(workspace, "_ready", Event())
    assert not open_place(UPDATE).exception
    spared = gc.get_freeze_count()
    assert spared > 100_000
    assert not open_place(UPDATE).exception
    # What is let go of may only make them fewer.
    assert gc.get_freeze_count() <= spared


def test_a_page_that_fails_though_the_database_answers_is_not_run_again_at_once(
    open_place: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs: list[int] = []

    def fail(*_: object) -> None:
        runs.append(1)
        raise Unreachable("Not saved yet: the file of the database is damaged.")

    monkeypatch.setattr("data.screens.update.mine", fail)
    page = open_place(UPDATE, person="Leila Haddad")
    assert not page.exception
    assert len(runs) == 1
    assert any("cannot be reached" in text.value for text in page.markdown)
