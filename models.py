"""The tables and their vocabulary: every word of the design that is kept.

Three kinds of row share three shapes. An `Entity` is a thing with a name or a link between
two things; it changes in place, and every change is in the log. A `Fact` was said by somebody
at a time and is never overwritten: a later fact takes its place. `Terms` are facts about what
was agreed (a range, a target, an owner, a state) and hold from a day on, so that a look back
shows what was in force then.
"""

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Dialect, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import declared_attr, registry
from sqlalchemy.types import DateTime, TypeDecorator
from sqlmodel import Field, SQLModel

EARLIEST_DAY = date(1, 1, 1)
"""The day from which the first known terms of a thing hold."""

EARLIEST_MOMENT = datetime(1, 1, 2, tzinfo=UTC)
"""The moment from which what was always so is known; a day in, for zones west of UTC."""


class Better(StrEnum):
    """Which way is good for a KPI."""

    HIGHER = "higher"
    LOWER = "lower"
    WITHIN = "within"


class Cadence(StrEnum):
    """How often a KPI is read; `weekdays` is daily, Monday to Friday."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class KpiKind(StrEnum):
    """Whether a KPI moves before the result or with it."""

    LEADING = "leading"
    LAGGING = "lagging"


class Health(StrEnum):
    """Where the latest reading lies: the level of a KPI."""

    IN_RANGE = "in range"
    NEAR_EDGE = "near edge"
    OUT_OF_RANGE = "out of range"
    NO_DATA = "no data"
    INDICATOR = "indicator"


class Signal(StrEnum):
    """How a KPI behaves against its own past."""

    LEARNING = "learning"
    STEADY = "steady"
    WATCH = "watch"
    DRIFTING = "drifting"
    RECOVERING = "recovering"


class Rule(StrEnum):
    """What found a KPI drifting or worth a look; `analytics.drift` says which comes first."""

    NONE = ""
    WINDOW = "window"
    READING = "reading"
    RUN = "run"
    TREND = "trend"


class Scope(StrEnum):
    """Whose objective it is."""

    TEAM = "team"
    INDIVIDUAL = "individual"


class Ambition(StrEnum):
    """What counts as success: 1.0 for committed, 0.7 for aspirational."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


class ObjectiveState(StrEnum):
    """Where an objective stands in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    PROBATION = "probation"
    GRADUATED = "graduated"
    CLOSED = "closed"


OVER = (ObjectiveState.CLOSED, ObjectiveState.GRADUATED)
"""The states of an objective that is no longer pursued."""


class KeyResultKind(StrEnum):
    """How a key result is measured."""

    METRIC = "metric"
    MILESTONE = "milestone"
    HOLD = "hold"


class Confidence(StrEnum):
    """What a person believes of a key result; one that nobody gave is empty."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"
    DOUBTFUL = "doubtful"


class DecisionKind(StrEnum):
    """What a person said about a drifting KPI, and about its recovery."""

    ACKNOWLEDGE = "acknowledge"
    REROUTE = "reroute"
    REBASE = "rebase"
    DISMISS = "dismiss"
    CONFIRM = "confirm"
    GRADUATE = "graduate"


class DriftVerdict(StrEnum):
    """Whether a drift that is over was real, as a person saw it."""

    REAL = "real"
    NOT_REAL = "not real"


class NextStep(StrEnum):
    """What becomes of a key result once its cycle is closed."""

    KEEP = "keep"
    CARRY_OVER = "carry over"
    DROP = "drop"
    GRADUATE = "graduate"


class AgendaReason(StrEnum):
    """Why something is on the agenda of a check-in, in the order in which it is spoken of."""

    ACTION_DUE = "action due"
    LOOK_AGAIN = "look again"
    PARKED = "parked"
    DRIFTING = "drifting"
    OUT_OF_RANGE = "out of range"
    CHANGED = "changed"
    CHANCE_FELL = "chance fell"
    NOT_UPDATED = "not updated"
    GUARDRAIL_BROKEN = "guardrail broken"
    ARRIVED = "arrived"
    BACK_IN_RANGE = "back in range"
    SETTLED_BETTER = "settled better"
    OPEN_FLOOR = "open floor"


class ItemState(StrEnum):
    """What became of an item of an agenda."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    PARKED = "parked"


class Role(StrEnum):
    """What a person may do in a team."""

    VIEWER = "viewer"
    MEMBER = "member"
    LEAD = "lead"
    ADMIN = "admin"


class Weekday(StrEnum):
    """The days of the week in their ISO order."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"


class Moment(TypeDecorator[datetime]):
    """A point in time, kept as UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Keep the moment in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment its zone back."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """A point in time, kept as a number of microseconds where there are very many."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Count from 1970 on."""
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Give the moment."""
        return None if value is None else EPOCH + value * MICROSECOND


# SQLite numbers rows by itself only where the key is spelled INTEGER.
Key = BigInteger().with_variant(Integer(), "sqlite")


class Base(SQLModel, registry=registry()):
    """Tables of ours alone: the shared registry refuses to see a module twice."""

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def _key() -> Any:
    return Field(default=None, primary_key=True, sa_type=Key)


def _link(target: str, **options: Any) -> Any:
    return Field(foreign_key=target, sa_type=Key, index=options.pop("index", True), **options)


def _optional_link(target: str, **options: Any) -> Any:
    return _link(target, default=None, nullable=True, **options)


def _word(**options: Any) -> Any:
    return Field(sa_type=String(20), **options)


def _text(**options: Any) -> Any:
    return Field(sa_type=Text, **options)


def _moment(**options: Any) -> Any:
    return Field(sa_type=Moment, **options)


def _values(**options: Any) -> Any:
    return Field(sa_type=JSON(none_as_null=True), **options)


def _live_unique(name: str, *columns: str) -> Index:
    """One live row a name: a withdrawn one may be followed by another of the same name."""
    live = text("withdrawn_at IS NULL")
    return Index(name, *columns, unique=True, sqlite_where=live, postgresql_where=live)


class Company(Base, table=True):
    """The one row that counts the data's version and holds the company's settings.

    Details are deleted after so many days, where any are said: who was at check-ins, and what each
    change was. The log is whole since `log_kept_since`.
    """

    id: int = Field(default=1, primary_key=True)
    version: int = Field(default=0, sa_type=BigInteger)
    time_zone: str = _text(default="UTC")
    fiscal_year_starts: int = 1
    keep_attendance_days: int | None = None
    keep_log_days: int | None = None
    log_kept_since: datetime | None = _moment(default=None, nullable=True)


class Entity(Base):
    """A row that changes in place; `version` is the data's version of its last change."""

    id: int | None = _key()
    version: int = Field(sa_type=BigInteger)
    withdrawn_at: datetime | None = _moment(default=None, nullable=True)


class Fact(Base):
    """A row that somebody said at a time; a later one takes its place.

    `recorded_at` is empty for imported history; `known_at` is when the fact counts as known.
    """

    id: int | None = _key()
    version: int = Field(sa_type=BigInteger)
    recorded_at: datetime | None = _moment(default=None, nullable=True)
    known_at: datetime = _moment()
    recorded_by_id: int | None = _optional_link("person.id", index=False)
    command_id: int = _link("command.id")


class Terms(Fact):
    """What was agreed, in force from a day on."""

    valid_from: date


class Team(Entity, table=True):
    """A team in the tree of teams; `check_in_time` is like 09:00, empty where nobody said it."""

    __table_args__ = (_live_unique("team_name", "name"),)

    name: str = _text()
    parent_id: int | None = _optional_link("team.id")
    check_in_day: Weekday = _word(default=Weekday.MONDAY)
    check_in_time: str = _word(default="")


class Person(Entity, table=True):
    """Somebody who changes things here."""

    __table_args__ = (_live_unique("person_name", "name"),)

    name: str = _text()
    email: str = _text(default="")


class Membership(Terms, table=True):
    """A person's role in a team; an empty role ends it."""

    person_id: int = _link("person.id")
    team_id: int = _link("team.id")
    role: Role | None = _word(default=None, nullable=True)


class Cycle(Entity, table=True):
    """A named span in which objectives are pursued; both ends belong to it."""

    __table_args__ = (_live_unique("cycle_name", "name"),)

    name: str = _text()
    starts_on: date
    ends_on: date


class Kpi(Entity, table=True):
    """A metric of a team, read at its cadence."""

    __table_args__ = (_live_unique("kpi_name", "team_id", "name"),)

    team_id: int = _link("team.id")
    name: str = _text()
    unit: str = _text(default="")
    better: Better = _word()
    cadence: Cadence = _word()
    kind: KpiKind | None = _word(default=None, nullable=True)
    driven_by: str = _text(default="")
    description: str = _text(default="")
    smallest_change: float | None = None
    link: str = _text(default="")


class KpiTerms(Terms, table=True):
    """A KPI's ideal range and owner from a day on; without a range it is an indicator."""

    __table_args__ = (Index("kpi_terms_in_force", "kpi_id", "valid_from", "known_at"),)

    kpi_id: int = _link("kpi.id", index=False)
    low: float | None = None
    high: float | None = None
    owner_id: int | None = _optional_link("person.id", index=False)


class Pin(Entity, table=True):
    """A KPI that a team wants on its cockpit, in the order of `position`."""

    __table_args__ = (
        _live_unique("pin_once", "kpi_id", "team_id"),
        # A look back asks for withdrawn ones too.
        Index("pin_of", "kpi_id", "team_id"),
    )

    kpi_id: int = _link("kpi.id", index=False)
    team_id: int = _link("team.id", index=False)
    position: int = 0


class Reading(Fact, table=True):
    """A KPI's value for the period that starts on `period`.

    The current one is the last known. One without a value says that there is none: a reading
    was taken back, and `withdraws_id` names it.
    """

    __table_args__ = (Index("reading_current", "kpi_id", "period", "known_at", "id"),)

    kpi_id: int = _link("kpi.id", index=False)
    period: date
    value: float | None = None
    note: str = _text(default="")
    imported: bool = False
    supersedes_id: int | None = _optional_link("reading.id")
    withdraws_id: int | None = _optional_link("reading.id")


class Objective(Entity, table=True):
    """What a team wants to reach in a cycle, in words."""

    __table_args__ = (_live_unique("objective_name", "cycle_id", "team_id", "name"),)

    cycle_id: int = _link("cycle.id")
    team_id: int = _link("team.id")
    name: str = _text()
    scope: Scope = _word(default=Scope.TEAM)
    origin_kpi_id: int | None = _optional_link("kpi.id")
    position: int = 0


class ObjectiveTerms(Terms, table=True):
    """An objective's state, ambition and owner from a day on."""

    __table_args__ = (Index("objective_terms_in_force", "objective_id", "valid_from", "known_at"),)

    objective_id: int = _link("objective.id", index=False)
    state: ObjectiveState = _word(default=ObjectiveState.ACTIVE)
    ambition: Ambition = _word(default=Ambition.ASPIRATIONAL)
    owner_id: int | None = _optional_link("person.id", index=False)


class Alignment(Entity, table=True):
    """An objective that supports another one."""

    __table_args__ = (_live_unique("alignment_once", "objective_id", "supports_id"),)

    objective_id: int = _link("objective.id")
    supports_id: int = _link("objective.id")


class Guardrail(Entity, table=True):
    """A KPI that an objective must not break while it is pursued."""

    __table_args__ = (_live_unique("guardrail_once", "objective_id", "kpi_id"),)

    objective_id: int = _link("objective.id")
    kpi_id: int = _link("kpi.id")


class KeyResult(Entity, table=True):
    """How an objective is measured; with a KPI it is fed by that KPI's readings."""

    __table_args__ = (_live_unique("key_result_name", "objective_id", "name"),)

    objective_id: int = _link("objective.id")
    name: str = _text()
    kind: KeyResultKind = _word()
    unit: str = _text(default="")
    kpi_id: int | None = _optional_link("kpi.id")
    position: int = 0


class KeyResultTerms(Terms, table=True):
    """A key result's way from start to target, its weight and owner from a day on."""

    __table_args__ = (
        Index("key_result_terms_in_force", "key_result_id", "valid_from", "known_at"),
    )

    key_result_id: int = _link("key_result.id", index=False)
    start: float | None = None
    target: float | None = None
    weight: float = 1.0
    hold_periods: int | None = None
    owner_id: int | None = _optional_link("person.id", index=False)


class Milestone(Entity, table=True):
    """A named step of a key result and its share of the whole."""

    __table_args__ = (_live_unique("milestone_step", "key_result_id", "step"),)

    key_result_id: int = _link("key_result.id")
    step: str = _text()
    share: float
    done_on: date | None = None
    position: int = 0


class TargetStep(Entity, table=True):
    """How far a key result is to be by a day before its cycle's end."""

    __table_args__ = (_live_unique("target_step_day", "key_result_id", "by"),)

    key_result_id: int = _link("key_result.id")
    by: date
    target: float


class KeyResultScore(Entity, table=True):
    """What people made of a key result as its cycle was closed.

    Without a `score` the computed one counts; `reason` says why they gave another.
    """

    __table_args__ = (_live_unique("key_result_score_once", "key_result_id"),)

    key_result_id: int = _link("key_result.id")
    score: float | None = None
    reason: str = _text(default="")
    next_step: NextStep | None = _word(default=None, nullable=True)


class Learning(Entity, table=True):
    """What helped and what hindered an objective, as its team saw it at the end."""

    __table_args__ = (_live_unique("learning_once", "objective_id"),)

    objective_id: int = _link("objective.id")
    helped: str = _text(default="")
    hindered: str = _text(default="")


class CheckIn(Fact, table=True):
    """A key result's value, confidence and comment on a day; the last known one counts.

    `blocked_by` says in words what holds it up.
    """

    __table_args__ = (Index("check_in_current", "key_result_id", "date", "known_at", "id"),)

    key_result_id: int = _link("key_result.id", index=False)
    date: date
    value: float | None = None
    confidence: Confidence | None = _word(default=None, nullable=True)
    note: str = _text(default="")
    blocked_by: str = _text(default="")
    imported: bool = False
    withdrawn: bool = False
    supersedes_id: int | None = _optional_link("check_in.id")
    withdraws_id: int | None = _optional_link("check_in.id")


class Decision(Entity, table=True):
    """What a person said about a drifting KPI, and why; `date` is the day it speaks of.

    For a new normal that is the first day of it, for bad data the reading's period. `known_at`
    is when it was said, of imported history the end of the day it speaks of.
    """

    kpi_id: int = _link("kpi.id")
    known_at: datetime = _moment()
    look_again: date | None = None
    date: date
    decision: DecisionKind = _word()
    reason: str = _text(default="")
    by_id: int | None = _optional_link("person.id", index=False)


class Verdict(Entity, table=True):
    """Whether a drift of a KPI was real, as a person said once it was over.

    `date` is the first day of the period with which it was first shown. `known_at` is when it was
    said, of imported history the end of that day.
    """

    __table_args__ = (_live_unique("verdict_once", "kpi_id", "date"),)

    kpi_id: int = _link("kpi.id")
    known_at: datetime = _moment()
    date: date
    verdict: DriftVerdict = _word()
    note: str = _text(default="")
    by_id: int | None = _optional_link("person.id", index=False)


class Action(Entity, table=True):
    """Who does what by when: agreed in a team, about a KPI, an objective or a key result.

    It is open until `done_on`; `note` says what came of it. `known_at` is when it was agreed, of
    imported history the end of the day on which it was.
    """

    team_id: int = _link("team.id")
    kpi_id: int | None = _optional_link("kpi.id")
    objective_id: int | None = _optional_link("objective.id")
    key_result_id: int | None = _optional_link("key_result.id")
    known_at: datetime = _moment()
    what: str = _text()
    owner_id: int | None = _optional_link("person.id")
    due: date
    agreed_on: date
    done_on: date | None = None
    note: str = _text(default="")


class Meeting(Entity, table=True):
    """A check-in of a team, which runs until `ended_at`; a team has one at a time.

    All its screens show the item at `position`, since `shown_at`. Since `paused_at` its clocks
    stand still, as they did for `paused_seconds` before. `is_voting` lets everybody say how
    confident they are of what is shown.
    """

    __table_args__ = (
        _live_unique("meeting_started", "team_id", "started_at"),
        Index(
            "meeting_running",
            "team_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL AND ended_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL AND ended_at IS NULL"),
        ),
    )

    team_id: int = _link("team.id", index=False)
    started_at: datetime = _moment()
    ended_at: datetime | None = _moment(default=None, nullable=True)
    driver_id: int | None = _optional_link("person.id", index=False)
    position: int = 0
    shown_at: datetime = _moment()
    paused_at: datetime | None = _moment(default=None, nullable=True)
    paused_seconds: int = 0
    is_voting: bool = False


class MeetingItem(Entity, table=True):
    """What a check-in looked at, why, and what was said of it for `seconds`.

    It is about an action, or a key result, or a KPI; a broken guardrail names the objective too.
    What ends in `before` stood at the check-in before, what ends in `after` when this one ended.
    What was `decided` of a KPI is the decision of that kind and day. `sure` to `doubtful` count
    the votes once they are revealed; who gave them is not kept.
    """

    __table_args__ = (_live_unique("meeting_item_place", "meeting_id", "position"),)

    meeting_id: int = _link("meeting.id")
    position: int
    reason: AgendaReason = _word()
    kpi_id: int | None = _optional_link("kpi.id")
    objective_id: int | None = _optional_link("objective.id")
    key_result_id: int | None = _optional_link("key_result.id")
    action_id: int | None = _optional_link("action.id")
    state: ItemState = _word(default=ItemState.OPEN)
    said: str = _text(default="")
    seconds: int = 0
    value_before: float | None = None
    value_after: float | None = None
    health_before: Health | None = _word(default=None, nullable=True)
    health_after: Health | None = _word(default=None, nullable=True)
    signal_before: Signal | None = _word(default=None, nullable=True)
    signal_after: Signal | None = _word(default=None, nullable=True)
    confidence_before: Confidence | None = _word(default=None, nullable=True)
    confidence_after: Confidence | None = _word(default=None, nullable=True)
    chance_before: float | None = None
    chance_after: float | None = None
    decided: DecisionKind | None = _word(default=None, nullable=True)
    decided_on: date | None = None
    sure: int | None = None
    likely: int | None = None
    unsure: int | None = None
    doubtful: int | None = None


class MeetingParticipant(Base, table=True):
    """Somebody who was at a check-in, and when their screen was last heard of.

    `vote` is what they believe of what is shown, until the votes are revealed.
    """

    meeting_id: int = _link("meeting.id", primary_key=True, index=False)
    person_id: int = _link("person.id", primary_key=True, index=False)
    seen_at: datetime = _moment()
    vote: Confidence | None = _word(default=None, nullable=True)


class EndedSession(Base, table=True):
    """A session that somebody ended by signing out, known by the digest of its cookie."""

    digest: str = _text(primary_key=True)
    ended_at: datetime = _moment()


class Annotation(Entity, table=True):
    """An event that explains a KPI's readings around a day."""

    kpi_id: int = _link("kpi.id")
    date: date
    text: str = _text()
    by_id: int | None = _optional_link("person.id", index=False)


class KpiSignal(Base, table=True):
    """The signal of a KPI as it is shown from a moment on, until a later one takes its place.

    There is one for each reading, so they are kept small: `evidence` packs the signal and the
    numbers that decided it (`data.kpis.signals.evidence`), none where no reading stands;
    `history` is the signal after each of the last periods (`analytics.drift.letters`). `rules`
    tells by which rules it was decided.
    """

    # The rows of a KPI lie side by side, in their order: a look back finds its own at once.
    __table_args__ = {"sqlite_with_rowid": False}

    kpi_id: int = _link("kpi.id", primary_key=True, index=False)
    known_at: datetime = Field(primary_key=True, sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    rules: int
    evidence: bytes | None = Field(default=None, sa_type=LargeBinary)
    history: str = _text(default="")


class SignalCheckpoint(Base, table=True):
    """What is known of a KPI before the reading of a period: from here its signals go on.

    There is one before the latest reading, and one every so many periods before that, for what is
    corrected later. `data.kpis.signals` knows what `state` holds.
    """

    kpi_id: int = _link("kpi.id", primary_key=True, index=False)
    period: date = Field(primary_key=True)
    state: bytes = Field(sa_type=LargeBinary)


class PendingSignal(Base, table=True):
    """A mark that what is shown of a KPI since a moment, or ever, is still to be computed.

    `is_anew` tells that this takes all its readings; `marked_at` and `version` when it was marked.
    """

    kpi_id: int = _link("kpi.id", primary_key=True, index=False)
    since: datetime | None = Field(default=None, sa_type=Instant)
    is_anew: bool = False
    marked_at: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger)


class TeamVersion(Base, table=True):
    """The data's version of the last reading, decision or check-in of a team.

    Of team 0, which there is none of, it is that of the last change to anything else, and of team
    -1 that of the last change to a check-in, which no kept view shows.
    """

    team_id: int = Field(primary_key=True, sa_type=Key, sa_column_kwargs={"autoincrement": False})
    version: int = Field(sa_type=BigInteger)


class Alias(Entity, table=True):
    """A former name, under which imports still find the thing."""

    __table_args__ = (Index("alias_of", "entity", "name"),)

    entity: str = _word()
    entity_id: int = Field(sa_type=BigInteger)
    name: str = _text()


class ImportMapping(Entity, table=True):
    """How a spreadsheet of some headings was read: the next one of those is read the same way."""

    __table_args__ = (_live_unique("import_mapping_headings", "headings"),)

    headings: str = _text()
    mapping: str = _text()


class Command(Base, table=True):
    """One thing a person did: the unit of the log and of undo."""

    id: int | None = _key()
    name: str = _word()
    version: int = Field(sa_type=BigInteger, unique=True)
    person_id: int | None = _optional_link("person.id")
    at: datetime = _moment()
    summary: str = _text(default="")
    undoes_id: int | None = _optional_link("command.id")


class Change(Base, table=True):
    """One row that a command wrote: its values before and after."""

    __table_args__ = (Index("change_of", "entity", "entity_id"),)

    id: int | None = _key()
    command_id: int = _link("command.id")
    entity: str = _word()
    entity_id: int = Field(sa_type=BigInteger)
    before: dict[str, Any] | None = _values(default=None, nullable=True)
    after: dict[str, Any] | None = _values(default=None, nullable=True)
