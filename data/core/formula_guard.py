"""The apostrophe that keeps a spreadsheet from taking text for a formula.

After OWASP, “CSV Injection”, and ASVS 5.0, 1.2.10: text that begins with a character that a
spreadsheet acts on gets an apostrophe in front. So does text in which such a character follows
apostrophes, or reading back could not tell ours from theirs.
"""

import re

ACTIVE = "=+\\-@|%\t\r\n＝＋－＠"
TO_GUARD = re.compile(f"'*[{ACTIVE}]")
GUARDED = re.compile(f"'+[{ACTIVE}]")


def guard(text: str) -> str:
    """Return text as it may stand in a file that a spreadsheet opens."""
    return "'" + text if TO_GUARD.match(text) else text


def unguard(text: str) -> str:
    """Return the text that was guarded; text that never was stays as it is."""
    return text[1:] if GUARDED.match(text) else text
