"""From a preview to the import, and back."""

from collections.abc import Hashable
from functools import partial
from typing import NamedTuple

import streamlit as st
from sqlalchemy import Engine

from components.exchange import hindsight, import_preview, import_words, mapping_words
from components.ui import cards, words
from components.ui.page_registry import COCKPIT, HISTORY
from data.company.queries import company
from data.core.database import now
from data.core.errors import CommandRejected
from data.exchange.bad_input import BadInput
from data.exchange.importing import Imported, import_tables
from data.exchange.importing.preview import Prepared
from data.exchange.importing.spreadsheet import MappedSpreadsheet
from data.exchange.views import ImportView
from data.exchange.write import problems_csv
from pages.import_data import mapping_card
from pages.import_data.job import Job, Progress, wait
from pages.import_data.previewing import Previewed, newcomer_here, previewed, tell
from pages.import_data.sources import Given, begin_anew
from pages.shared.feedback import SILENCE, undo_once
from pages.shared.who import person_key

NAME_FIRST = "Pick your name at the top right to import: every change carries a name."
BY_ROW = "Row by row"


class Done(NamedTuple):
    """What an import did, and the command to take back."""

    message: str
    command_id: int | None


def show_done(engine: Engine) -> None:
    """Say what the last import did, with the way back and the way to see it."""
    done: Done | None = st.session_state.get("imported")
    if done is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="imported"):
        st.success(done.message)
        if done.command_id is None:
            return
        st.page_link(COCKPIT.script, label="Open the cockpit", width="content")
        st.page_link(HISTORY.script, label="See it in the history", width="content")
        st.button("Take the import back", on_click=_take_back, args=(engine, done.command_id))


def show(engine: Engine, version: int, given: Given, why_not: str) -> None:
    """Show what importing would do, and import it where somebody says so."""
    if _is_running(given.about):
        # Somebody clicked meanwhile, and the page began again.
        _finish()
    looked = previewed(engine, version, given)
    with st.container(key="begin_anew"):
        st.button("← Bring in something else", type="tertiary", on_click=begin_anew)
    if looked is None:
        return
    if st.session_state.pop("import_pressed", None) == (given.about, version):
        _begin(engine, given.about, looked)
        if _is_running(given.about):
            _finish()
    if looked.read is None:
        _show_own(looked.view, (given.about, version), why_not)
    else:
        today = company(engine, version).today(now())
        mapping_card.show(given, looked.read, today)
        _show_mapped(given, looked.read, looked, version, why_not)


def _show_own(view: ImportView, about: Hashable, why_not: str) -> None:
    """Show what rows of the format would do."""
    with cards.card("preview"):
        import_preview.sentence(view)
        _offer(about, view, f"Import {import_words.counted(view.changes)}", why_not)
        _show_rows(view)


def _show_mapped(
    given: Given, read: MappedSpreadsheet, looked: Previewed, version: int, why_not: str
) -> None:
    """Show what a spreadsheet would do as it is read; nothing before what is open is answered."""
    view = looked.view
    waiting = mapping_words.open_questions(read.mapping, read.mapped)
    if not any(sheet.is_read for sheet in read.mapping.sheets):
        waiting = mapping_words.NO_TABLE
    if waiting:
        st.info(waiting)
        return
    told, does = st.columns(2, gap="small")
    with told:
        if looked.told is not None:
            hindsight.show(looked.told)
    with does, cards.card("changes"):
        mapping_card.show_changes(given, read, view)
        if not view.problems and not view.changes:
            st.caption(import_words.sentence(view))
        _offer((given.about, version), view, "Import", why_not)
    if view.problems:
        with cards.card("problems"):
            import_preview.sentence(view)
            _show_rows(view)
    elif view.files:
        with st.expander(BY_ROW):
            _show_rows(view)


def _show_rows(view: ImportView) -> None:
    import_preview.show(view, key="preview", problems_csv=lambda: problems_csv(view.problems))


def _offer(about: Hashable, view: ImportView, name: str, why_not: str) -> None:
    """Show the button that imports, with the reason where it cannot be pressed."""
    if view.problems or not view.changes:
        return
    if why_not:
        st.warning(words.escaped(why_not))
    with st.container(horizontal=True, vertical_alignment="center", key="import"):
        st.button(
            name,
            key="press import",
            type="primary",
            disabled=bool(why_not),
            on_click=_press,
            args=(about,),
        )
        st.caption("Nothing is written until you press it. It can be taken back in one step.")


def _press(about: Hashable) -> None:
    st.session_state.import_pressed = about


def _is_running(about: Hashable) -> bool:
    job: Job[Imported] | None = st.session_state.get("import_job")
    return job is not None and job.about == about


def _begin(engine: Engine, about: Hashable, looked: Previewed) -> None:
    name = st.session_state.get("person") or ""
    newcomer = newcomer_here(engine)
    try:
        person_id = person_key(engine, name)
    except CommandRejected as refused:
        st.warning(words.escaped(refused.message))
        return
    label = looked.opened.label if isinstance(looked.opened, Prepared) else "{}.csv".format

    def work(progress: Progress) -> Imported:
        return import_tables(
            engine,
            looked.tables,
            person_id=person_id,
            newcomer=newcomer,
            label=label,
            mapping=looked.read.mapping if looked.read else None,
            progress=partial(tell, progress, "Importing"),
        )

    st.session_state.import_job = Job(about, work)


def _finish() -> None:
    """Wait for the import; then begin anew, with what it did told."""
    job: Job[Imported] = st.session_state.import_job
    try:
        imported = wait(job, key="import_progress")
    except (CommandRejected, BadInput) as refused:
        del st.session_state.import_job
        first = (
            refused.message if isinstance(refused, CommandRejected) else str(refused.problems[0])
        )
        st.warning(f"Nothing was imported. {words.escaped(' '.join(first.split()))}")
        return
    del st.session_state.import_job
    counts = imported.counts.values()
    new, changed = sum(each.new for each in counts), sum(each.changed for each in counts)
    done = Done(import_words.done(new, changed), imported.command_id)
    st.session_state.imported = done
    # It is said where the import was asked for, with its way back.
    st.session_state.told = SILENCE
    begin_anew()
    st.rerun()


def _take_back(engine: Engine, command_id: int) -> None:
    if undo_once(engine, command_id):
        st.session_state.imported = Done("The import is taken back.", None)
        st.session_state.told = SILENCE._replace(nonce=st.session_state.told.nonce)
