"""Every page, and what people type on it, at moments at which a clock or a calendar is odd."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.ui.page_registry import COCKPIT, DRIFT, OKRS, UPDATE, Place
from data.company.commands.time_zone import set_time_zone
from data.company.queries import company
from data.content.sample import sample_company
from data.core.database import data_version, now, open_database
from data.core.errors import CommandRejected
from data.exchange.importing import import_tables
from data.history.undo import undo
from data.identity.people import introduce
from data.kpis.commands.decisions import acknowledge
from data.kpis.commands.readings import record_reading
from data.okrs.commands.check_ins import check_in
from data.screens.update import mine
from data.screens.views.update import Mine, MyKeyResult, MyKpi
from models import Confidence
from tests.pages.cockpit_sent import names
from tests.pages.conftest import APP

ADMIN, LEAD = "Ines Halvorsen", "Amara Osei"
MOMENTS = {
    "a February 29th": ("2028-02-29T10:00:00+00:00", "UTC", date(2028, 2, 29)),
    "already next year": ("2026-12-31T23:30:00+00:00", "Europe/Vienna", date(2027, 1, 1)),
    "still last year": ("2027-01-01T00:30:00+00:00", "America/New_York", date(2026, 12, 31)),
    "a Sunday": ("2027-01-03T12:00:00+00:00", "UTC", date(2027, 1, 3)),
    "after a missing hour": ("2027-03-28T01:30:00+00:00", "Europe/Vienna", date(2027, 3, 28)),
    "an hour comes twice": ("2027-10-31T00:30:00+00:00", "Europe/Vienna", date(2027, 10, 31)),
}
"""Moments in UTC with a company's time zone, and the day that it has then."""

PAGES = (COCKPIT, DRIFT, OKRS, UPDATE)


@dataclass(frozen=True)
class There:
    """A company with the sample's numbers, in its zone on its day."""

    engine: Engine
    day: date

    def open(self, place: Place) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=30)
        app.session_state["person"] = LEAD
        if place.path:
            app.run().switch_page(place.script)
        return app.run()

    def lead(self) -> int:
        return introduce(self.engine, LEAD)

    def seen(self) -> dict[str, Any]:
        return {"person_id": self.lead(), "base_version": data_version(self.engine)}

    def mine(self) -> Mine:
        return mine(self.engine, data_version(self.engine), self.lead(), self.day)

    def record(self, kpi: MyKpi) -> int | None:
        said = {"kpi_id": kpi.kpi_id, "period": kpi.periods[0], "value": (kpi.value or 0) + 0.125}
        return record_reading(self.engine, **said, **self.seen())

    def check_in(self, objective: MyKeyResult) -> int | None:
        said = {"key_result_id": objective.key_result_id, "day": objective.days[0]}
        value = 0.125 if objective.takes_value else None
        confirmed = Confidence.UNSURE
        return check_in(self.engine, **said, value=value, confidence=confirmed, **self.seen())


@pytest.fixture(scope="module", params=MOMENTS.values(), ids=list(MOMENTS))
def there(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, empty_file: Path
) -> Iterator[There]:
    moment, zone, day = request.param
    path = tmp_path_factory.mktemp("far") / "milepost.db"
    shutil.copy(empty_file, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MILEPOST_NOW", moment)
        patch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{path}")
        engine = open_database(f"sqlite:///{path}")
        import_tables(engine, sample_company(day))
        set_time_zone(engine, person_id=introduce(engine, ADMIN), name=zone)
        yield There(engine, day)
        engine.dispose()


def test_every_page_opens(there: There) -> None:
    assert company(there.engine, data_version(there.engine)).today(now()) == there.day
    shown = {place: there.open(place) for place in PAGES}
    assert [place for place, app in shown.items() if app.exception or app.error] == []
    assert len(names(shown[COCKPIT])) == 8


def test_what_is_due_is_typed_and_taken_back(there: There) -> None:
    before = there.mine()
    assert before.kpis
    assert before.key_results
    assert all(kpi.periods[0] <= there.day for kpi in before.kpis)
    assert all(objective.days[0] <= there.day for objective in before.key_results)
    made = [there.record(kpi) for kpi in before.kpis]
    made += [there.check_in(objective) for objective in before.key_results]
    after = there.mine()
    assert {kpi.freshness for kpi in after.kpis} == {"fresh"}
    assert {objective.freshness for objective in after.key_results} == {"fresh"}
    for command_id in reversed(made):
        undo(there.engine, command_id or 0, person_id=there.lead())
    again = there.mine()
    assert (again.kpis, again.key_results) == (before.kpis, before.key_results)


def test_to_look_again_is_tomorrow_at_the_earliest(there: There) -> None:
    said = {"person_id": there.lead(), "kpi_id": 1, "reason": "Seen"}
    with pytest.raises(CommandRejected, match="Choose a day ahead"):
        acknowledge(there.engine, **said, look_again=there.day)
    tomorrow = there.day + timedelta(days=1)
    undo(
        there.engine, acknowledge(there.engine, **said, look_again=tomorrow), person_id=there.lead()
    )
