"""From what to what something moved between two days: a value, a state, a confidence."""

from collections.abc import Iterable
from datetime import date

from components.cockpit import key_result_words
from components.ui import formatting, words
from data.meetings.views import Standing
from data.screens.views.since_check_in import Moved, SinceCheckIn
from models import Signal

NO_CHECK_IN = "This team has not held a check-in before today, so there is nothing to compare with."


def changed(before: Standing, after: Standing, unit: str, *, is_share: bool = False) -> str:
    """Say how something stood before and after; what did not move is said once."""
    values = (_amount(before, after, unit, is_share), _amount(after, before, unit, is_share))
    given = [each.confidence.value if each.confidence else "" for each in (before, after)]
    confidence, chance = _from_to(*given), _from_to(_chance(before), _chance(after))
    return words.joined(
        _from_to(*values),
        _from_to(state(before), state(after)),
        confidence and f"confidence: {confidence}",
        chance and f"chance: {chance}",
    )


def moved(each: Moved) -> str:
    """Say what is another than it was, and nothing of what is the same; the state first."""
    before, after = each.before, each.after
    # The unit once is enough, unless what is now is no number.
    unit = "" if after.value is not None else each.unit
    values = (
        _amount(before, after, unit, each.is_share) or formatting.NOTHING,
        _amount(after, before, each.unit, each.is_share) or formatting.NOTHING,
    )
    given = [one.confidence.value if one.confidence else "" for one in (before, after)]
    pairs = ((state(before), state(after)), values, given)
    is_same = before.value == after.value
    return words.joined(
        *(
            f"{old} → {new}"
            for old, new in pairs
            if old and new and old != new and not (is_same and (old, new) == values)
        )
    )


def payload(
    found: SinceCheckIn | None, rows: Iterable[Moved], today: date
) -> dict[str, str] | None:
    """Write what changed of some things since a check-in; None where nobody asks."""
    if found is None:
        return None
    since = f"since {formatting.day(found.day, today)}"
    return {str(each.key): f"{since}: {text}" for each in rows if (text := moved(each))}


def marked(found: SinceCheckIn | None, today: date) -> str:
    """Say what is marked, and how much of it changed."""
    if found is None:
        return NO_CHECK_IN
    count = sum(bool(moved(each)) for each in (*found.kpis, *found.key_results))
    when = formatting.day(found.day, today)
    if not count:
        return f"Nothing here changed since the check-in of {when}."
    return f"{words.counted(count, 'thing')} changed since the check-in of {when}, marked below."


def _from_to(before: str, after: str) -> str:
    """Say what something was and is; where one of the two is not known, the other alone."""
    return f"{before} → {after}" if before and after and before != after else after or before


def _amount(one: Standing, other: Standing, unit: str, is_share: bool) -> str:
    if one.value is None:
        return ""
    if is_share:
        return formatting.percent(one.value)
    return formatting.value(one.value, unit, other.value)


def state(one: Standing) -> str:
    """Say how something is and behaves, as far as that is more than steady."""
    signal = "" if one.signal in (None, Signal.STEADY) else one.signal.value
    return ", ".join(filter(None, (one.health.value if one.health else "", signal)))


def _chance(one: Standing) -> str:
    return "" if one.chance is None else key_result_words.likely(one.chance)
