"""What the coach says stands beside the right row."""

import pytest
from sqlalchemy import Engine

from data.commands.key_results import add_key_result
from data.commands.objective_life import change_state
from data.database import data_version
from data.queries.company import company as read_company
from data.queries.okr_remarks import okr_remarks
from data.queries.okrs import OkrLook
from tests.data.builders import TODAY, key, person, statements
from tests.data.queries.test_okrs import grow

ROAD = "Win the north"


def said(engine: Engine, team: str = "Sales") -> dict[tuple[str, int | None], list[str]]:
    version = data_version(engine)
    here = read_company(engine, version)
    look = OkrLook(here.team_named(team), here.cycle_named("Q2 2026", TODAY), TODAY)
    found: dict[tuple[str, int | None], list[str]] = {}
    for remark in okr_remarks(engine, version, look):
        found.setdefault((remark.target, remark.id), []).append(remark.reason)
    return found


def test_each_remark_stands_beside_its_row(company: Engine) -> None:
    made = add_key_result(
        company,
        person_id=person(company),
        objective_id=key(company, "objective", ROAD),
        name="Webinars held",
        seen=data_version(company),
    )
    found = said(company)
    (effort,) = found["key result", made.id]
    assert "This counts what you do" in effort
    for name in ("Sign customers", "Open the office"):
        (owner,) = found["key result", key(company, "key_result", name)]
        assert "an owner" in owner
    assert any("One objective leaves" in reason for reason in found["team", None])


def test_what_is_over_is_left_in_peace(company: Engine) -> None:
    change_state(
        company,
        person_id=person(company),
        objective_id=key(company, "objective", ROAD),
        step="close",
        seen=data_version(company),
    )
    assert said(company) == {}


def test_remarks_cost_the_same_statements_whatever_is_remarked_on(company: Engine) -> None:
    counts = []
    for count in (1, 40):
        grow(company, count, count)
        with statements(company) as noted:
            said(company, "North")
        counts.append(len(noted))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("team", ["Support", "Acme"])
def test_an_empty_table_has_no_remarks(company: Engine, team: str) -> None:
    assert said(company, team) == {}
