"""The statements behind what people look after: of one person, or of everybody."""

from sqlalchemy import BindParameter, Date, Integer, and_, bindparam, case, select

from data.core.as_of import DAY, MOMENT, any_of, in_force, live, oldest_first, table
from data.okrs.queries.targets import TARGETS
from models import Cadence, ObjectiveState

UNDER_WAY = (ObjectiveState.ACTIVE.value, ObjectiveState.PROBATION.value)

_kpi, _kpi_terms, _team = table("kpi"), table("kpi_terms"), table("team")
_objective, _objective_terms = table("objective"), table("objective_terms")
_key_result, _key_result_terms = table("key_result"), table("key_result_terms")
_reading, _cycle = table("reading"), table("cycle")
_PERSON: BindParameter[int] = bindparam("person", type_=Integer)

KPIS = (
    select(
        _kpi.c.id,
        _kpi.c.name,
        _kpi.c.unit,
        _kpi.c.cadence,
        _kpi.c.team_id,
        _team.c.name.label("team"),
        *(_kpi_terms.c[name] for name in ("owner_id", "low", "high")),
    )
    .select_from(_kpi)
    .join(_kpi_terms, in_force(_kpi_terms, _kpi.c.id))
    .join(_team, _team.c.id == _kpi.c.team_id)
    .where(_kpi_terms.c.owner_id.is_not(None), live(_kpi))
    .order_by(_kpi.c.name, _kpi.c.id)
)
"""The KPIs that somebody looks after."""

_feeding = _kpi.alias()
KEY_RESULTS = (
    select(
        _key_result.c.id,
        _key_result.c.name,
        _key_result.c.kind,
        _key_result.c.unit,
        _key_result.c.kpi_id,
        _objective.c.id.label("objective_id"),
        _objective.c.name.label("objective"),
        _objective.c.team_id,
        _objective.c.origin_kpi_id,
        _team.c.name.label("team"),
        _team.c.check_in_day,
        _cycle.c.name.label("cycle"),
        _cycle.c.starts_on,
        _cycle.c.ends_on,
        *(_key_result_terms.c[name] for name in ("owner_id", "start", "target", "hold_periods")),
        *TARGETS,
        _feeding.c.name.label("fed_by"),
        _feeding.c.unit.label("fed_unit"),
        _feeding.c.cadence.label("fed_cadence"),
        _feeding.c.team_id.label("fed_team_id"),
    )
    .select_from(_key_result)
    .join(_key_result_terms, in_force(_key_result_terms, _key_result.c.id))
    .join(_objective, _objective.c.id == _key_result.c.objective_id)
    .join(_objective_terms, in_force(_objective_terms, _objective.c.id))
    .join(_cycle, _cycle.c.id == _objective.c.cycle_id)
    .join(_team, _team.c.id == _objective.c.team_id)
    .outerjoin(_feeding, _feeding.c.id == _key_result.c.kpi_id)
    .where(
        _key_result_terms.c.owner_id.is_not(None),
        _objective_terms.c.state.in_(UNDER_WAY),
        _cycle.c.starts_on <= DAY,
        _cycle.c.ends_on >= DAY,
        live(_key_result),
        live(_objective),
        live(_cycle),
    )
    .order_by(_key_result.c.name, _key_result.c.id)
)
"""The key results that somebody looks after, of objectives under way."""

# Whoever owned it at some time: a short list, of which the terms in force are then asked for.
_EVER_MINE = select(_kpi_terms.c.kpi_id).where(_kpi_terms.c.owner_id == _PERSON)
MY_KPIS = KPIS.where(_kpi.c.id.in_(_EVER_MINE), _kpi_terms.c.owner_id == _PERSON)
_KEY_RESULTS_EVER_MINE = select(_key_result_terms.c.key_result_id).where(
    _key_result_terms.c.owner_id == _PERSON
)
MY_KEY_RESULTS = KEY_RESULTS.where(
    _key_result.c.id.in_(_KEY_RESULTS_EVER_MINE), _key_result_terms.c.owner_id == _PERSON
)

_OLDEST = {cadence.value: bindparam(f"from_{cadence.value}", type_=Date) for cadence in Cadence}
READINGS = (
    select(_reading.c.kpi_id, _reading.c.period, _reading.c.value, _reading.c.note)
    .select_from(_kpi)
    .join(
        _reading,
        and_(
            _reading.c.kpi_id == _kpi.c.id,
            _reading.c.period >= case(_OLDEST, value=_kpi.c.cadence),
            _reading.c.known_at <= MOMENT,
        ),
    )
    .where(_kpi.c.id.in_(any_of("kpis")))
    .order_by(_reading.c.kpi_id, _reading.c.period, *oldest_first(_reading.c))
)
"""What was told of KPIs since a first period of their cadence."""
