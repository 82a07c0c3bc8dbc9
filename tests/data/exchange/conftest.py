"""What the tests of the exchange share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.exchange.bad_input import BadInput
from data.exchange.read import read

Refused = Callable[[Path], list[str]]
Check = Callable[[dict[str, str | bytes], list[str]], None]


@pytest.fixture
def refused() -> Refused:
    """Return what reads a path that must be refused and gives its problems as people see them."""

    def problems(path: Path) -> list[str]:
        with pytest.raises(BadInput) as bad:
            read(path)
        assert str(bad.value).splitlines() == [str(problem) for problem in bad.value.problems]
        return [str(problem) for problem in bad.value.problems]

    return problems


@pytest.fixture
def check(tmp_path: Path, refused: Refused) -> Check:
    """Return what holds the problems of files, given by name and content, against expected ones."""

    def holds(files: dict[str, str | bytes], expected: list[str]) -> None:
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.csv").write_bytes(data)
        assert refused(tmp_path) == expected

    return holds
