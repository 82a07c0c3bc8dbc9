"""A content file: what it becomes, and how a mistake in it is told."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from data.core.toml_file import BadContent, Content, load
from models import Cadence


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant(Content):
    name: str
    height: float | None = None
    watered: Cadence = Cadence.WEEKLY


@dataclass(frozen=True, slots=True, kw_only=True)
class Greenhouse(Content):
    plants: tuple[Plant, ...]


def greenhouse(path: Path, text: str) -> Greenhouse:
    path.write_text(text, encoding="utf-8")
    return load(path, Greenhouse)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "greenhouse.toml"


def test_a_file_becomes_what_its_shape_tells(path: Path) -> None:
    told = greenhouse(path, '[[plants]]\nname = "Fig"\nheight = 2\nwatered = "daily"')
    assert told == Greenhouse(plants=(Plant(name="Fig", height=2.0, watered=Cadence.DAILY),))


def test_what_is_not_told_is_as_the_shape_has_it(path: Path) -> None:
    (plant,) = greenhouse(path, '[[plants]]\nname = "Fig"').plants
    assert plant == Plant(name="Fig", height=None, watered=Cadence.WEEKLY)


def test_the_keys_of_a_file_may_be_names(path: Path) -> None:
    path.write_text('["Our house"]\nname = "Fig"', encoding="utf-8")
    assert load(path, dict[str, Plant]) == {"Our house": Plant(name="Fig")}


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('[[plants]]\nname = "Fig"\nhight = 2', "plants 1, hight: "),
        ('[[plants]]\nname = "Fig"\n[[plants]]\nheight = 2', "plants 2, name: "),
        ('[[plants]]\nname = "Fig"\nheight = "tall"', "plants 1, height: "),
        ('[[plants]]\nname = "Fig"\nwatered = "often"', "plants 1, watered: "),
        ('plants = "Fig"', "plants: "),
        ("", "plants: "),
    ],
)
def test_what_is_of_another_shape_is_told_with_its_key(path: Path, text: str, where: str) -> None:
    with pytest.raises(BadContent) as told:
        greenhouse(path, text)
    assert str(told.value).startswith(f"greenhouse.toml: {where}")


def test_a_word_that_is_not_known_is_told_with_those_that_are(path: Path) -> None:
    with pytest.raises(BadContent, match="'daily', 'weekdays', 'weekly', 'monthly'"):
        greenhouse(path, '[[plants]]\nname = "Fig"\nwatered = "often"')


def test_everything_that_is_wrong_is_told_at_once(path: Path) -> None:
    with pytest.raises(BadContent) as told:
        greenhouse(path, '[[plants]]\nheight = "tall"\n[[plants]]\nheight = "low"')
    assert str(told.value).count("greenhouse.toml: plants ") == 4


def test_what_is_no_toml_is_told_with_its_line(path: Path) -> None:
    with pytest.raises(BadContent, match=r"greenhouse\.toml: .*line 2"):
        greenhouse(path, "[[plants]]\nname = Fig")


def test_what_is_not_utf8_is_told_with_its_file(path: Path) -> None:
    path.write_bytes(b'[[plants]]\nname = "\xff"')
    with pytest.raises(BadContent, match=r"greenhouse\.toml: "):
        load(path, Greenhouse)
