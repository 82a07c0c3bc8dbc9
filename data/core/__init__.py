"""What every subject stands on: the engine, moments and days, errors, settings."""
