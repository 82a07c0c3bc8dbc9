"""Opening the data: what happens once a server."""

import gc
from threading import Event

import pytest

from components.ui.page_registry import UPDATE
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
