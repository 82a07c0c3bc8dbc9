"""For whom something is due: as many as they find on their list, at a fixed cost."""

from datetime import timedelta

from sqlalchemy import Engine

from data.actions.fields import ActionRow
from data.company.queries import company as company_at
from data.core.database import data_version
from data.okrs.fields import KeyResultRow
from data.screens.update import mine
from data.screens.views.update import Waiting
from data.screens.waiting import waiting
from models import KeyResultKind
from tests.data.builders import MONDAY, ROAD, TODAY, bring, person, record, statements

WEEK = timedelta(days=7)


def waiting_on(engine: Engine) -> dict[str, int]:
    return {each.name: each.due for each in waiting(engine, data_version(engine), TODAY)}


def test_it_counts_what_is_on_the_list_of_each(company: Engine) -> None:
    record(company, 9, on=MONDAY - WEEK)
    before = waiting_on(company)
    assert "Ana" not in before
    row = {"kind": KeyResultKind.METRIC, "start": 0, "target": 40, "owner": "Ana"}
    bring(company, key_results=[KeyResultRow(**ROAD, key_result="Sign customers", **row)])
    said = {"team": "Sales", "kpi": "Conversion", "owner": "Ana", "agreed_on": TODAY}
    soon, far = TODAY + WEEK, TODAY + 2 * WEEK
    actions = [
        ActionRow(**said, action="Check the feed", due=soon),
        ActionRow(**said, action="Not yet", due=far),
        ActionRow(**said, action="Done", due=soon, done_on=TODAY),
    ]
    bring(company, actions=actions)
    assert waiting_on(company)["Ana"] == 2
    listed = mine(company, data_version(company), person(company), TODAY)
    awaited = [each for each in (*listed.kpis, *listed.key_results) if each.freshness != "fresh"]
    assert len(awaited) + sum(each.action.is_awaited(TODAY) for each in listed.actions) == 2


def test_those_with_the_most_come_first_and_the_cost_is_fixed(company_of_each_kind: Engine) -> None:
    engine = company_of_each_kind
    version = data_version(engine)
    company_at(engine, version)
    with statements(engine) as few:
        found = waiting(engine, version, TODAY)
    assert found == tuple(sorted(found, key=lambda each: -each.due))
    assert Waiting("Ana", 1) in found
    assert len(few) == 7
    with statements(engine) as again:
        waiting(engine, version, TODAY)
    assert again == []
