"""Every way to change objectives and key results.

What adds a row gives its key, and the same said twice, as after a lost answer, adds one. What
changes one gives the command's key, None where that stands already. All raise `CommandRejected`, or
`Conflict` where somebody changed a cell since the data's version that was seen (another cell is no
rival's), and have then changed nothing.
"""
