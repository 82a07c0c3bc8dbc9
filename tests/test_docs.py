"""The documents speak of what there is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "docs/architecture.md", "docs/signals.md")
ROOMS = ("analytics", "bench", "components", "data", "docs", "pages", "tests")
NAMED = re.compile(r"`((?:" + "|".join(ROOMS) + r")/[\w./]*)`")
LINKED = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    missing = [path for path in NAMED.findall(text) if not (ROOT / path).exists()]
    assert missing == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_links_to_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [
        link for link in LINKED.findall(text) if not (ROOT / name).parent.joinpath(link).exists()
    ]
    assert links == []


def test_every_room_of_the_code_is_told_of() -> None:
    told = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = [path.parent.name for path in (ROOT / "data").glob("*/__init__.py")]
    rooms += [path.parent.name for path in (ROOT / "analytics").glob("*/__init__.py")]
    assert [room for room in rooms if room not in told] == []
