"""The first steps of a company, and which of them are done: one statement a version."""

from functools import lru_cache

from sqlalchemy import Engine, func, select

from data.core.as_of import table
from data.core.database import one_read
from data.screens.views.checklist import Checklist

_team, _kpi, _terms = table("team"), table("kpi"), table("kpi_terms")
_reading, _objective, _person = table("reading"), table("objective"), table("person")

FIRST_STEPS = select(
    select(func.count() > 1).where(_team.c.withdrawn_at.is_(None)).scalar_subquery().label("teams"),
    select(_kpi.c.id)
    .join(_terms, _terms.c.kpi_id == _kpi.c.id)
    .where(_kpi.c.withdrawn_at.is_(None), _terms.c.low.is_not(None) | _terms.c.high.is_not(None))
    .exists()
    .label("gauges"),
    select(_reading.c.id)
    .join(_kpi, _kpi.c.id == _reading.c.kpi_id)
    .where(_kpi.c.withdrawn_at.is_(None), _reading.c.value.is_not(None))
    .exists()
    .label("readings"),
    select(_objective.c.id).where(_objective.c.withdrawn_at.is_(None)).exists().label("objective"),
    select(func.count() > 1)
    .where(_person.c.withdrawn_at.is_(None))
    .scalar_subquery()
    .label("colleagues"),
)


@lru_cache(maxsize=64)
def checklist(engine: Engine, version: int) -> Checklist:
    """Tell which of the first steps are done at a version of the data."""
    with one_read(engine) as connection:
        row = connection.execute(FIRST_STEPS).one()
    return Checklist(**{name: bool(is_done) for name, is_done in row._asdict().items()})
