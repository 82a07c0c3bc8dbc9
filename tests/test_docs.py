"""The documents speak of what there is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.ui.page_registry import PLACES

ROOT = Path(__file__).parents[1]
DOCUMENTS = (
    "README.md",
    "docs/architecture.md",
    "docs/changing.md",
    "docs/operating.md",
    "docs/signals.md",
    "docs/words.md",
)
ROOMS = ("analytics", "bench", "components", "data", "deploy", "docs", "pages", "web", "tests")
CODE = ("analytics", "data", "components", "pages", "web")
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


def recipe(title: str) -> set[str]:
    """Give the files that a recipe of `docs/changing.md` lists."""
    text = (ROOT / "docs/changing.md").read_text(encoding="utf-8")
    _, _, rest = text.partition(f"## {title}\n")
    body, _, _ = rest.partition("\n## ")
    return set(re.findall(r"^- `([\w./]+)`", body, re.MULTILINE))


def speaking_of(name: str, *, owner: str = "") -> set[str]:
    """Give the files of the code that speak of a name: as a field, an argument or a text."""
    code = [path for room in CODE for path in (ROOT / room).rglob("*.py")]
    paths = [ROOT / "models.py", *code]
    return {path.relative_to(ROOT).as_posix() for path in paths if speaks_of(path, name, owner)}


def speaks_of(path: Path, name: str, owner: str) -> bool:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    members = [node for node in nodes if isinstance(node, ast.Attribute) and node.attr == name]
    if owner:
        return any(isinstance(at.value, ast.Name) and at.value.id == owner for at in members)
    return bool(members) or any(
        (isinstance(node, ast.keyword) and node.arg == name)
        or (isinstance(node, ast.Constant) and node.value == name)
        or (isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name)
        for node in nodes
    )


def test_the_recipe_of_a_field_lists_all_that_speak_of_it() -> None:
    assert recipe("A field of a KPI") == speaking_of("link")


@pytest.mark.parametrize("field", ["link", "description", "smallest_change", "blocked_by"])
def test_the_column_of_a_plain_field_is_declared_and_nothing_more(field: str) -> None:
    assert {path for path in speaking_of(field) if path.startswith("data/exchange/")} == set()


@pytest.mark.parametrize("link", ["owner_id", "origin_kpi_id", "by_id"])
def test_the_column_that_names_a_thing_is_declared_and_nothing_more(link: str) -> None:
    spoken = {path for path in speaking_of(link) if path.startswith("data/")}
    assert not {path for path in spoken if path.startswith("data/exchange/")}
    assert spoken & {*recipe("A column of a file"), "data/core/fields.py"}


def test_the_recipe_of_a_page_lists_what_it_is_made_of() -> None:
    page = "pages/history/page.py"
    assert any(place.script == page for place in PLACES)
    tree = ast.parse((ROOT / page).read_text(encoding="utf-8"))
    imported = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules = {node.module or "" for node in imported}
    modules |= {f"{node.module}.{each.name}" for node in imported for each in node.names}
    files = {f"{module.replace('.', '/')}.py" for module in modules}
    # Its view is what the query gives, and is named by whom shows it.
    assert recipe("A page") - files == {page, "data/history/views.py"}


def test_the_recipe_of_a_rule_lists_all_that_speak_of_it() -> None:
    spoken = speaking_of("trend") | speaking_of("TREND", owner="Rule")
    assert recipe("A rule that finds a signal") == spoken | {"docs/signals.md"}


def test_the_recipe_of_a_kind_of_key_result_lists_all_that_speak_of_it() -> None:
    spoken = speaking_of("HOLD", owner="KeyResultKind")
    assert recipe("A kind of key result") == spoken | {"models.py"}


@pytest.mark.parametrize(
    ("title", "name", "owner", "more"),
    [
        ("A role of a column of a spreadsheet", "UNIT", "Role", {"words.toml"}),
        ("A question about a spreadsheet", "SAME_NAME", "QuestionKind", set()),
    ],
)
def test_the_recipes_of_a_spreadsheet_list_all_that_speak_of_it(
    title: str, name: str, owner: str, more: set[str]
) -> None:
    room = "data/exchange/spreadsheets"
    listed = {f"{room}/{each}" for each in {"mapping.py", *more}}
    assert recipe(title) == speaking_of(name, owner=owner) | listed


def test_the_recipe_of_a_cell_of_a_grid_lists_all_on_its_way_that_speak_of_it() -> None:
    ways = ("components/update/", "pages/shared/", "data/screens/")
    spoken = {path for path in speaking_of("blocked_by") if path.startswith(ways)}
    assert recipe("A cell of a grid") == spoken | {"data/okrs/fields.py"}


def test_the_recipe_of_an_element_lists_its_modules_and_what_sends_to_it() -> None:
    folder = ROOT / "components/frontend/why"
    modules = {path.relative_to(ROOT).as_posix() for path in folder.iterdir()}
    senders = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "components").rglob("*.py")
        if 'frontend.element("why")' in path.read_text(encoding="utf-8")
    }
    listed = recipe("An element that runs in the browser")
    assert modules | senders == listed - {"components/kpis/why_words.py"}
    assert len(senders) == 1
