"""What a person owns: KPIs, objectives and key results under way, and open actions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, select

from data.company.commands.dependents import OBJECTIVES, UNDER_WAY
from data.core.as_of import in_force, table, table_of
from data.core.errors import CommandRejected
from data.core.problems import listed
from data.core.terms import from_today
from data.core.terms_ahead import carry_ahead, owner_of, terms_ahead
from data.core.unit_of_work import UnitOfWork
from models import Action, KeyResultTerms, KpiTerms, ObjectiveTerms, Terms

_kpi, _objective, _key_result = table("kpi"), table("objective"), table("key_result")
_kpi_terms, _objective_terms = table("kpi_terms"), table("objective_terms")
_key_result_terms = table("key_result_terms")

OWNED: Mapping[type[Terms], Select[Any]] = {
    KpiTerms: (
        select(_kpi.c.name, *_kpi_terms.c)
        .select_from(_kpi)
        .join(_kpi_terms, in_force(_kpi_terms, _kpi.c.id))
        .where(_kpi.c.withdrawn_at.is_(None))
    ),
    ObjectiveTerms: (
        select(_objective.c.name, *_objective_terms.c).select_from(OBJECTIVES).where(*UNDER_WAY)
    ),
    KeyResultTerms: (
        select(_key_result.c.name, *_key_result_terms.c)
        .select_from(OBJECTIVES.join(_key_result))
        .join(_key_result_terms, in_force(_key_result_terms, _key_result.c.id))
        .where(_key_result.c.withdrawn_at.is_(None), *UNDER_WAY)
    ),
}
"""What is owned, by the terms that name its owner: its name, and those that hold today."""

OPEN_ACTIONS = (
    select(table_of(Action))
    .where(*(table_of(Action).c[name].is_(None) for name in ("done_on", "withdrawn_at")))
    .order_by(table_of(Action).c.id)
)

SAID_ANEW = {"name", "id", "version", "command_id"}


def check_owns_nothing(work: UnitOfWork, row: Any) -> None:
    """Reject it where a person owns a KPI, an objective or key result under way, or an action."""
    names = [terms.name for _, held in _held_by(work, row.id) for terms in held]
    names += [action.what for action in _open_actions(work, row.id)]
    if names:
        remedy = "give them to somebody else first"
        raise CommandRejected("owned", f"“{row.name}” still owns {listed(names)}: {remedy}.")


def hand(work: UnitOfWork, row: Any, to_id: int, *, base_version: int) -> None:
    """Let somebody else own from today on all that a person owns.

    Raises `CommandRejected` where some of it was changed since the data's version that was seen.
    """
    actions = _open_actions(work, row.id)
    _check_seen(row, [(action.what, action.version) for action in actions], base_version)
    for kind, held in list(_held_by(work, row.id)):
        _check_seen(row, [(terms.name, terms.version) for terms in held], base_version)
        work.add(kind, [_given(work, terms, to_id) for terms in held])
        _give_ahead(work, kind, held, to_id)
    for action in actions:
        work.alter(Action, action.id, owner_id=to_id)


def _check_seen(row: Any, owned: Sequence[tuple[str, int]], base_version: int) -> None:
    if late := [name for name, version in owned if version > base_version]:
        what = f"{listed(late)} of “{row.name}” was changed meanwhile"
        raise CommandRejected("owned", f"{what}: look again, then hand over.")


def _open_actions(work: UnitOfWork, person_id: int) -> Sequence[Any]:
    theirs = OPEN_ACTIONS.where(table_of(Action).c.owner_id == person_id)
    return work.connection.execute(theirs).all()


def _given(work: UnitOfWork, terms: Any, to_id: int) -> dict[str, Any]:
    held = {name: value for name, value in terms._asdict().items() if name not in SAID_ANEW}
    return {**held, "owner_id": to_id, **from_today(work, terms)}


def _give_ahead(work: UnitOfWork, kind: type[Terms], held: Sequence[Any], to_id: int) -> None:
    """Let terms that are to hold from a later day on name the new owner too."""
    owner = owner_of(kind)
    ahead = terms_ahead(work, kind, [getattr(terms, owner) for terms in held])
    for terms in held:
        before = {
            name: value
            for name, value in terms._asdict().items()
            if name not in SAID_ANEW | {owner} | Terms.model_fields.keys()
        }
        after = {**before, "owner_id": to_id}
        carry_ahead(work, kind, ahead.get(getattr(terms, owner), ()), before, after)


def _held_by(work: UnitOfWork, person_id: int) -> Iterator[tuple[type[Terms], Sequence[Any]]]:
    at = {"day": work.today, "moment": work.at}
    for kind, query in OWNED.items():
        terms = table_of(kind)
        of_theirs = query.where(terms.c.owner_id == person_id).order_by(terms.c.id)
        yield kind, work.connection.execute(of_theirs, at).all()
