"""The pictures in docs/ are what they say they are."""

import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from analytics.drift import replay
from bench.pictures import FILLS, Picture, main, pictures, svg

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = pytest.mark.parametrize("picture", list(pictures()), ids=lambda each: each.name)


@PICTURES
def test_the_pictures_in_the_docs_are_those_that_are_drawn(picture: Picture) -> None:
    assert (DOCS / f"signals-{picture.name}.svg").read_text(encoding="utf-8") == svg(picture)


@PICTURES
def test_a_picture_shows_each_reading_and_the_signal_it_had(picture: Picture) -> None:
    drawn = list(ElementTree.fromstring(svg(picture)).iter())
    assert sum(each.tag.endswith("circle") for each in drawn) == picture.readings.size
    letters = [
        each.text for each in drawn if each.tag.endswith("text") and len(each.text or "") == 1
    ]
    words = replay(picture.readings, better="higher", season=picture.season).tolist()
    assert letters == [word[0] for word in words]


def test_every_signal_has_a_colour_and_a_letter_of_its_own() -> None:
    assert len({word[0] for word in FILLS}) == len(set(FILLS.values())) == 5


def test_they_are_written_into_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pictures", str(tmp_path)])
    main()
    written = {path.name for path in tmp_path.iterdir()}
    assert written == {path.name for path in DOCS.glob("signals-*.svg")}
    text = (DOCS / "signals.md").read_text(encoding="utf-8")
    assert all(f"]({name})" in text for name in written)
