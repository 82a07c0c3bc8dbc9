"""Key results under their objectives: will they arrive?"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from components.cockpit import key_result_words, objective_words
from components.editing import editing
from components.ui import click_events, formatting, frontend, words
from data.core import typed_text
from data.core.outcomes import Outcome
from data.okrs.views.edits import CheckInEdit
from data.okrs.views.key_results import KeyResultView, ObjectiveView
from models import Confidence, KeyResultKind

_KEY_RESULTS = frontend.element("key_results")


def show(
    objectives: Sequence[ObjectiveView],
    *,
    team: str,
    version: int,
    today: date,
    day: date,
    editable: bool,
    person: str | None,
    outcome: Outcome | None,
    focus: int | None,
    key: str,
    drafts: int = 0,
    on_edit: Callable[[CheckInEdit], None],
    on_missing: Callable[[str, int], None] | None = None,
    on_name: Callable[[str, int], None] | None = None,
    moved: Mapping[str, str] | None = None,
    more: int = 0,
    is_whole: bool = False,
    on_more: Callable[[], None] = lambda: None,
) -> None:
    """Show objectives with their key results as they were on `day`; a click on a value checks in.

    `focus` is the key result to scroll to, `drafts` how many objectives wait to be started.
    `on_missing` hears which KPI was clicked that is not on the page, `on_name` on whose name
    of an objective or key result. `moved` tells by key what is another than it was. A button shows
    `more` objectives, or few again where it `is_whole`.
    """

    def clicked(kind: str, key: int) -> None:
        hear = on_missing if kind == "kpi" else on_name
        if hear is not None:
            hear(kind, key)

    data = {
        "version": version,
        "day": day.isoformat(),
        "editable": editable,
        "person": person or "",
        "focus": focus,
        "answer": editing.answer(key, outcome, "key result"),
        "moved": moved,
        "empty": "" if objectives else objective_words.empty(drafts),
        "confidences": [confidence.value for confidence in Confidence],
        "turn": words.turn(more, "objective", is_whole=is_whole),
        "whole": is_whole,
    }
    _KEY_RESULTS(
        key=key,
        data=data,
        large={"objectives": [_objective(each, team, today, day) for each in objectives]},
        on_edit_change=editing.listener(key, editing.check_in, on_edit),
        on_open_change=click_events.listener(key, clicked),
        on_more_change=on_more,
    )


def frame(
    objectives: Sequence[ObjectiveView], *, team: str, today: date, day: date
) -> dict[str, Any]:
    """Write objectives as they were on a day that is only looked back to."""
    written = [_objective(each, team, today, day) for each in objectives]
    return {"objectives": written, "day": day.isoformat(), "editable": False, "moved": None}


@lru_cache(maxsize=256)
def _objective(objective: ObjectiveView, team: str, today: date, day: date) -> Mapping[str, Any]:
    return {
        "id": objective.id,
        "name": objective.name,
        "facts": objective_words.facts(objective, team),
        "progress": formatting.percent(objective.progress),
        "over": objective.state not in objective_words.UNDER_WAY,
        "guardrails": [rail._asdict() for rail in objective_words.guardrails(objective, today)],
        "unvalued": objective_words.unvalued(objective),
        "key_results": [
            _key_result(key_result, today, day) for key_result in objective.key_results
        ],
    }


def _key_result(key_result: KeyResultView, today: date, day: date) -> dict[str, Any]:
    typed = key_result.kind is KeyResultKind.METRIC and key_result.fed_by is None
    milestone = key_result.kind is KeyResultKind.MILESTONE
    return {
        "id": key_result.key_result_id,
        "name": key_result.name,
        "way": key_result_words.way(key_result),
        "ends": key_result_words.ends(key_result),
        "unit": key_result.unit,
        "fed": key_result.fed_by,
        "kpi": key_result.fed_by_id if key_result.feed_is_live else None,
        "typed": typed,
        "closed": key_result.is_over,
        "exact": "" if milestone else typed_text.number(key_result.value),
        "value": _shown(key_result),
        "change": key_result_words.since_check_in(key_result),
        "checked": ""
        if key_result.checked_on is None
        else formatting.day(key_result.checked_on, today),
        "again": key_result.checked_on == day,
        "confidence": "" if key_result.confidence is None else key_result.confidence.value,
        "sureness": key_result_words.confidence(key_result.confidence)._asdict(),
        "standing": key_result_words.standing(key_result),
        "phrase": key_result_words.phrase(key_result, today, day),
        "promise": key_result_words.promise(key_result, day).replace(" ", "-"),
        "lag": key_result_words.lag(key_result, day),
        "basis": key_result_words.rests_on(key_result, day),
        "prospect": key_result_words.prospect(key_result, today, day),
        "span": key_result.span and tuple(map(key_result_words.on_the_bar, key_result.span)),
        "done": key_result_words.on_the_bar(key_result.progress),
        "back": None if key_result.recovery is None else key_result.recovery.share_back,
        "pace": key_result_words.on_the_bar(key_result.pace),
    }


def _shown(key_result: KeyResultView) -> str:
    if key_result.kind is KeyResultKind.MILESTONE:
        return formatting.percent(key_result.progress)
    return key_result_words.now(key_result)
