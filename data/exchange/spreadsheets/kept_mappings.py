"""Mappings that were used: the next spreadsheet of the same headings is read the same way."""

import hashlib
import unicodedata

from sqlalchemy import Connection, Engine, select

from data.core.as_of import table
from data.core.database import snapshot
from data.core.unit_of_work import UnitOfWork
from data.exchange.spreadsheets.mapping import Mapping
from data.exchange.spreadsheets.mapping_file import parsed, written
from models import ImportMapping

_kept = table("import_mapping")

MOST_KEPT = 200
"""Of how many files the mappings are looked through, the newest first."""

NEWEST = (
    select(_kept.c.mapping)
    .where(_kept.c.withdrawn_at.is_(None))
    .order_by(_kept.c.version.desc(), _kept.c.id.desc())
    .limit(MOST_KEPT)
)


def kept_mappings(engine: Engine) -> tuple[Mapping, ...]:
    """Read the mappings that were kept, the newest first."""
    with snapshot(engine) as connection:
        found = connection.execute(NEWEST).scalars().all()
    return tuple(parsed("kept mapping", text.encode()) for text in found)


def keep_mapping(work: UnitOfWork, mapping: Mapping) -> None:
    """Keep a mapping by its headings, in the place of an older one of the same."""
    headings, text = headings_of(mapping), written(mapping)
    found = _key(work.connection, headings)
    if found is None:
        work.add(ImportMapping, [{"headings": headings, "mapping": text}])
    else:
        work.alter(ImportMapping, found, mapping=text)


def headings_of(mapping: Mapping) -> str:
    """Give what tells a file's headings from others, however long they are.

    Capitals and spaces do not count, nor which periods stand across: a month later there is one
    more of them.
    """
    read = [
        [_plain(column.heading) for column in sheet.columns if not column.period]
        for sheet in mapping.sheets
        if sheet.is_read
    ]
    return hashlib.sha256(repr(read).encode()).hexdigest()


def _plain(heading: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", heading).casefold().split())


def _key(connection: Connection, headings: str) -> int | None:
    query = select(_kept.c.id).where(_kept.c.headings == headings, _kept.c.withdrawn_at.is_(None))
    found: int | None = connection.execute(query).scalar()
    return found
