"""What the tests of benchmarks share: companies that are filled once."""

from collections.abc import Iterator

import pytest

from bench import company


@pytest.fixture(scope="session")
def bench_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the companies of a run in a folder of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(company, "CACHE", tmp_path_factory.mktemp("bench"))
        yield
