"""Many people at once, here a few: all see, save and follow, at one server and at two."""

import pytest

from bench.load import load


@pytest.fixture(scope="module")
def counted() -> dict[str, str]:
    return {row[0]: row[1] for row in load(is_quick=True).rows}


@pytest.mark.parametrize("servers", ["1 server", "2 servers"])
def test_people_look_save_and_follow_without_an_error(
    servers: str, counted: dict[str, str]
) -> None:
    assert int(counted[f"{servers}: a view (aim 2500 ms)"]) > 4
    assert int(counted[f"{servers}: a save, until acknowledged (aim 3000 ms)"]) >= 4
    assert int(counted[f"{servers}: what others saved, shown anew"]) > 0
    assert int(counted[f"{servers}: a look for what others saved"]) > 4
    assert counted[f"{servers}: connections that broke (aim 0)"] == "0"
