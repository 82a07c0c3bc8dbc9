"""Finding a KPI, team, objective or key result by some of the words in its name."""

import unicodedata

from sqlalchemy import Engine, and_, select

from data.core.as_of import LATEST, in_force, table
from data.core.database import snapshot
from data.core.team_versions import KeptViews
from data.names.views import Found
from models import ObjectiveState

MOST = 12

_team, _kpi, _cycle = table("team"), table("kpi"), table("cycle")
_objective, _key_result = table("objective"), table("key_result")

TEAMS = select(_team.c.id, _team.c.name, _team.c.name.label("team")).where(
    _team.c.withdrawn_at.is_(None)
)
KPIS = (
    select(_kpi.c.id, _kpi.c.name, _team.c.name.label("team"))
    .join(_team, _team.c.id == _kpi.c.team_id)
    .where(_kpi.c.withdrawn_at.is_(None))
    .order_by(_kpi.c.id)
)
_terms = table("objective_terms")
# Drafts are on no cockpit yet.
_SHARED = and_(in_force(_terms, _objective.c.id), _terms.c.state != ObjectiveState.DRAFT.value)
OBJECTIVES = (
    select(
        _objective.c.id, _objective.c.name, _team.c.name.label("team"), _cycle.c.name.label("cycle")
    )
    .select_from(_objective)
    .join(_terms, _SHARED)
    .join(_team, _team.c.id == _objective.c.team_id)
    .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .where(_objective.c.withdrawn_at.is_(None))
    .order_by(_cycle.c.starts_on.desc(), _objective.c.id)
)
KEY_RESULTS = (
    select(
        _key_result.c.id,
        _key_result.c.name,
        _team.c.name.label("team"),
        _cycle.c.name.label("cycle"),
    )
    .select_from(_key_result)
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .join(_terms, _SHARED)
    .join(_team, _team.c.id == _objective.c.team_id)
    .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .where(_key_result.c.withdrawn_at.is_(None), _objective.c.withdrawn_at.is_(None))
    .order_by(_cycle.c.starts_on.desc(), _key_result.c.id)
)


def find(engine: Engine, version: int, text: str) -> tuple[Found, ...]:
    """Give what holds every word of a text, in its name first, then with its team's."""
    words = _folded(text).split()
    if not words:
        return ()
    ranked = []
    for number, (name, place, found) in enumerate(_everything(engine, version)):
        if all(word in name or word in place for word in words):
            in_name = sum(word in name for word in words)
            ranked.append((-in_name, not name.startswith(words[0]), len(name), number, found))
    return tuple(found for *_, found in sorted(ranked, key=lambda item: item[:4])[:MOST])


_Named = tuple[tuple[str, str, Found], ...]
_kept: KeptViews[str, _Named] = KeptViews(4)


def _everything(engine: Engine, version: int) -> _Named:
    """Give all names at a version of the data, whatever is read or said of what has them."""
    return _kept.get(engine, version, "everything", lambda: (_read(engine), ()))


def _read(engine: Engine) -> _Named:
    """Read all names: four statements."""
    with snapshot(engine) as connection:
        found = [
            *(Found("team", row.id, row.name, row.team, None) for row in connection.execute(TEAMS)),
            *(Found("KPI", row.id, row.name, row.team, None) for row in connection.execute(KPIS)),
            *(Found("objective", *row) for row in connection.execute(OBJECTIVES, LATEST)),
            *(Found("key result", *row) for row in connection.execute(KEY_RESULTS, LATEST)),
        ]
    return tuple(
        (_folded(each.name), _folded(f"{each.team} {each.cycle or ''}"), each) for each in found
    )


def _folded(text: str) -> str:
    """Write a text without case and accents, as people search."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
