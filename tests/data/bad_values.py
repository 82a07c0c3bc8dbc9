"""What no command takes, and a small company to send it to."""

import math
from datetime import date

from sqlalchemy import Engine, select

from data.actions.commands import act
from data.core.database import data_version
from models import Base, Role
from tests.data.builders import NOW, TODAY, give, key, person, record, rows

NOT_NUMBERS = [math.nan, math.inf, -math.inf, 1e308, -1e308, 1.1e15, 10**400, "9", "", None, True]
NOT_TEXT = ["a\x00b", "\x07", "\x1b[2J", "\x85", "a\ud800", "a\uffff", "x" * 10_001, 7, None]
NOT_DAYS = [date.min, date.max, date(1, 12, 31), date(9999, 1, 1), "2026-05-18", None, 0, NOW]
NOT_KEYS = [0, -1, 10**6, 2**62, 2**63, 10**30, "1", None]
NOT_NAMES = ["", " ", "\u200f", "x" * 201, "x" * 10_000, "a\x00b", "\x1b", "\ud800"]


class Company:
    """The small company in a file of its own, with somebody for every role."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.kpi = key(engine, "kpi", "Conversion")
        self.key_result = key(engine, "key_result", "Sign customers")
        self.fed = key(engine, "key_result", "Lift conversion")
        step = Base.metadata.tables["milestone"]
        with engine.connect() as connection:
            self.step = connection.execute(select(step.c.id)).scalars().first()
        record(engine, 9)
        agreed = {"owner": "Ana", "what": "Check the feed", "due": TODAY}
        act(engine, person_id=person(engine), kpi_id=self.kpi, **agreed)
        (self.action,) = (row["id"] for row in rows(engine, "action"))
        give(engine, "Dan", "Acme", Role.VIEWER)
        self.ana, self.cara = person(engine), person(engine, "Cara")
        self.viewer = person(engine, "Dan")
        self.version = data_version(engine)
