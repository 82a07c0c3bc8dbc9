"""Chances of key results on simulated quarters, at the smallest size."""

import pytest

from bench.quarters import Asked, brier, calibration, held, quarters, scores, tenths


@pytest.fixture(scope="module")
def simulated() -> dict[str, Asked]:
    return quarters(250)


@pytest.mark.parametrize("half", ["chosen on", "judged on", "both"])
def test_a_tenth_of_chances_comes_true_about_as_often_as_it_says(
    simulated: dict[str, Asked], half: str
) -> None:
    for part in ("all", "steps"):
        found = tenths(simulated[f"{half}: {part}"], fewest=200)
        assert len(found) >= 8
        assert all(abs(predicted - came) < 0.1 for predicted, came, _ in found.values())


@pytest.mark.parametrize("part", ["first", "2nd, 3rd", "4th on", "steps"])
def test_there_is_a_better_chance_than_a_constant_at_every_check_in(
    simulated: dict[str, Asked], part: str
) -> None:
    asked = simulated[f"both: {part}"]
    came = asked.came.mean()
    assert ((asked.chance >= 0) & (asked.chance <= 1)).all()
    assert brier(asked) < came * (1 - came)


@pytest.mark.parametrize("half", ["chosen on", "judged on"])
def test_progress_and_time_tell_more_than_an_outlook_of_few_values(
    simulated: dict[str, Asked], half: str
) -> None:
    now, before = (simulated[f"{half}: 4th on{how}"] for how in ("", ", outlook"))
    assert brier(now) < brier(before)
    assert 0.75 < held(now) < 0.9


def test_the_tables_have_a_row_for_each_part(simulated: dict[str, Asked]) -> None:
    assert [row[0] for row in scores(simulated).rows] == list(simulated)
    assert [row[0] for row in calibration(simulated).rows] == list(simulated)
    assert {row[2] for row in scores(simulated).rows} == {"100%"}
