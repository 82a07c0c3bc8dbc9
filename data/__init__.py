"""All that touches the database, by subject: what is there, what changes it, what reads it."""

from data.core.followers import follow
from data.kpis.signals import SignalFollower
from data.okrs.changed_teams import ChangedTeams

# Here, where whoever imports any of it comes by, and where what writes knows no subject.
follow(SignalFollower)
follow(ChangedTeams)
