"""Adding the cycle that comes next, where one is picked or missed."""

import streamlit as st

from data.company.commands.cycles import add_cycle
from data.company.next_cycle import next_cycle
from data.core.outcomes import Outcome
from data.operations.workspace import Workspace
from pages.shared.dispatch import STANDS, Done, send
from pages.shared.feedback import keep, tell_refusal

NOTHING_NEXT = "There is no cycle to go on from yet: add the first one in Settings."


def add_next_cycle(workspace: Workspace) -> Outcome:
    """Add the cycle after the last one and look at it; to be called by a callback.

    The toast tells it with the way back, or why it was refused.
    """
    proposed = next_cycle(workspace.company.cycles)
    if proposed is None:
        outcome = Outcome("refused", "row", 0, NOTHING_NEXT)
    else:
        said = {
            "name": proposed.name,
            "starts_on": proposed.starts_on.isoformat(),
            "ends_on": proposed.ends_on.isoformat(),
        }

        def add(person_id: int) -> Done:
            version = workspace.version
            added = add_cycle(
                workspace.engine, person_id=person_id, said=said, base_version=version
            )
            return Done(added.command_id, f"Added {proposed.name}.", STANDS, added.id)

        outcome = send(workspace.engine, st.session_state.get("person"), "row", 0, add)
        if outcome.kind == "saved":
            st.session_state.cycle = proposed.name
    keep(outcome)
    tell_refusal(outcome)
    return outcome
