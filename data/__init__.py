"""All that touches the database, by subject: what is there, what changes it, what reads it."""

from data.core.unit_of_work import follow
from data.kpis.signals import SignalFollower

# Here, where whoever imports any of it comes by, and where what writes knows no subject.
follow(SignalFollower)
