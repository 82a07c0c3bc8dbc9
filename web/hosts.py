"""The names that a server answers to: no web site may lend it another one (DNS rebinding)."""

import re
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address
from socket import gethostname

NAME = re.compile(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", re.IGNORECASE)
HOST = re.compile(r"(?P<name>[a-z0-9_.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?", re.IGNORECASE)
NO_NAMES = (
    "MILEPOST_HOSTS has {name!r}, which is no name of a host: write names alone, with commas "
    "between them, like milepost.example.com,milepost"
)


def listed_names(text: str) -> frozenset[str]:
    """Read names from a list with commas; raise `ValueError` where one is none."""
    names = [each.strip() for each in text.split(",") if each.strip()]
    for name in names:
        if not (NAME.fullmatch(name) or _is_address(name)):
            raise ValueError(NO_NAMES.format(name=name))
    return frozenset(name.strip("[]").rstrip(".").lower() for name in names)


def answers_to(names: Iterable[str], asked_at: str = "") -> Callable[[str], bool]:
    """Make what tells whether a host is one of ours: of those names, and the one `asked_at`.

    Without names it is any address of numbers, which nobody can point elsewhere, or what this
    machine is called in its own network.
    """
    listed = frozenset(names)
    own = gethostname().lower()
    ours = {"localhost", own, own.partition(".")[0], f"{own.partition('.')[0]}.local"}

    def is_ours(host: str) -> bool:
        name = name_in(host)
        if name is None:
            return False
        if listed or asked_at:
            return name in listed or name == asked_at.lower()
        return name in ours or _is_address(name)

    return is_ours


def name_in(host: str) -> str | None:
    """Give the name in a Host header in small letters, without its port; None where it is none."""
    found = HOST.fullmatch(host)
    return found["name"].strip("[]").rstrip(".").lower() if found else None


def is_this_machine(address: str) -> bool:
    """Tell whether an address is one that only this machine can be reached by."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, IPv6Address) else None
    return (mapped or ip).is_loopback


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
