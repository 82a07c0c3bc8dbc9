"""The sample company: two invented years of Alderquay, for whoever opens the app first.

It is the same on every day but for the dates: numbers and words count backwards from today.
"""

from datetime import date

from data.exchange.sample import check_ins, company, cycles, decisions, gauges, roads, series
from data.exchange.tables import Tables


def sample_company(today: date) -> Tables:
    """Return the sample company as it stands on that day."""
    return Tables(
        teams=company.teams(),
        people=company.people(),
        cycles=cycles.cycles(today),
        kpis=gauges.kpis(),
        readings=series.readings(today),
        objectives=roads.objectives(today),
        key_results=roads.key_results(today),
        milestones=check_ins.milestones(today),
        check_ins=check_ins.check_ins(today),
        decisions=decisions.decisions(today),
        annotations=decisions.annotations(today),
    )
