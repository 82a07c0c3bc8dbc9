"""Where Chromium is on this machine."""

import os
import shutil

import pytest

from bench.browser import PROGRAMS


def chromium_path() -> str:
    """Give the path of Chromium; without one, skip, unless the run insists on it."""
    path = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if path is None:
        if os.environ.get("MILEPOST_REQUIRE_BROWSER") == "1":
            pytest.fail("MILEPOST_REQUIRE_BROWSER=1, and there is no chromium on this machine")
        pytest.skip("there is no chromium on this machine")
    return path
