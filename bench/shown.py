"""What a page showed, by the messages that it sent: things of a company, and no error."""

import re
from collections.abc import Iterable

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

THINGS = re.compile(rb"(?:out of door|through door|KPI|Person|Team|Be known for \w+) \d+")
"""The names of what fills the companies here: numbers tell them apart."""


def named(sent: Iterable[bytes]) -> int:
    """Count the things of a company that a page names.

    Raises where it is not there or shows an error: nobody asks how fast that is.
    """
    found: set[bytes] = set()
    for serialized in sent:
        message = ForwardMsg()
        message.ParseFromString(serialized)
        if message.WhichOneof("type") == "page_not_found":
            raise LookupError("the page is not there")
        if message.delta.new_element.WhichOneof("type") == "exception":
            raise LookupError("the page shows an error")
        found.update(THINGS.findall(serialized))
    return len(found)
