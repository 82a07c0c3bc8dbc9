"""What the code says to people, read from the code itself: what is filled in stands as “…”."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FEWEST_WORDS = 3
WORD = re.compile(r"(?<!\S)[^\w\s]*[^\W\d_][^\s=]*")
SHORT = re.compile(r"[A-Z][a-z]+( [^ ]+)?[.?!]")
CODE = re.compile(
    r"[<>{}=]|\w\(|[\w)]\[|^[.#\[]|, \.|:\w+,|button,|select,|^[Mvh] ?\d|\w::"
    r"|\b(SELECT|PRAGMA|ROW)\b"
)
"""What is in the code for machines: selectors, paths of drawings, statements."""
FOR_MACHINES = {"key", "format", "url", "pattern", "style"}


def files_of(*places: str) -> list[Path]:
    """Give the files of some places in their order; those of a place that begins with “!” go."""
    found: dict[Path, None] = {}
    for place in places:
        files = sorted(ROOT.glob(place.removeprefix("!")))
        assert files, place
        for file in files:
            found.pop(file, None) if place.startswith("!") else found.setdefault(file)
    return list(found)


def said_in(*places: str) -> list[str]:
    """Give what the Python files of some places say, in their order, each once."""
    files = files_of(*places)
    said = (text for file in files for text in _said(ast.parse(file.read_text(encoding="utf-8"))))
    return list(dict.fromkeys(said))


def said_in_browser(*places: str) -> list[str]:
    """Give what the modules of some places say in the browser."""
    found: list[str] = []
    for file in files_of(*places):
        code = re.sub(r"^\s*(//|/\*|\*).*$", "", file.read_text(encoding="utf-8"), flags=re.M)
        for quoted, filled in re.findall(r'"((?:[^"\\\n]|\\.)*)"|`([^`]*)`', code):
            found.append(quoted or re.sub(r"\$\{(?:[^{}]|\{[^{}]*\})*\}", "…", filled))
    return list(dict.fromkeys(text for each in found if (text := _told(each))))


def _said(tree: ast.Module) -> Iterator[str]:
    silent = set(_silent(tree))
    for node in ast.walk(tree):
        if id(node) in silent:
            silent |= {id(child) for child in ast.iter_child_nodes(node)}
        elif isinstance(node, ast.JoinedStr | ast.Constant):
            if text := _told(_text(node)):
                yield text
            silent |= {id(child) for child in ast.walk(node)}


def _silent(tree: ast.Module) -> Iterator[int]:
    """Give the nodes whose words nobody reads: explanations of the code, keys, formats."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as text):
                yield id(text)
            case ast.keyword(arg=name, value=text) if name in FOR_MACHINES:
                yield id(text)
            case ast.Dict(keys=keys):
                yield from map(id, keys)
            case ast.Attribute(value=words_it_knows, attr="split"):
                yield id(words_it_knows)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    parts = node.values if isinstance(node, ast.JoinedStr) else []
    return "".join(_text(part) if isinstance(part, ast.Constant) else "…" for part in parts)


def _told(text: str) -> str:
    """Give a text on one line where it is something said; nothing where it is not."""
    line = " ".join(text.split())
    is_said = len(WORD.findall(line)) >= FEWEST_WORDS or SHORT.fullmatch(line)
    return line if is_said and not CODE.search(line) else ""
