"""The house: which room may know which, and what none of them may do."""

import ast
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

import models

ROOT = Path(__file__).parents[1]
ROOMS = ("analytics", "components", "data", "pages", "web")
OURS = {"app", "models", "server", "bench", "tests", *ROOMS}
DATABASE = {"alembic", "psycopg", "sqlalchemy", "sqlite3", "sqlmodel"}

MAY_KNOW = {
    "app": {"components", "pages"},
    "server": {
        "app",
        "components.ui.frontend",
        "components.ui.preloads",
        "data.core.settings",
        "data.operations.metrics",
        "pages.shared.failure",
        "pages.shared.sign_in",
        "pages.shared.login_return",
        "web",
    },
    "models": set(),
}
"""What of ours the modules beside the rooms may import; the rooms' own arrows are contracts."""

MAY_NOT_USE = {"app": DATABASE, "server": DATABASE, "models": {"streamlit"}}
"""What of others' they may not import."""

WITHOUT_A_CLOCK = {"analytics", "components"}
TELL_THE_DAY = {"data/core/database.py", "data/operations/backup.py"}
"""Where the day comes from: the clock that can be set, and the names of copies."""

DAYS = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.time|localtime|gmtime)$")
CLOCKS = re.compile(r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.\w+|localtime|gmtime)$")
UNSAFE = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|unsafe_allow_html|\beval\(|pickle")
VOCABULARY = {
    name
    for name, kind in vars(models).items()
    if isinstance(kind, type) and issubclass(kind, StrEnum)
}


def sources(*suffixes: str) -> Iterator[Path]:
    """Give the files of ours; what others wrote lies in a folder of its own."""
    for room in ROOMS:
        found = (path for path in (ROOT / room).rglob("*") if path.suffix in suffixes)
        yield from (path for path in found if path.parent.name != "vendor")
    yield from (path for path in ROOT.glob("*") if path.suffix in suffixes)


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(tree: ast.Module) -> Iterator[str]:
    """Give the full name of everything a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_part_of(name: str, parts: set[str]) -> bool:
    return any(name == part or name.startswith(f"{part}.") for part in parts)


def wrong_imports(module: str, source: str) -> list[str]:
    """Give what a module beside the rooms imports though it may not know it."""
    return [
        name
        for name in imported(ast.parse(source))
        if is_part_of(name, MAY_NOT_USE[module])
        or (is_part_of(name, OURS) and not is_part_of(name, MAY_KNOW[module]))
    ]


def tables(source: str) -> list[str]:
    """Give what is imported of the models that is no vocabulary."""
    names = (name for name in imported(ast.parse(source)) if is_part_of(name, {"models"}))
    return [name for name in names if name.removeprefix("models.") not in VOCABULARY]


def borrowed(source: str) -> list[str]:
    """Give what is imported from modules of tests."""
    names = imported(ast.parse(source))
    return [name for name in names if re.match(r"tests\.(.*\.)?test_", name)]


def relative(source: str) -> list[str]:
    return [name for name in imported(ast.parse(source)) if name.startswith(".")]


def clocks(source: str) -> list[str]:
    """Give the calls that tell what time it is."""
    return called(source, CLOCKS)


def days(source: str) -> list[str]:
    """Give the calls that tell what day it is."""
    return called(source, DAYS)


def called(source: str, names: re.Pattern[str]) -> list[str]:
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [name for call in calls if names.search(name := ast.unparse(call.func))]


def unsafe(source: str) -> list[str]:
    return UNSAFE.findall(source)


def misplaced(pages: Path) -> list[str]:
    """Give the files that Streamlit would take for pages of its own."""
    return [path.name for path in pages.glob("*.py")]


def undocumented(source: str) -> bool:
    return not ast.get_docstring(ast.parse(source))


python = pytest.mark.parametrize(
    "path", list(sources(".py")), ids=lambda path: str(path.relative_to(ROOT))
)


@pytest.mark.parametrize("module", MAY_KNOW)
def test_a_module_beside_the_rooms_knows_only_what_is_below_it(module: str) -> None:
    assert wrong_imports(module, (ROOT / f"{module}.py").read_text()) == []


def test_elements_take_words_from_the_models_and_no_tables() -> None:
    found = {path.name: tables(path.read_text()) for path in (ROOT / "components").rglob("*.py")}
    assert {name for name, names in found.items() if names} == set()


def test_no_test_imports_another() -> None:
    found = {
        path.name: names
        for path in (ROOT / "tests").rglob("*.py")
        if (names := borrowed(path.read_text()))
    }
    assert found == {}


@python
def test_an_import_names_its_room(path: Path) -> None:
    assert relative(path.read_text()) == []


@python
def test_a_module_says_what_it_is(path: Path) -> None:
    assert not undocumented(path.read_text())


def test_analytics_and_components_have_no_clock() -> None:
    found = {
        path.name: clocks(path.read_text())
        for path in sources(".py")
        if room_of(path) in WITHOUT_A_CLOCK
    }
    assert {name for name, calls in found.items() if calls} == set()
    assert len(found) > 10


def test_the_day_comes_from_one_place_that_a_test_can_set() -> None:
    ours = [path for path in sources(".py") if days(path.read_text())]
    assert {str(path.relative_to(ROOT)) for path in ours} == TELL_THE_DAY
    tests = [path for path in (ROOT / "tests").rglob("*.py") if days(path.read_text())]
    # One tells whether the clock that is not set is that of the machine.
    assert [path.name for path in tests] == ["test_database.py"]


def test_nothing_runs_what_came_from_outside() -> None:
    found = {path.name: unsafe(path.read_text()) for path in sources(".py", ".js")}
    assert {name for name, words in found.items() if words} == set()
    assert any(name.endswith(".js") for name in found)


def test_each_page_has_a_folder() -> None:
    assert misplaced(ROOT / "pages") == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("models", "from data.kpis.views.gauges import Gauge"),
        ("models", "import streamlit as st"),
        ("app", "from data.core.database import now"),
        ("app", "from sqlalchemy.engine import Engine"),
        ("server", "from pages.shared import who"),
        ("server", "def late():\n    from pages.shared import who"),
    ],
)
def test_an_import_against_the_arrows_is_seen(module: str, source: str) -> None:
    assert len(wrong_imports(module, source)) == 1


@pytest.mark.parametrize(
    "source", ["from models import Reading", "import models", "from models import *"]
)
def test_a_table_is_seen(source: str) -> None:
    assert len(tables(source)) == 1


def test_a_word_is_no_table() -> None:
    assert tables("from models import Health\nfrom components.ui import words") == []


def test_what_is_borrowed_from_a_test_is_seen() -> None:
    source = "from tests.data.test_log import plain\nfrom tests.browser import test_okrs"
    assert len(borrowed(source)) == 2
    assert borrowed("from tests.data.builders import acme") == []


def test_a_relative_import_is_seen() -> None:
    assert len(relative("from . import views\nfrom data import core")) == 1


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "dt.date.today()",
        "time.time()",
        "time.monotonic()",
    ],
)
def test_a_clock_is_seen(source: str) -> None:
    assert clocks(source) != []


def test_a_day_that_was_handed_in_is_no_clock() -> None:
    assert clocks("datetime.combine(today, midnight)\ndate.fromisoformat(text)") == []


@pytest.mark.parametrize(
    "source",
    [
        "node.innerHTML = name",
        "st.markdown(text, unsafe_allow_html=True)",
        "eval(text)",
        "import pickle",
    ],
)
def test_running_what_came_from_outside_is_seen(source: str) -> None:
    assert unsafe(source) != []


def test_a_page_without_a_folder_is_seen(tmp_path: Path) -> None:
    (tmp_path / "cockpit").mkdir()
    (tmp_path / "cockpit" / "page.py").touch()
    assert misplaced(tmp_path) == []
    (tmp_path / "cockpit.py").touch()
    assert misplaced(tmp_path) == ["cockpit.py"]


@pytest.mark.parametrize("source", ["", "import ast", '""""""'])
def test_a_module_that_says_nothing_is_seen(source: str) -> None:
    assert undocumented(source)
