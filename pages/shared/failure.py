"""What nobody foresaw: told calmly to whoever met it, and in the log of the server."""

from components.ui import banner


def tell(_error: Exception) -> bool:
    """Say that something went wrong, in place of what Streamlit would say of it.

    What stands on the page stays. Streamlit has written the error to the log.
    """
    banner.failed()
    return True
