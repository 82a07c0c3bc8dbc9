"""Rerouting a KPI in the form of a check-in: what is proposed, and what somebody made of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from components.kpis import reroute_words
from components.kpis.reroute_form import FEWEST, LONGEST_NAME, MOST
from components.ui.payloads import LONGEST, read, text, whole
from data.kpis.views.gauges import Gauge
from data.kpis.views.kpi import KpiView
from data.kpis.views.recovery import RecoveryPlan, RerouteEdit
from data.okrs.views.recovery import RecoveryCycles


@dataclass(frozen=True, slots=True)
class Proposal:
    """A KPI that may be rerouted, with what it takes part in, and in which cycles.

    `gauge` tells what its change comes from.
    """

    view: KpiView
    gauge: Gauge
    cycles: RecoveryCycles


def written(found: Proposal, today: date) -> Mapping[str, Any]:
    """Write the recovery that is proposed, all filled in."""
    gauge, cycles = found.gauge, found.cycles
    ties = [reroute_words.tied(tie) for tie in found.view.ties]
    return {
        "beside": " ".join(ties) or reroute_words.NOTHING_BESIDE,
        "objective": reroute_words.objective(gauge),
        "key_result": reroute_words.key_result(gauge),
        "reason": reroute_words.reason(gauge, found.view.day, today),
        "how_long": reroute_words.how_long(gauge),
        "periods": cycles.periods,
        "fewest": FEWEST,
        "most": MOST,
        "longest": {"name": LONGEST_NAME, "text": LONGEST},
        "cycles": [{"id": key, "name": name} for name, key in cycles.offered],
        "cycle": cycles.offered[cycles.proposed][1],
    }


def reroute(sent: object) -> RerouteEdit | None:
    """Turn what the form sent into an edit; None where it makes no sense."""
    texts = ("objective", "key_result", "reason", "owner")
    numbers = ("periods", "cycle")
    said = read(sent, **dict.fromkeys(texts, text), **dict.fromkeys(("id", *numbers), whole))
    if said is None:
        return None
    return RerouteEdit(said["id"], RecoveryPlan(*(said[name] for name in (*texts, *numbers))))
