"""Pages that are open in browsers, as Streamlit knows them."""

from streamlit import runtime
from streamlit.runtime.app_session import AppSessionState


def open_pages() -> int:
    """Count the pages that are open."""
    return len(_states())


def running() -> int:
    """Count the pages that run at this moment."""
    return sum(state is AppSessionState.APP_IS_RUNNING for state in _states())


def _states() -> list[AppSessionState]:
    if not runtime.exists():
        return []
    sessions = runtime.get_instance()._session_mgr.list_active_sessions()
    return [each.session._state for each in sessions]
