"""Every way to change the company: its teams, people, roles, cycles and time zone.

What adds a thing gives its key, and the same said twice, as after a lost answer, adds one. What
changes or archives one gives the command's key, None where that stands already; cells come as they
were typed, and those that nothing is said of stay. All raise `CommandRejected`, or `Conflict` where
somebody changed a cell since the data's version that was seen, and have then changed nothing.
"""
