"""Statements compiled once a run, though each test has a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

AS_MANY = 2_000


class OfAKind(LRUCache[Any, Any]):
    """Keeps statements for all databases of a kind: which of them it is makes no difference."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_of_its_kind(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(_of_its_kind(key), value)


def _of_its_kind(key: Any) -> Any:
    dialect, *statement = key
    return dialect.name, *statement


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let all connections meanwhile share the statements that were compiled."""
    shared = OfAKind(AS_MANY)

    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=shared)

    event.listen(Engine, "engine_connect", share)
    yield
    event.remove(Engine, "engine_connect", share)
