"""The pages there are: one registry for the navigation and for the links of the top line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and whether it is `linked` from the top line of every page."""

    title: str
    script: str
    path: str
    linked: bool = True


COCKPIT = Place("Cockpit", "pages/cockpit/page.py", "")
DRIFT = Place("Drift", "pages/drift/page.py", "drift")
OKRS = Place("OKRs", "pages/okrs/page.py", "okrs")
UPDATE = Place("Update", "pages/update/page.py", "update")
HISTORY = Place("History", "pages/history/page.py", "history")
IMPORT = Place("Import", "pages/import_data/page.py", "import")
SETTINGS = Place("Settings", "pages/settings/page.py", "settings")
KPI = Place("KPI", "pages/kpi/page.py", "kpi", linked=False)

PLACES = (COCKPIT, DRIFT, OKRS, UPDATE, HISTORY, IMPORT, SETTINGS, KPI)
