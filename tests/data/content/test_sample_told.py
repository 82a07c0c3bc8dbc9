"""The sample company: what a newcomer sees of recoveries, closed cycles and how right all were."""

from sqlalchemy import Engine

from analytics.calibration import FEWEST
from data.company.queries import company
from data.core.database import data_version
from data.exchange.importing import import_tables
from data.exchange.tables import Tables
from data.okrs.queries.calibration import CalibrationLook, calibration
from data.screens.alarm_account import AlarmLook, alarm_account
from models import DriftVerdict
from tests.data.builders import Clock, seen
from tests.data.content.sample_lookups import COMPANY, TODAY


def test_recoveries_scores_alarms_and_chances_are_all_there(
    sample: Tables, file: Engine, clock: Clock
) -> None:
    clock.tick(days=(TODAY - clock.moment.date()).days)
    import_tables(file, sample)
    view = seen(file, COMPANY, day=TODAY, all_kpis=True)
    phases = {each.recovery.phase for each in view.gauges if each.recovery}
    assert phases == {"under way", "certified", "on probation", "relapsed", "passed", "graduated"}
    here = company(file, data_version(file))
    team = here.team_named(COMPANY)
    told = calibration(file, data_version(file), CalibrationLook(team, TODAY))
    for account in (told.people, told.milepost):
        assert account.count >= FEWEST
        assert len(account.points) >= 3
        # Those of the sample know more than a coin.
        assert account.brier is not None
        assert account.brier < 0.25
    alarms = alarm_account(file, data_version(file), AlarmLook(team, TODAY))
    assert alarms.to_judge
    verdicts = [row.verdict for row in sample.verdicts]
    assert sum(year.real for year in alarms.years) == verdicts.count(DriftVerdict.REAL)
    assert sum(year.not_real for year in alarms.years) == verdicts.count(DriftVerdict.NOT_REAL)


def test_a_closed_cycle_has_scores_and_learnings(sample: Tables) -> None:
    last = {row.cycle for row in sample.cycles if row.ends_on < TODAY}
    closed = {row.objective for row in sample.objectives if row.cycle in last}
    assert closed == {row.objective for row in sample.learnings} | {"An offer fits on one page"}
    assert {row.next_step.value for row in sample.scores if row.next_step} >= {
        "keep",
        "carry over",
        "drop",
    }
    assert any(row.score is not None and row.reason for row in sample.scores)
    assert {row.verdict for row in sample.verdicts} == {*DriftVerdict}
