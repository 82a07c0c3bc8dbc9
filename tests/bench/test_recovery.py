"""The certificate of few readings, measured at its smallest, and the figures people are told."""

from dataclasses import replace

import pytest

from analytics.recovery import HALF_PASS
from bench.recovery import HOLDS, LEVELS, certificates, certified_share
from bench.signals import QUICK

HALF = next((first, then) for name, first, then in LEVELS if name == "half recovered")
SOME = replace(QUICK, kpis=2_000)


def test_each_way_to_recover_is_counted_for_each_number_of_readings() -> None:
    table = certificates(QUICK)
    assert [row[0] for row in table.rows] == [name for name, *_ in LEVELS] + [
        "what is left open, in σ"
    ]
    assert {len(row) for row in table.rows} == {1 + len(HOLDS)}
    assert all("%" in cell for row in table.rows[:-1] for cell in row[1:])


def test_people_are_told_how_many_pass_that_recovered_by_half() -> None:
    assert tuple(HALF_PASS) == HOLDS
    for periods, told in HALF_PASS.items():
        # Three standard errors of so many KPIs are 3 %.
        assert certified_share(SOME, periods, *HALF) == pytest.approx(told, abs=0.03)
