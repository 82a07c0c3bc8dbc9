"""Setting up KPIs: the rules of import, a name's past, and nothing lost to another person."""

import pytest
from sqlalchemy import Engine

from data.core.database import data_version
from data.core.errors import CommandRejected, Conflict
from data.history.undo import undo
from data.kpis.commands.kpis import add_kpi, amend_kpi, archive_kpi
from data.kpis.fields import KpiRow
from models import Better, Cadence
from tests.data.builders import (
    MONDAY,
    Clock,
    bring,
    exported,
    key,
    person,
    record,
    rows,
)


def amend(
    engine: Engine, kpi: str, who: str = "Ben", base_version: int | None = None, **said: str
) -> int | None:
    return amend_kpi(
        engine,
        person_id=person(engine, who),
        kpi_id=key(engine, "kpi", kpi),
        said=said,
        base_version=data_version(engine) if base_version is None else base_version,
    )


def add(engine: Engine, who: str = "Ben", base_version: int | None = None, **said: str) -> int:
    at = data_version(engine) if base_version is None else base_version
    return add_kpi(engine, person_id=person(engine, who), said=said, base_version=at).id


def archive(engine: Engine, kpi: str, base_version: int | None = None) -> int:
    at = data_version(engine) if base_version is None else base_version
    return archive_kpi(
        engine, person_id=person(engine, "Ben"), kpi_id=key(engine, "kpi", kpi), base_version=at
    )


def kpi_row(engine: Engine, name: str) -> KpiRow:
    return next(row for row in exported(engine).kpis if row.kpi == name)


def refusal(engine: Engine, kpi: str, who: str = "Ben", **said: str) -> tuple[str, str]:
    before = rows(engine, "change")
    with pytest.raises(CommandRejected) as refused:
        amend(engine, kpi, who, **said)
    assert rows(engine, "change") == before
    return refused.value.field, refused.value.message


def test_what_is_typed_is_what_a_file_would_say(company: Engine) -> None:
    add(
        company,
        name="  Lead  time ",
        team="Support",
        unit="days",
        low="",
        high="2,5 days",
        cadence="Weekly",
        kind="leading",
        owner="Ana",
        pinned="yes",
        description="From order to door.",
        smallest_change="0,5 days",
    )
    assert kpi_row(company, "Lead time") == KpiRow(
        team="Support",
        kpi="Lead time",
        unit="days",
        better=Better.LOWER,
        high=2.5,
        cadence=Cadence.WEEKLY,
        owner="Ana",
        kind="leading",
        pinned=("Support",),
        description="From order to door.",
        smallest_change=0.5,
    )


def test_the_same_added_twice_is_one(company: Engine) -> None:
    base_version = data_version(company)
    first = add(company, base_version=base_version, name="Lead time", team="Support")
    assert add(company, base_version=base_version, name="Lead time", team="Support") == first
    with pytest.raises(CommandRejected, match="a KPI of that name already"):
        add(company, who="Ana", base_version=data_version(company), name="Conversion", team="Sales")


def test_a_range_holds_from_today_on(company: Engine, clock: Clock) -> None:
    clock.tick(days=3)
    amend(company, "Conversion", low="9")
    *_, before, after = [row for row in rows(company, "kpi_terms") if row["high"] == 12]
    assert (before["low"], after["low"]) == (8, 9)
    assert after["valid_from"] == clock.moment.date()
    # The other terms go along.
    assert after["owner_id"] == before["owner_id"] == person(company)


def test_low_and_high_move_together(company: Engine) -> None:
    assert "above high" in refusal(company, "Conversion", low="20")[1]
    assert amend(company, "Conversion", low="20", high="30") is not None
    assert (kpi_row(company, "Conversion").low, kpi_row(company, "Conversion").high) == (20, 30)


def test_the_smallest_change_is_a_kpis_own_and_goes_again(company: Engine) -> None:
    since = rows(company, "kpi_terms")
    done = amend(company, "Conversion", smallest_change="0,4 %")
    assert kpi_row(company, "Conversion").smallest_change == 0.4
    assert amend(company, "Conversion", smallest_change="0.4") is None
    amend(company, "Conversion", smallest_change="")
    assert kpi_row(company, "Conversion").smallest_change is None
    assert rows(company, "kpi_terms") == since
    assert done is not None


def test_the_same_smallest_change_said_by_two_is_asked_about(company: Engine) -> None:
    base_version = data_version(company)
    amend(company, "Conversion", who="Ana", smallest_change="0.4")
    with pytest.raises(Conflict) as conflict:
        amend(company, "Conversion", base_version=base_version, smallest_change="0.5")
    assert conflict.value.theirs.field == "smallest_change"
    assert conflict.value.theirs.text == "0.4"


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"cadence": "weakly"}, "cadence", "write daily, weekdays"),
        ({"better": ""}, "better", "higher, lower or within"),
        ({"low": "few"}, "low", "not a number"),
        ({"smallest_change": "some"}, "smallest_change", "not a number"),
        ({"smallest_change": "0"}, "smallest_change", "Smallest change must be above 0: type"),
        ({"smallest_change": "-2 %"}, "smallest_change", "or leave it empty for none"),
        ({"low": "1,234"}, "low", "Is that 1234 or 1.234?"),
        ({"owner": "Nobody"}, "owner", "Nobody here is called “Nobody”"),
        ({"team": "Nowhere"}, "team", "No team here is called “Nowhere”"),
        ({"pinned": "Sales; Nowhere"}, "pinned", "No team here is called “Nowhere”"),
        ({"pinned": "Sales, North"}, "pinned", "“Sales, North”: separate names by ;, or pick"),
        ({"name": " "}, "name", "Give the KPI a name"),
        ({"name": "Visits"}, "name", "a KPI of that name already"),
        ({"driven_by": "[Visits] /"}, "driven_by", "Character 11"),
        ({"driven_by": "[Visitors]"}, "driven_by", "No KPI here is called “Visitors”"),
        ({"driven_by": "2 * [Conversion]"}, "driven_by", "would drive itself"),
        ({"colour": "red"}, "colour", "no such column"),
    ],
)
def test_what_no_file_may_say_is_refused_beside_its_cell(
    company: Engine, said: dict[str, str], field: str, words: str
) -> None:
    where, message = refusal(company, "Conversion", **said)
    assert where == field
    assert words in message


def test_the_cadence_stays_under_readings(company: Engine) -> None:
    amend(company, "Conversion", cadence="monthly")
    amend(company, "Conversion", cadence="weekly")
    record(company, 9.5)
    assert refusal(company, "Conversion", cadence="monthly")[0] == "cadence"


def test_only_a_lead_may_and_of_both_teams(company: Engine) -> None:
    assert refusal(company, "Conversion", "Cara", unit="‰")[0] == "role"
    assert amend(company, "Conversion", "Ana", unit="‰") is not None
    # Nobody leads Support itself: the admin of the company does.
    assert refusal(company, "Conversion", "Ana", team="Support")[0] == "role"


def test_another_cell_is_no_rival_and_the_same_cell_is(company: Engine) -> None:
    base_version = data_version(company)
    amend(company, "Conversion", "Ana", unit="‰")
    amend(company, "Conversion", "Ana", owner="Cara", pinned="Acme")
    assert (
        amend(
            company, "Conversion", "Ben", base_version=base_version, description="Signed per visit"
        )
        is not None
    )
    for said, theirs in (
        ({"unit": "pp"}, ("unit", "‰")),
        ({"owner": "Ben"}, ("owner_id", "Cara")),
        ({"pinned": "Sales"}, ("pinned", "Acme")),
    ):
        with pytest.raises(Conflict) as conflict:
            amend(company, "Conversion", "Ben", base_version=base_version, **said)
        told = conflict.value.theirs
        assert (told.field, told.text) == theirs
        assert told.who == "Ana"


def test_nothing_said_anew_leaves_no_trace(company: Engine) -> None:
    before = rows(company, "command")
    assert amend(company, "Conversion", low="8,0", unit="%", owner="Ana") is None
    assert rows(company, "command") == before


def test_a_file_finds_a_kpi_by_its_former_name(company: Engine) -> None:
    written = exported(company)
    amend(company, "Conversion", name="Conversion rate")
    before = exported(company)
    bring(
        company, kpis=written.kpis, objectives=written.objectives, key_results=written.key_results
    )
    assert exported(company) == before


def test_what_it_drives_follows_its_name_and_its_team(company: Engine) -> None:
    amend(company, "Revenue", driven_by="[Sales / Visits] * [Sales / Conversion] / 100")
    amend(company, "Conversion", driven_by="100 / [Visits]")
    amend(company, "Visits", name="Guests")
    assert kpi_row(company, "Revenue").driven_by == "[Sales / Guests] * [Sales / Conversion] / 100"
    assert kpi_row(company, "Conversion").driven_by == "100 / [Guests]"
    amend(company, "Guests", team="Support")
    assert kpi_row(company, "Conversion").driven_by == "100 / [Support / Guests]"


def test_an_old_file_does_not_bring_back_an_old_name_in_an_expression(company: Engine) -> None:
    amend(company, "Conversion", driven_by="100 / [Visits]")
    written = exported(company)
    amend(company, "Visits", name="Guests")
    bring(company, kpis=written.kpis)
    assert kpi_row(company, "Conversion").driven_by == "100 / [Guests]"


def test_undo_takes_back_the_name_and_all_that_followed_it(company: Engine) -> None:
    amend(company, "Conversion", driven_by="100 / [Visits]")
    before = exported(company)
    renamed = amend(company, "Visits", name="Guests")
    assert renamed is not None
    undo(company, renamed, person_id=person(company, "Ben"))
    assert exported(company) == before
    assert all(row["withdrawn_at"] for row in rows(company, "alias"))


def test_archiving_is_refused_where_something_hangs_on_it(company: Engine) -> None:
    ben = person(company, "Ben")
    with pytest.raises(
        CommandRejected, match="“Conversion” feeds Lift conversion, Keep conversion"
    ):
        archive(company, "Conversion")
    amend(company, "Revenue", driven_by="[Support / Backlog]")
    with pytest.raises(CommandRejected, match="“Backlog” drives Revenue"):
        archive(company, "Backlog")
    amend(company, "Revenue", driven_by="")
    amend(company, "Backlog", pinned="Acme; Support")
    record(company, 20, kpi="Backlog", on=MONDAY)
    archived = archive(company, "Backlog")
    assert "Backlog" not in {row.kpi for row in exported(company).kpis}
    undo(company, archived, person_id=ben)
    assert kpi_row(company, "Backlog").pinned == ("Acme", "Support")
    assert [row["value"] for row in rows(company, "reading")] == [20]


def test_what_somebody_else_changed_since_is_looked_at_before_it_is_archived(
    company: Engine,
) -> None:
    before = data_version(company)
    amend(company, "Visits", "Ana", description="Through the door")
    with pytest.raises(
        CommandRejected, match="Ana has changed it meanwhile: look again, then archive"
    ):
        archive(company, "Visits", base_version=before)
    assert kpi_row(company, "Visits").description == "Through the door"
    amend(company, "Visits", "Ana", description="")
    assert archive(company, "Visits", base_version=before)


@pytest.mark.parametrize("said", [{"low": "2"}, {"pinned": "Acme"}, {"owner": "Cara"}])
def test_a_range_a_pin_and_an_owner_are_the_kpis_too(company: Engine, said: dict[str, str]) -> None:
    before = data_version(company)
    amend(company, "Visits", "Ana", **said)
    with pytest.raises(CommandRejected, match="Ana has changed it meanwhile"):
        archive(company, "Visits", base_version=before)


def test_what_one_changed_oneself_is_no_news(company: Engine) -> None:
    before = data_version(company)
    amend(company, "Visits", pinned="Acme")
    record(company, 3, kpi="Visits")
    assert archive(company, "Visits", base_version=before)
