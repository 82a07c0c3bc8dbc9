"""An export as it was first made, without the files and columns that came later."""

from pathlib import Path

from sqlalchemy import Engine

from data.exchange.importing import import_tables
from data.exchange.read import read
from data.exchange.tables import FILES
from models import DecisionKind, ObjectiveState
from tests.data.builders import Clock, content, exported

WIN = "Q2 2026,Shop,Win the north"
FIRST_EXPORT = {
    "teams": "team,parent,check_in_day\nShop,,tuesday\n",
    "people": "person,email,team,role\nAna,ana@shop.test,Shop,lead\n",
    "cycles": "cycle,starts_on,ends_on\nQ2 2026,2026-04-01,2026-06-30\n",
    "kpis": (
        "team,kpi,unit,better,low,high,cadence,owner,kind,driven_by,pinned,description\n"
        "Shop,Waste,%,lower,,5,weekly,Ana,lagging,,yes,What is thrown away.\n"
    ),
    "readings": (
        "team,kpi,date,value,note,recorded_at,recorded_by\n"
        "Shop,Waste,2026-05-04,7,Rain,2026-05-11T08:00:00+00:00,Ana\n"
        "Shop,Waste,2026-05-11,4,,,\n"
    ),
    "objectives": (
        "cycle,team,objective,scope,ambition,owner,supports,guardrails,state,origin_kpi\n"
        f"{WIN},team,committed,Ana,,Waste,active,\n"
        "Q2 2026,Shop,Waste comes back,team,committed,Ana,,,probation,Waste\n"
    ),
    "key_results": (
        "cycle,team,objective,key_result,kind,unit,start,target,weight,hold_periods,kpi,owner\n"
        f"{WIN},Customers,metric,,0,40,1,,,Ana\n"
        f"{WIN},Office,milestone,,,,1,,,\n"
        "Q2 2026,Shop,Waste comes back,Waste held,hold,%,7,,1,12,Waste,Ana\n"
    ),
    "milestones": (
        f"cycle,team,objective,key_result,step,share,done_on\n{WIN},Office,Lease,1,2026-05-02\n"
    ),
    "check_ins": (
        "cycle,team,objective,key_result,date,value,confidence,note,blocked_by,"
        "recorded_at,recorded_by\n"
        f"{WIN},Customers,2026-05-05,12,likely,,The rain,,\n"
    ),
    "actions": (
        "team,kpi,cycle,objective,key_result,action,owner,due,done_on,agreed_on\n"
        "Shop,Waste,,,,Ask the bakers,Ana,2026-05-20,,2026-05-05\n"
    ),
    "decisions": (
        "team,kpi,date,decision,reason,look_again,by\n"
        "Shop,Waste,2026-04-14,reroute,It grows.,,Ana\n"
        "Shop,Waste,2026-05-12,confirm,It holds.,,Ana\n"
    ),
    "annotations": "team,kpi,date,text,by\nShop,Waste,2026-04-10,New oven,Ana\n",
}
"""Every file and column that there was before meetings, scores, targets, verdicts and ranges."""


def test_it_comes_in_whole_and_again_as_nothing_new(
    file: Engine, clock: Clock, tmp_path: Path
) -> None:
    for name, text in FIRST_EXPORT.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    loaded = read(tmp_path)
    assert loaded.warnings == ()
    counts = import_tables(file, loaded.tables).counts
    for name in FILES:
        lines = FIRST_EXPORT.get(name, "heading\n").count("\n") - 1
        assert counts[name].new == lines, name
    out = exported(file)
    assert [row.decision for row in out.decisions] == [DecisionKind.REROUTE, DecisionKind.CONFIRM]
    assert out.objectives[1].state == ObjectiveState.PROBATION
    assert out.objectives[1].origin_kpi == "Waste"
    assert import_tables(file, read(tmp_path).tables).changes == 0
    assert content(exported(file)) == content(out)
