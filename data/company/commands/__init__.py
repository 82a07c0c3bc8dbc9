"""Every way to change the company: its teams, people, roles, cycles and time zone."""
