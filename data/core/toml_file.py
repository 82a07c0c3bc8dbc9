"""A content file in TOML, read into frozen dataclasses."""

import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

Shape = TypeVar("Shape")

_reader: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


class Content:
    """What the shapes of content have in common: a key that none of them knows is a mistake."""

    __slots__ = ()
    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")


class BadContent(Exception):
    """Everything that is wrong with a content file, each with its line or its key."""


def load(path: Path, shape: type[Shape]) -> Shape:
    """Return what a file holds, in the shape that its fields' types tell.

    Raises BadContent where it is not TOML in UTF-8 or of another shape.
    """
    return read(path.name, path.read_bytes(), shape)


def read(name: str, data: bytes, shape: type[Shape]) -> Shape:
    """Return what the bytes of a file of that name hold, as `load` does."""
    try:
        content = tomllib.loads(data.decode("utf-8"))
    except ValueError as error:
        raise BadContent(f"{name}: {error}") from None
    try:
        loaded: Shape = _reader(shape).validate_python(content)
    except ValidationError as error:
        wrong = (f"{name}: {_key(each['loc'])}: {each['msg']}" for each in error.errors())
        raise BadContent("\n".join(wrong)) from None
    return loaded


def _key(place: tuple[str | int, ...]) -> str:
    """Say where something stands, its list counted from one: `objectives 2, name`."""
    words = (f" {part + 1}" if isinstance(part, int) else f", {part}" for part in place)
    return "".join(words).removeprefix(", ")
