"""The pages there are: one registry for the navigation and for the links of the top line."""

from dataclasses import dataclass
from typing import Literal

SAMPLE = "sample"
"""What the URL says where the sample company is looked at beside one's own."""

WHOSE = "of"
"""What the URL says where somebody's list of what is due is looked at."""

LOOKED_AT = (SAMPLE, "team", "cycle", "as_of")
"""What the URL of every page may say, and every link to another page takes along."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page: what its URL may say besides, and whether every top line has a link to it.

    `follows` tells after whose changes it shows itself anew: those of the teams on it, of anybody,
    or of nobody, where somebody is in the middle of something of their own.
    """

    title: str
    script: str
    path: str
    says: tuple[str, ...] = ()
    linked: bool = True
    follows: Literal["teams", "anybody", "nobody"] = "anybody"


COCKPIT = Place(
    "Cockpit",
    "pages/cockpit/page.py",
    "",
    ("focus", "all_kpis", "all_objectives", "all_teams", "gauges", "since"),
    follows="teams",
)
DRIFT = Place(
    "Drift", "pages/drift/page.py", "drift", ("state", "decided", "rows"), follows="teams"
)
OKRS = Place("OKRs", "pages/okrs/page.py", "okrs", ("view", "over"), follows="teams")
UPDATE = Place("Update", "pages/update/page.py", "update", (WHOSE,), follows="teams")
CHECK_IN = Place(
    "Check-in", "pages/check_in/page.py", "check-in", ("minutes", "wall"), follows="nobody"
)
HISTORY = Place(
    "History", "pages/history/page.py", "history", ("view", "about", "who", "did", "from", "to")
)
IMPORT = Place("Import", "pages/import_data/page.py", "import", follows="nobody")
SETTINGS = Place("Settings", "pages/settings/page.py", "settings", ("table", "find"))
BEGIN = Place("Begin", "pages/begin/page.py", "begin", linked=False, follows="nobody")
KPI = Place("KPI", "pages/kpi/page.py", "kpi", ("id", "how"), linked=False)

PLACES = (COCKPIT, DRIFT, OKRS, UPDATE, CHECK_IN, HISTORY, IMPORT, SETTINGS, BEGIN, KPI)
