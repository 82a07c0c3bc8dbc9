"""People who leave: how they are erased, and how long details of everybody are kept."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components.ui import formatting, words
from data.company.views import Erasable

ERASING = "Erase somebody who left"
FIRST = "Their name and address leave Milepost. This cannot be undone."
BELOW = (
    "What they recorded stays, by “Somebody who left”. They must own nothing any more. Words that "
    "people typed as text stay as they are, and so do copies of the database: look there yourself."
)
KEEPING = "How long details are kept"
KEEPING_FIRST = "What is older is deleted each day, for good. At first all is kept."
LABELS: Mapping[str, str] = {
    "keep_attendance_days": "Who was at a check-in",
    "keep_log_days": "What each change in the history was",
}
HELP: Mapping[str, str] = {
    "keep_attendance_days": "Counted from the day on which the check-in ended. Its minutes stay.",
    "keep_log_days": "That somebody did something, and when, stays. What stood before goes, and "
    "with it the way to take it back.",
}
COUNTED: Mapping[str, str] = {
    "keep_attendance_days": "name of who was at a check-in",
    "keep_log_days": "change of the history",
}
SPANS: Mapping[int | None, str] = {
    None: "For ever",
    30: "30 days",
    90: "90 days",
    180: "180 days",
    365: "A year",
    730: "Two years",
    1825: "Five years",
}


def erasing(
    people: Sequence[Erasable], *, refused: str, on_erase: Callable[[int, str], None]
) -> None:
    """Offer to erase a person; `refused` says why the last one was not."""
    with st.popover(ERASING, width="content", key="erasing"):
        st.markdown(f"**{FIRST}**")
        st.caption(BELOW)
        named = {each.id: _named(each) for each in people}
        listed_id = st.selectbox(
            "Who", list(named), format_func=named.__getitem__, index=None, key="erased"
        )
        typed = st.text_input("Their name, typed to be sure", key="erased_name", max_chars=200)
        if refused:
            st.warning(words.escaped(refused))
        st.button(
            "Erase for good",
            disabled=listed_id is None or not typed.strip(),
            key="erase",
            on_click=lambda: on_erase(listed_id or 0, typed),
        )


def keeping(
    days: Mapping[str, int | None],
    *,
    refused: str,
    count: Callable[[Mapping[str, int | None]], Mapping[str, int]],
    on_save: Callable[[Mapping[str, int | None]], None],
) -> None:
    """Show how long details are kept; say what would be deleted before it is saved."""
    with st.popover(KEEPING, width="content", key="keeping"):
        st.markdown(f"**{KEEPING_FIRST}**")
        picked = {
            field: st.selectbox(
                LABELS[field],
                list(SPANS),
                index=list(SPANS).index(days.get(field)),
                format_func=SPANS.__getitem__,
                help=HELP[field],
                key=f"picked {field}",
            )
            for field in LABELS
        }
        is_changed = picked != dict(days)
        if is_changed:
            st.markdown(deleted_at_once(count(picked)))
        if refused:
            st.warning(words.escaped(refused))
        st.button(
            "Keep them so long",
            disabled=not is_changed,
            key="keep details",
            on_click=lambda: on_save(picked),
        )


def deleted_at_once(counts: Mapping[str, int]) -> str:
    """Say how much would be deleted at once."""
    gone = [_counted(number, COUNTED[field]) for field, number in counts.items() if number]
    return f"⚠ This deletes {' and '.join(gone)} at once." if gone else "Nothing is that old yet."


def _counted(number: int, name: str) -> str:
    plural = name.replace("name of", "names of").replace("change of", "changes of")
    return f"{formatting.number(number)} {name if number == 1 else plural}"


def _named(person: Erasable) -> str:
    return f"{person.name} (archived)" if person.is_archived else person.name
