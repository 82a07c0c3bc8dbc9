"""Whether an import that was written ahead of its turn says what it would say now."""

from sqlalchemy import BigInteger, Connection, bindparam, exists, select

from data.core.as_of import table, table_of
from data.core.team_versions import OF_MEETINGS, OF_TEAMS
from data.exchange.importing.batch import Batch
from data.exchange.tables import FILES
from models import Reading

_command, _reading = table("command"), table("reading")
_since, _version = bindparam("since", type_=BigInteger), bindparam("version", type_=BigInteger)

LATER = select(_command.c.id).where(_command.c.version > _since, _command.c.version < _version)
"""The commands between two versions of the data."""

READ = select(_reading.c.kpi_id).where(
    _reading.c.command_id.in_(bindparam("commands", expanding=True))
)


def still_holds(batch: Batch, connection: Connection, since: int, version: int) -> bool:
    """Tell whether nobody said anything since of what an import speaks of, which has a version."""
    at = {"since": since, "version": version}
    later = connection.execute(LATER, at).scalars().all()
    read = connection.execute(READ, {"commands": later}).scalars()
    if not batch.kpi_ids.isdisjoint(read):
        return False
    given = {FILES[name].TABLE for name, rows in batch.tables.items() if rows}
    others = [table_of(each).c for each in {*OF_TEAMS, *OF_MEETINGS} - {Reading} if each in given]
    queries = (
        select(exists(select(each.id).where(each.version > _since, each.version < _version)))
        for each in others
    )
    return not any(connection.execute(query, at).scalar() for query in queries)
