"""What people call things in their spreadsheets, and how such words are compared."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from data.core.toml_file import Content, load

WORDS = Path(__file__).with_name("words.toml")

_PLAIN = str.maketrans({"ł": "l", "đ": "d"})
_SEPARATING = re.compile(r"[^\w%#↑↓▲▼↔∑≤≥<>=]+|_+")


@dataclass(frozen=True)
class Words(Content):
    """All words, folded; the keys of `roles` are those of `Role`."""

    roles: Mapping[str, tuple[str, ...]]
    scenarios: Mapping[str, tuple[str, ...]]
    periods: Mapping[str, tuple[str, ...]]
    left_out: Mapping[str, tuple[str, ...]]
    better: Mapping[str, tuple[str, ...]]
    bounds: Mapping[str, tuple[str, ...]]
    better_said: Mapping[str, tuple[str, ...]]
    others: Mapping[str, tuple[str, ...]]


@cache
def words() -> Words:
    """Return the words of the content file, as they are compared."""
    loaded = load(WORDS, Words)
    return Words(**{name: _all_folded(group) for name, group in vars(loaded).items()})


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Give a text without capitals, accents, dots and invisible signs, its words a space apart."""
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN)).casefold().translate(_PLAIN)
    kept = "".join(sign for sign in plain if unicodedata.category(sign) not in ("Mn", "Cf"))
    return " ".join(_SEPARATING.sub(" ", kept).split())


def holds(text: str, phrases: Iterable[str]) -> bool:
    """Tell whether one of the folded phrases stands in a folded text, as whole words."""
    return any(f" {phrase} " in f" {text} " for phrase in phrases)


def _all_folded(group: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(dict.fromkeys(map(folded, phrases))) for name, phrases in group.items()}
