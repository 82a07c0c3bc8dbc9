"""What the coach says of sixty drafts: sound ones should hear nothing, flawed ones their flaw."""

import argparse
from functools import partial
from itertools import groupby

from analytics.coach.draft import DraftTeam
from analytics.coach.remark import About, Remark
from analytics.coach.remarks import remarks
from bench.table import Table, ms
from bench.timing import medians
from tests.analytics.coach.drafts_flawed import FLAWED
from tests.analytics.coach.drafts_kpis import KPIS
from tests.analytics.coach.drafts_sound import SOUND
from tests.analytics.coach.flaw import Flaw

TEAMS = {name: DraftTeam(drafts, KPIS[name]) for name, drafts in SOUND.items()}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.coach", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds")
    asked = parser.parse_args()
    print(flaws())
    print(sound())
    print(cost(3 if asked.quick else 21))


def flaws() -> Table:
    """Count by flaw how many drafts hear of it, and what else is said of them."""
    named = sum(map(is_named, FLAWED))
    table = Table(
        f"{named} of {len(FLAWED)} flaws are named (aim 27)",
        "one clear flaw a draft; others: remarks of another kind, or on another row",
        ("flaw", "drafts", "named", "others"),
    )
    for kind, same in groupby(FLAWED, key=lambda flaw: flaw.kind):
        drafts = list(same)
        table.add(kind, len(drafts), sum(map(is_named, drafts)), sum(map(others, drafts)))
    return table


def sound() -> Table:
    """Count by team what is said of sound drafts."""
    said = {name: remarks(team) for name, team in TEAMS.items()}
    drafts = sum(len(team.objectives) for team in TEAMS.values())
    table = Table(
        f"{sum(map(len, said.values()))} remarks on {drafts} sound objectives (aim 3)",
        "three or four a team, which is judged as a whole",
        ("team", "objectives", "key results", "remarks"),
    )
    for name, team in TEAMS.items():
        key_results = sum(len(objective.key_results) for objective in team.objectives)
        table.add(name, len(team.objectives), key_results, len(said[name]))
    return table


def cost(rounds: int) -> Table:
    """Time the remarks on one team."""
    taken = medians({name: partial(remarks, team) for name, team in TEAMS.items()}, rounds=rounds)
    table = Table("Time for all remarks on a team", f"median of {rounds}", ("team", "time"))
    for name, time in taken.items():
        table.add(name, ms(time))
    return table


def is_named(flaw: Flaw) -> bool:
    """Tell whether a draft hears of its flaw, beside the row that has it."""
    return any(_fits(remark, flaw) for remark in remarks(flaw.team))


def others(flaw: Flaw) -> int:
    """Count what else a draft hears."""
    return sum(not _fits(remark, flaw) for remark in remarks(flaw.team))


def _fits(remark: Remark, flaw: Flaw) -> bool:
    return remark.kind == flaw.kind and remark.about == About(
        flaw.objective, flaw.key_result, flaw.kpi
    )


if __name__ == "__main__":
    main()
