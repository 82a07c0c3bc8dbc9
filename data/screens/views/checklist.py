"""What a company still needs for its cockpit to be of use."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Checklist:
    """Which of the first steps are done: each tells that there is such a thing."""

    teams: bool
    gauges: bool
    readings: bool
    objective: bool
    colleagues: bool

    @property
    def done(self) -> int:
        """Count the steps that are done."""
        return sum(getattr(self, field.name) for field in fields(self))

    @property
    def is_done(self) -> bool:
        """Tell whether all of them are."""
        return self.done == len(fields(self))
