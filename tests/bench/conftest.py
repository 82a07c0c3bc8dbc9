"""What the tests of benchmarks share: companies that are filled once, and looks at today alone."""

from collections.abc import Iterator

import pytest

from bench import company
from data.kpis.queries import signals


@pytest.fixture(scope="session")
def bench_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the companies of a run in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(company, "CACHE", tmp_path_factory.mktemp("bench"))
        yield


@pytest.fixture
def no_look_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail where signals of another day than today are looked at, which costs a replay."""

    def looked_back(*_: object) -> None:
        raise AssertionError("today's signals are read, and those of a look back replayed")

    monkeypatch.setattr(signals, "replayed", looked_back)
