"""What nobody foresaw: told calmly to whoever met it, and in the log of the server."""

from components.ui import banner
from data.operations.metrics import ERRORS
from pages.shared.run_log import note


def tell(error: Exception) -> bool:
    """Say that something went wrong, in place of what Streamlit would say of it.

    What stands on the page stays. Streamlit has written the error to the log.
    """
    ERRORS.inc()
    note("failed", error=type(error).__name__)
    banner.failed()
    return True
