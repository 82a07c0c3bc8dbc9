"""The sample company's teams and people: Alderquay, which makes climate sensors for greenhouses."""

from data.company.fields import PersonRow, TeamRow
from models import Role, Weekday

COMPANY = "Alderquay"
SALES = "Sales"
MARKETING = "Marketing"
HUMAN_RESOURCES = "Human Resources"
TECHNICAL_SUPPORT = "Technical Support"
PROCUREMENT = "Procurement"

INES = "Ines Halvorsen"
CLARA = "Clara Beaumont"
MAREK = "Marek Dvorsky"
AMARA = "Amara Osei"
JONAH = "Jonah Whitlock"
PRIYA = "Priya Raman"
FELIX = "Felix Brandt"
SOFIA = "Sofia Marchetti"
TOMAS = "Tomas Lindqvist"
LEILA = "Leila Haddad"
OWEN = "Owen Pritchard"
YUKI = "Yuki Tanabe"
NADIA = "Nadia Kowalska"
SAMUEL = "Samuel Adeyemi"

CHECK_IN_DAYS = {
    COMPANY: Weekday.MONDAY,
    SALES: Weekday.MONDAY,
    MARKETING: Weekday.TUESDAY,
    HUMAN_RESOURCES: Weekday.WEDNESDAY,
    TECHNICAL_SUPPORT: Weekday.THURSDAY,
    PROCUREMENT: Weekday.FRIDAY,
}

ROLES: dict[str, dict[str, Role]] = {
    COMPANY: {INES: Role.ADMIN, SOFIA: Role.MEMBER, CLARA: Role.VIEWER},
    SALES: {MAREK: Role.LEAD, AMARA: Role.MEMBER, JONAH: Role.MEMBER},
    MARKETING: {PRIYA: Role.LEAD, FELIX: Role.MEMBER},
    HUMAN_RESOURCES: {SOFIA: Role.LEAD, TOMAS: Role.MEMBER},
    TECHNICAL_SUPPORT: {LEILA: Role.LEAD, OWEN: Role.MEMBER, YUKI: Role.MEMBER},
    PROCUREMENT: {NADIA: Role.LEAD, SAMUEL: Role.MEMBER},
}


def teams() -> list[TeamRow]:
    """Return the company with its five teams below it."""
    return [
        TeamRow(team=team, parent="" if team == COMPANY else COMPANY, check_in_day=day)
        for team, day in CHECK_IN_DAYS.items()
    ]


def people() -> list[PersonRow]:
    """Return who works here, once for each team they are in."""
    return [
        PersonRow(person=person, email=_email(person), team=team, role=role)
        for team, members in ROLES.items()
        for person, role in members.items()
    ]


def colleagues(team: str) -> list[str]:
    """Return those who enter numbers for the team, in the order of their rows."""
    return [person for person, role in ROLES[team].items() if role != Role.VIEWER]


def _email(person: str) -> str:
    return person.lower().replace(" ", ".") + "@example.com"
