"""Every way to change objectives and key results."""
