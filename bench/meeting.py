"""Check-ins held at once on one server: how soon all screens follow, and what their looks cost.

`python -m bench meeting` holds six check-ins of eight people each, in which somebody saves every
few seconds by their own screen: the one who leads goes on, others note and record. A screen looks
every second, as a browser has it do. The sample company stands for one's own, by the real clock.
"""

import contextlib
import json
import os
import random
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from pathlib import Path
from statistics import quantiles
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psutil
from sqlalchemy import Engine, select

from bench.company import Size
from bench.serving import COCKPIT, EMPTY_FRAGMENT, serve
from bench.session import Session
from bench.table import Table, ms, ratio
from data.company.fields import PersonRow
from data.content.sample import sample_company
from data.core.as_of import table
from data.core.database import now, open_database
from data.exchange.importing import import_tables
from data.identity.signing import signed
from models import Role
from pages.shared.who import PERSON_COOKIE

MEETINGS, FEW_MEETINGS = 6, 2
PEOPLE, FEW_PEOPLE = 8, 3
EVERY = 1.0
PAUSE = (2.0, 4.0)
"""Seconds between two saves in a check-in."""

LAST = 4.0
"""Seconds for which all go on looking after the last save."""

LOOKS = 10
"""How many looks are timed together: a server's processor time is told in hundredths of seconds."""

NEWEST = 2**52
"""A version of the data that is newer than all: nobody contests what is saved here."""

FOLLOWS_AIM, LOOK_AIM = 3000.0, 2.0


@dataclass(frozen=True, slots=True)
class _Moment:
    """When somebody saved or a screen was shown, whose it is, and the version it is of."""

    at: float
    by: int
    version: int


@dataclass(slots=True)
class _Meeting:
    """A check-in: its screens, that of who leads first, what was saved in it and what shown."""

    screens: Sequence[Session]
    readings: Sequence[tuple[int, date, float]]
    saves: list[_Moment] = field(default_factory=list)
    shown: list[_Moment] = field(default_factory=list)


@patch.dict(os.environ, {"MILEPOST_NOW": ""})
def meeting(size: Size, rounds: int) -> Table:
    """Measure how soon others see a save, and what a look costs against an empty one."""
    is_full = size.kpis >= 1_000
    count, people = (MEETINGS, PEOPLE) if is_full else (FEW_MEETINGS, FEW_PEOPLE)
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="milepost-meeting-"))
        path = Path(folder) / "milepost.db"
        teams = _fill(path, count, people)
        engine = open_database(f"sqlite:///{path}")
        stack.callback(engine.dispose)
        scripts = (COCKPIT, path), (EMPTY_FRAGMENT, path)
        address, empty = serve(stack, *scripts, MILEPOST_NOW="")
        held = [_start(stack, address, engine, team, people, path) for team in teams]
        looks = _looks({address: held[0].screens[0], empty: Session(stack, empty)}, rounds)
        cost = _hold(held, rounds, address)
    waits = [wait for each in held for wait in _waits(each)]
    table = Table(
        f"meeting · {count} check-ins of {people} at once on one server",
        f"somebody saves every {PAUSE[0]:g} to {PAUSE[1]:g} seconds, each screen looks every "
        "second; a look by the server's processor time",
        ("", "count", "p50", "p95", "against empty"),
    )
    cut = quantiles(waits, n=20)
    aim = f" (aim {FOLLOWS_AIM:g} ms)"
    table.add("from a save to another screen" + aim, len(waits), ms(cut[9]), ms(cut[18]), "")
    for name, at in (("a look where nothing changed", address), ("an empty fragment", empty)):
        compared = ratio(looks[at], looks[empty], LOOK_AIM if at == address else None)
        table.add(name, LOOKS * rounds, ms(looks[at]), "", compared)
    table.add("the processor's share while all meet", "", f"{100 * cost:.0f} %", "", "")
    return table


def _fill(path: Path, count: int, people: int) -> Sequence[str]:
    """Fill the company with people for each check-in; give the teams that hold one."""
    tables = sample_company(now().date())
    teams = [row.team for row in tables.teams][:count]
    who = [(team, _name(team, at)) for team in teams for at in range(people)]
    tables.people += [PersonRow(person=name, team=team, role=Role.LEAD) for team, name in who]
    engine = open_database(f"sqlite:///{path}")
    import_tables(engine, tables)
    engine.dispose()
    return teams


def _name(team: str, at: int) -> str:
    return f"{team} {at + 1}"


def _start(
    stack: contextlib.ExitStack, address: str, engine: Engine, team: str, people: int, path: Path
) -> _Meeting:
    screens = []
    for at in range(people):
        key_file = path.with_name("cookie.key")
        token = signed(_name(team, at), purpose=PERSON_COOKIE, key_file=key_file)
        cookie = f"{PERSON_COOKIE}={quote(token)}"
        session = Session(stack, address, page="check-in", cookie=cookie, team=team)
        session.rerun()
        session.look_again()
        if at == 0:
            _send(session, "act", {"did": "start"})
        screens.append(session)
    return _Meeting(screens, _latest(engine, team))


def _latest(engine: Engine, team: str) -> Sequence[tuple[int, date, float]]:
    """Give KPIs of a team, each with its last period and the value there."""
    kpi, reading, of = table("kpi"), table("reading"), table("team")
    shown = kpi.join(of, of.c.id == kpi.c.team_id).join(reading, reading.c.kpi_id == kpi.c.id)
    columns = (kpi.c.id, reading.c.period, reading.c.value)
    query = select(*columns).select_from(shown).order_by(reading.c.period)
    query = query.where(of.c.name == team, reading.c.value.is_not(None))
    with engine.connect() as connection:
        found = {row[0]: (row[0], row[1], row[2]) for row in connection.execute(query)}
    return list(found.values())


def _send(session: Session, event: str, value: dict[str, object]) -> None:
    """Send what somebody does; raise `RuntimeError` where it was not kept."""
    token = str(uuid4())
    session.send(event, {**value, "token": token})
    answer = _data(session)["answer"]
    if not answer or answer["token"] != token or answer["kind"] != "saved":
        raise RuntimeError(f"not kept: {answer}")


def _data(session: Session) -> dict[str, Any]:
    """Give what a screen shows."""
    found: dict[str, Any] = json.loads(session.element().json)["shown"][0]
    return found


def _looks(sessions: dict[str, Session], rounds: int) -> dict[str, float]:
    """Give the processor milliseconds of a look of each server, both measured in turn."""
    spent = dict.fromkeys(sessions, 0.0)
    for number in range(1 + rounds):
        for address, session in sessions.items():
            if number <= 1:
                session.rerun()
            began = _processor(address)
            for _ in range(LOOKS):
                session.look_again()
            if number:
                spent[address] += _processor(address) - began
    return {address: 1000 * taken / (rounds * LOOKS) for address, taken in spent.items()}


def _processor(address: str) -> float:
    """Give the processor seconds that a server has taken."""
    option = f"--server.port={urlsplit(f'//{address}').port}"
    (server,) = (each for each in psutil.Process().children() if option in each.cmdline())
    taken = server.cpu_times()
    return float(taken.user + taken.system)


def _hold(held: Sequence[_Meeting], rounds: int, address: str) -> float:
    """Let all look and save at once; give the share of a processor that the server took."""
    began, taken = time.perf_counter(), _processor(address)
    errors: list[str] = []
    turns = [
        _turns(random.Random(number), len(each.screens), rounds, began)
        for number, each in enumerate(held)
    ]
    end = LAST + max(at for each in turns for mine in each for at in mine)
    threads = [
        threading.Thread(target=_take_part, args=(each, at, mine, end, errors))
        for each, its in zip(held, turns, strict=True)
        for at, mine in enumerate(its)
    ]
    for act in (threading.Thread.start, threading.Thread.join):
        for thread in threads:
            act(thread)
    if errors:
        raise RuntimeError(errors[0])
    return (_processor(address) - taken) / (time.perf_counter() - began)


def _turns(chance: random.Random, people: int, saves: int, began: float) -> list[list[float]]:
    """Give the moments at which each person of a check-in saves."""
    moments = list(accumulate((chance.uniform(*PAUSE) for _ in range(saves)), initial=began))
    return [moments[1 + at :: people] for at in range(people)]


def _take_part(held: _Meeting, at: int, turns: list[float], end: float, errors: list[str]) -> None:
    """Look every second and save when it is one's turn, and go on looking for a while."""
    screen = held.screens[at]
    look = time.perf_counter() + random.Random(at).uniform(0, EVERY)
    try:
        while look < end:
            time.sleep(max(0, min([look, *turns[:1]]) - time.perf_counter()))
            if turns and turns[0] < look:
                began = turns.pop(0)
                _save(held, at)
                held.saves.append(_Moment(began, at, _version(screen)))
            else:
                screen.look_again()
                look += EVERY
                held.shown.append(_Moment(time.perf_counter(), at, _version(screen)))
    except Exception as error:
        errors.append(repr(error))


def _version(screen: Session) -> int:
    return int(_data(screen)["during"]["version"])


def _save(held: _Meeting, at: int) -> None:
    """Have somebody save: who leads goes on, every other of the rest notes or records."""
    screen = held.screens[at]
    during = _data(screen)["during"]
    if at == 0:
        place = during["position"]
        step = {"shown": place, "position": (place + 1) % during["count"], "left": "done"}
        _send(screen, "act", {"did": "show", **step})
    elif at % 2:
        note = {"id": during["item"]["id"], "typed": str(uuid4())}
        _send(screen, "said", {**note, "base_version": NEWEST})
    else:
        kpi_id, period, value = held.readings[at % len(held.readings)]
        typed = f"{value * random.uniform(0.99, 1.01):.6f}"
        reading = {"id": kpi_id, "period": period.isoformat(), "typed": typed, "confirmed": True}
        _send(screen, "reading", {**reading, "base_version": NEWEST})


def _waits(held: _Meeting) -> Iterator[float]:
    """Give how long each screen but the saver's own took to show each save, in milliseconds."""
    for save in held.saves:
        for at in range(len(held.screens)):
            if at != save.by:
                first = next(
                    shown.at
                    for shown in held.shown
                    if shown.by == at and shown.version >= save.version
                )
                yield 1000 * (first - save.at)
