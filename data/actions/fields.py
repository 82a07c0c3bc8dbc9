"""Actions: what is declared of their fields, in the order of their file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from data.company.fields import OF_TEAM
from data.core.fields import Field, Row
from data.core.problems import ParseError
from models import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow(Row):
    """actions: who does what by when."""

    TABLE = Action
    KEY = ("team", "kpi", "cycle", "objective", "key_result", "action", "agreed_on")

    team: Annotated[str, OF_TEAM]
    kpi: Annotated[
        str,
        Field(
            "The KPI that it is about; another team's as Team / KPI.", column="kpi_id", names="kpi"
        ),
    ] = ""
    cycle: Annotated[
        str,
        Field("The cycle of the objective that it is about.", column="cycle_id", names="cycle"),
    ] = ""
    objective: Annotated[
        str,
        Field(
            "The objective of that team in that cycle that it is about.",
            column="objective_id",
            names="objective",
        ),
    ] = ""
    key_result: Annotated[
        str,
        Field(
            "The key result of that objective that it is about.",
            column="key_result_id",
            names="key_result",
        ),
    ] = ""
    action: Annotated[
        str,
        Field(
            "What is to be done, in a few words.",
            column="what",
            label="What",
            own_words=True,
        ),
    ]
    owner: Annotated[
        str,
        Field(
            "Who does it, as they are called in people.",
            column="owner_id",
            names="person",
            label="Who",
        ),
    ] = ""
    due: Annotated[date, Field("The day by which it is to be done.", label="By when")]
    done_on: Annotated[
        date | None, Field("The day on which it was done; empty while it is open.", told="done")
    ] = None
    agreed_on: Annotated[
        date | None,
        Field("The day on which it was agreed. Left blank, a new one is agreed today."),
    ] = None
    note: Annotated[
        str, Field("What came of it.", label="What happened", own_words=True, long=True)
    ] = ""

    def problems(self) -> Iterator[ParseError]:
        """Say whether it says too little of what it is about."""
        if self.key_result and not self.objective:
            yield ParseError("a key result without its objective", "fill in objective")
        if self.objective and not self.cycle:
            yield ParseError("an objective without its cycle", "fill in cycle")
