"""What an import would do, in words that no Markdown changes."""

from components.exchange import import_words
from data.exchange.views import FileView, ImportView, ProblemView, RowView


def file(**changes: object) -> FileView:
    row = RowView(7, ("**Acme**", "12", "a\n- b"), {"value": "", "note": "<i>x</i>"})
    shape = {
        "name": "check_ins",
        "columns": ("team", "value", "note"),
        "counts": {"new": 1, "changed": 1_234, "equal": 0},
        "rows": {"new": (RowView(2, ("Acme", "1", ""), {}),), "changed": (row,), "equal": ()},
        "wrong": 0,
        "waiting": 0,
    }
    return FileView(**{**shape, **changes})  # type: ignore[arg-type]


PROBLEM = ProblemView("teams", "[x](y).xlsx[teams]", 3, "unknown\nteam", "add it")


def test_a_sentence_says_what_pressing_would_do() -> None:
    assert import_words.sentence(ImportView((file(),), (), ())) == (
        "1 row new, 1\u202f234 changed, 0 equal."
    )
    nothing = file(counts={"new": 0, "changed": 0, "equal": 3})
    assert "nothing to import" in import_words.sentence(ImportView((nothing,), (), ()))
    assert import_words.sentence(ImportView((file(),), (PROBLEM,), ())).startswith("1 problem to")
    assert import_words.sentence(ImportView((), (), ())).startswith("There are no rows in it yet")
    assert import_words.done(2, 0) == "Imported: 2 new, 0 changed."


def test_counts_name_only_the_kinds_that_matter() -> None:
    assert import_words.summary(ImportView((file(),), (), ())) == {
        "Table": ["check\\_ins"],
        "\\+ new": ["1"],
        "≠ changed": ["1\u202f234"],
        "= equal": ["–"],
    }
    columns = import_words.summary(ImportView((file(wrong=2, waiting=1),), (PROBLEM,), ()))
    assert (columns["✕ wrong"], columns["… waiting"]) == (["2"], ["1"])


def test_a_changed_cell_says_what_stands() -> None:
    assert import_words.listed(file(), "changed") == {
        "Row": ["7"],
        "team": ["\\*\\*Acme\\*\\*"],
        "value": ["empty → **12**"],
        "note": ["\\<i\\>x\\</i\\> → **a \\- b**"],
    }
    assert "note" not in import_words.listed(file(), "new")


def test_a_problem_is_shown_as_words_that_are_never_cut() -> None:
    assert import_words.problems((PROBLEM,)) == (
        "- **\\[x\\]\\(y\\)\\.xlsx\\[teams\\], row 3**: unknown team  \n  → add it"
    )
    whole = ProblemView("", "own.xlsx", 1, "holds no sheet", "name it " * 100 + "so")
    assert import_words.problems((whole,)) == (
        f"- **own\\.xlsx**: holds no sheet  \n  → {'name it ' * 100}so"
    )


def test_more_is_said_where_there_is_more() -> None:
    assert import_words.more(200, 1_234) == "and 1\u202f034 more"
    assert import_words.more(200, 200) == ""
