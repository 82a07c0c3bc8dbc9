"""What people call a sheet or a file: in any case, in the singular, with spaces."""

import re

from data.exchange.tables import FILES

_SINGULAR = {"people": "person"}
_CALLED = {name: name for name in FILES} | {
    _SINGULAR.get(name, name.removesuffix("s")): name for name in FILES
}


def known_name(title: str) -> str:
    """Give the name in the format of what a sheet or file is called, empty where it has none."""
    words = re.sub(r"[\s_-]+", "_", title.strip().lower().removesuffix("(s)"))
    return _CALLED.get(words.strip("_"), "")
