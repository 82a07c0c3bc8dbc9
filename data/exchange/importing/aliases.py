"""Former names, under which a file still finds what was renamed since it was written."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import col

from data.core.as_of import table_of
from data.exchange.importing.batch import Batch
from models import Alias, Entity

K = TypeVar("K", bound=Hashable)


def with_former(
    batch: Batch, entity: type[Entity], here: Mapping[K, Any], key: Callable[[Any, str], K]
) -> dict[K, Any]:
    """Add the rows that are here by their former names; today's names come first.

    `key` says what tells a row of a name apart from others.
    """
    by_id = {row.id: row for row in here.values()}
    former = select(col(Alias.entity_id), col(Alias.name)).where(
        col(Alias.entity) == table_of(entity).name, col(Alias.withdrawn_at).is_(None)
    )
    # Of two things that had a name one after the other, the later one is meant.
    found = batch.work.connection.execute(former.order_by(col(Alias.id))).all()
    called = {
        key(by_id[row.entity_id], row.name): by_id[row.entity_id]
        for row in found
        if row.entity_id in by_id
    }
    return {**here, **{name: row for name, row in called.items() if name not in here}}
