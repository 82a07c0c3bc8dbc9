"""The documents speak of what there is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    "README.md",
    "docs/architecture.md",
    "docs/changing.md",
    "docs/signals.md",
    "docs/words.md",
)
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


def given_up() -> set[str]:
    """Give the names that `docs/words.md` lists as given up."""
    _, _, table = (ROOT / "docs/words.md").read_text(encoding="utf-8").partition("## Given up")
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row)}


def defined(path: Path) -> Iterator[str]:
    """Give the names of a module and of what it defines, without a leading underscore."""
    yield path.stem
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            yield node.name.lstrip("_")


def test_no_name_that_was_given_up_comes_back() -> None:
    names = given_up()
    assert len(names) > 40
    code = [path for room in ROOMS[:-1] for path in (ROOT / room).rglob("*.py")]
    found = {path.relative_to(ROOT): names & set(defined(path)) for path in code}
    assert {path: again for path, again in found.items() if again} == {}


def test_a_name_that_was_given_up_is_seen(tmp_path: Path) -> None:
    module = tmp_path / "roads.py"
    module.write_text("class Lane:\n    def _telling(self): ...\n", encoding="utf-8")
    assert {"roads", "Lane", "telling"} <= given_up() & set(defined(module))
