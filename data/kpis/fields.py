"""KPIs and what is said of them: what is declared of their fields, in the order of their files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from datetime import date as Day
from typing import Annotated
from urllib.parse import urlsplit

from data.company.fields import OF_TEAM
from data.core.cell_values import own_team_or_names, text
from data.core.fields import NOTE, RECORDED_AT, RECORDED_BY, UNIT, Field, Row, owner_in
from data.core.limits import LONGEST_TEXT
from data.core.problems import ParseError, shown
from data.core.typed_text import number
from models import (
    Annotation,
    Better,
    Cadence,
    Decision,
    DecisionKind,
    DriftVerdict,
    Kpi,
    KpiKind,
    KpiTerms,
    Pin,
    Reading,
    Verdict,
)

OF_KPI = Field("The KPI of that team, as it is called in kpis.", column="kpi_id", names="kpi")
BY = Field("Who said it, as they are called in people.", column="by_id", names="person")


def web_address(raw: str) -> str:
    """Return a web address that a browser may open; ParseError for any other text."""
    address = text(raw, LONGEST_TEXT)
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in address:
        remedy = "write it like https://example.com/report"
        raise ParseError(f"{shown(address)} is not a web address", remedy)
    return address


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiRow(Row):
    """kpis: a KPI; `better` follows from the bounds where it is not given."""

    TABLE = Kpi
    KEY = ("team", "kpi")

    team: Annotated[str, OF_TEAM]
    kpi: Annotated[str, Field("The name of the KPI.", column="name", names="kpi", label="KPI")]
    unit: Annotated[str, UNIT] = ""
    better: Annotated[
        Better | None,
        Field("Which way is good; without it, away from the only bound, or within both."),
    ] = None
    low: Annotated[
        float | None,
        Field(
            "The low end of the ideal range; empty where there is none.",
            kept_in=KpiTerms,
            told="ideal from",
            measured=True,
        ),
    ] = None
    high: Annotated[
        float | None,
        Field(
            "The high end of the ideal range; empty where there is none. Not below the low end.",
            kept_in=KpiTerms,
            told="ideal up to",
            measured=True,
        ),
    ] = None
    cadence: Annotated[Cadence, Field("How often it is read.")] = Cadence.MONTHLY
    owner: Annotated[str, owner_in(KpiTerms)] = ""
    kind: Annotated[
        KpiKind | None,
        Field("Whether it moves before the result (leading) or with it (lagging)."),
    ] = None
    driven_by: Annotated[
        str,
        Field(
            "How it is computed from others, their names in brackets: [Lost] / [Customers].",
            told="driven by",
            own_words=True,
            long=True,
        ),
    ] = ""
    pinned: Annotated[
        tuple[str, ...],
        Field(
            "yes shows it on its team's cockpit; or the teams on whose cockpits it stands.",
            kept_in=Pin,
            names="team",
            label="Pinned for",
            takes="yes, no, or names of teams with ; between them",
            parse=own_team_or_names,
        ),
    ] = ()
    description: Annotated[str, Field("What it measures, and how.", own_words=True, long=True)] = ""
    smallest_change: Annotated[
        float | None,
        Field(
            "The shift below which nobody would act, in its unit: a smaller one is at most watch. "
            "Empty where every shift matters.",
            told="smallest change that matters",
            above_zero=True,
            measured=True,
        ),
    ] = None

    link: Annotated[
        str,
        Field(
            "The web address where its numbers are kept.",
            takes="a web address, for example https://example.com/report",
            parse=web_address,
            own_words=True,
            long=True,
        ),
    ] = ""

    def problems(self) -> Iterator[ParseError]:
        """Say whether its bounds stand the wrong way round."""
        yield from wrong_way_round(self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow(Row):
    """readings: a KPI's value for the period that the date falls in."""

    TABLE = Reading
    KEY = ("team", "kpi", "date")

    team: Annotated[str, OF_TEAM]
    kpi: Annotated[str, OF_KPI]
    date: Annotated[date, Field("A day in the period that the reading is of.", column="period")]
    value: Annotated[float, Field("The value.", measured=True)]
    note: Annotated[str, NOTE] = ""
    recorded_at: Annotated[datetime | None, RECORDED_AT] = None
    recorded_by: Annotated[str, RECORDED_BY] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow(Row):
    """decisions: what a person said about a drifting KPI."""

    TABLE = Decision
    FOUND_BY = ("team", "kpi", "date", "decision")

    team: Annotated[str, OF_TEAM]
    kpi: Annotated[str, OF_KPI]
    date: Annotated[Day, Field("The day of the decision.")]
    decision: Annotated[DecisionKind, Field("What was decided about the KPI's drift.")]
    reason: Annotated[str, Field("Why.", own_words=True, long=True)] = ""
    look_again: Annotated[Day | None, Field("The day to look at it again.", told="look again")] = (
        None
    )
    by: Annotated[str, BY] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotationRow(Row):
    """annotations: an event around a day."""

    TABLE = Annotation
    FOUND_BY = ("team", "kpi", "date", "text")

    team: Annotated[str, OF_TEAM]
    kpi: Annotated[str, OF_KPI]
    date: Annotated[date, Field("The day of the event.")]
    text: Annotated[str, Field("What happened.", own_words=True, long=True)]
    by: Annotated[str, BY] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow(Row):
    """verdicts: whether a drift that is over was real."""

    TABLE = Verdict
    KEY = ("team", "kpi", "date")

    team: Annotated[str, OF_TEAM]
    kpi: Annotated[str, OF_KPI]
    date: Annotated[Day, Field("A day in the period with which the drift was first shown.")]
    verdict: Annotated[DriftVerdict, Field("Whether the drift was real.")]
    note: Annotated[str, Field("Why.", own_words=True, long=True)] = ""
    by: Annotated[str, BY] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeRow(Row):
    """ranges: the ideal range of a KPI from a later day on."""

    TABLE = KpiTerms
    KEY = ("team", "kpi", "starts_on")

    team: Annotated[str, OF_TEAM]
    kpi: Annotated[str, OF_KPI]
    starts_on: Annotated[Day, Field("The first day on which the range holds.", column="valid_from")]
    low: Annotated[
        float | None,
        Field("The low end of the range from then on; empty where there is none.", measured=True),
    ] = None
    high: Annotated[
        float | None,
        Field("The high end of the range from then on; empty where there is none.", measured=True),
    ] = None

    def problems(self) -> Iterator[ParseError]:
        """Say whether its bounds stand the wrong way round, or it has none."""
        if self.low is None and self.high is None:
            yield ParseError("range has no end", "give low, high or both")
        yield from wrong_way_round(self.low, self.high)


def wrong_way_round(low: float | None, high: float | None) -> Iterator[ParseError]:
    """Say whether bounds stand the wrong way round."""
    if low is not None and high is not None and low > high:
        yield ParseError(f"low {number(low)} is above high {number(high)}", "swap them")


def better_of(row: KpiRow) -> Better:
    """Say which way is good where the file does not: away from the only bound."""
    if row.better is not None:
        return row.better
    if (row.low is None) == (row.high is None):
        return Better.WITHIN
    return Better.HIGHER if row.high is None else Better.LOWER
