"""From what somebody gave to a preview, and from a preview to the import and back."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import streamlit as st
from sqlalchemy import Engine

from components.exchange import import_preview, import_words
from components.ui import words
from components.ui.page_registry import COCKPIT, HISTORY
from data.core.errors import CommandRejected
from data.exchange.bad_input import BadInput
from data.exchange.download import problems_csv
from data.exchange.importing import Imported, import_tables
from data.exchange.importing.preview import Prepared, preview
from data.exchange.plain_table import PlainTable
from data.exchange.queries import kpi_choices
from data.exchange.views import ImportView
from data.identity.queries import is_listed
from pages.import_data import plain
from pages.import_data.job import Job, Progress, wait
from pages.import_data.sources import Source
from pages.shared.edits import take_back
from pages.shared.feedback import Told
from pages.shared.who import person_key

NAME_FIRST = "Pick your name at the top right to import: every change carries a name."


class Done(NamedTuple):
    """What an import did, and the command to take back."""

    message: str
    command_id: int | None


@dataclass(frozen=True, slots=True)
class Previewed:
    """What was read, and what importing it would do, or else as what it could be read."""

    prepared: Prepared
    view: ImportView
    plain: PlainTable | None


def show_done(engine: Engine) -> None:
    """Say what the last import did, with the way back and the way to see it."""
    done: Done | None = st.session_state.get("imported")
    if done is None:
        return
    st.success(done.message)
    if done.command_id is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Take the import back", on_click=_take_back, args=(engine, done.command_id))
        st.page_link(COCKPIT.script, label="See it on the cockpit", width="content")
        st.page_link(HISTORY.script, label="See it in the history", width="content")


def show(engine: Engine, version: int, source: Source, why_not: str) -> None:
    """Show what importing a source would do, and import it where somebody says so."""
    if _is_running(source.about):
        # Somebody clicked meanwhile, and the page began again.
        _finish()
    previewed = _previewed(engine, version, source)
    if previewed is None:
        return
    view = previewed.view
    if st.session_state.pop("import_pressed", None) == (source.about, version):
        _begin(engine, source.about, previewed)
        if _is_running(source.about):
            _finish()
    import_preview.sentence(view)
    if previewed.plain:
        plain.offer(previewed.plain, has_kpis=bool(kpi_choices(engine, version)))
    _offer((source.about, version), view, why_not)
    import_preview.show(view, key="preview", problems_csv=lambda: problems_csv(view.problems))


def _previewed(engine: Engine, version: int, source: Source) -> Previewed | None:
    """Give the preview of a source at a version of the data; what was read stays read."""
    job: Job[Previewed] | None = st.session_state.get("preview_job")
    newcomer = _newcomer(engine)
    about = (source.about, version, newcomer)
    if job is None or job.about != about:
        before = _read_before(job, source.about)
        job = Job(about, partial(_preview, engine, source, before, newcomer))
        st.session_state.preview_job = job
    try:
        return wait(job)
    except CommandRejected as refused:
        del st.session_state.preview_job
        st.warning(words.escaped(refused.message))
        return None


def _newcomer(engine: Engine) -> str:
    """Name who is here where importing would list them, empty where they are listed."""
    name = st.session_state.get("person") or ""
    return "" if not name or is_listed(engine, name) else name


def _read_before(job: Job[Previewed] | None, about: Hashable) -> Prepared | None:
    if job is None or not job.is_over() or not _is_about(job, about):
        return None
    try:
        return job.result().prepared
    except CommandRejected:
        return None


def _is_about(job: Job[Previewed], about: Hashable) -> bool:
    return isinstance(job.about, tuple) and job.about[0] == about


def _preview(
    engine: Engine,
    source: Source,
    read_before: Prepared | None,
    newcomer: str,
    progress: Progress,
) -> Previewed:
    prepared = read_before or source.prepare(progress)
    compare = partial(_tell, progress, "Comparing")
    view = preview(engine, prepared, newcomer=newcomer, progress=compare)
    return Previewed(prepared, view, source.plain() if prepared.problems else None)


def _tell(progress: Progress, doing: str, file: str, share: float) -> None:
    progress(f"{doing} {file}", share)


def _offer(about: Hashable, view: ImportView, why_not: str) -> None:
    """Show the button that imports, with the reason where it cannot be pressed."""
    if view.problems or not view.changes:
        return
    if why_not:
        st.warning(words.escaped(why_not))
    with st.container(horizontal=True, vertical_alignment="center", key="import"):
        st.button(
            f"Import {import_words.counted(view.changes)}",
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


def _begin(engine: Engine, about: Hashable, previewed: Previewed) -> None:
    name = st.session_state.get("person") or ""
    newcomer = _newcomer(engine)
    try:
        person_id = person_key(engine, name)
    except CommandRejected as refused:
        st.warning(words.escaped(refused.message))
        return
    prepared = previewed.prepared

    def work(progress: Progress) -> Imported:
        return import_tables(
            engine,
            prepared.tables,
            person_id=person_id,
            newcomer=newcomer,
            label=prepared.label,
            progress=partial(_tell, progress, "Importing"),
        )

    st.session_state.import_job = Job(about, work)


def _finish() -> None:
    """Wait for the import; then begin anew, with what it did told."""
    job: Job[Imported] = st.session_state.import_job
    try:
        imported = wait(job)
    except (CommandRejected, BadInput) as refused:
        del st.session_state.import_job
        first = (
            refused.message if isinstance(refused, CommandRejected) else str(refused.problems[0])
        )
        st.warning(f"Nothing was imported. {words.escaped(' '.join(first.split()))}")
        return
    del st.session_state.import_job
    st.session_state.pop("preview_job", None)
    counts = imported.counts.values()
    new, changed = sum(each.new for each in counts), sum(each.changed for each in counts)
    done = Done(import_words.done(new, changed), imported.command_id)
    st.session_state.imported = done
    st.session_state.told = Told(done.message, done.command_id, None)
    st.session_state.import_number = st.session_state.get("import_number", 0) + 1
    st.rerun()


def _take_back(engine: Engine, command_id: int) -> None:
    taken_back = take_back(engine, st.session_state.get("person"), command_id)
    if taken_back.is_done:
        st.session_state.imported = Done("The import is taken back.", None)
        st.session_state.told = Told(taken_back.message, None, f"undo {command_id}")
    else:
        st.session_state.told = Told(taken_back.message, None, f"no undo {command_id}")
