"""Settings from the environment, read once where they are needed."""

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_URL = "sqlite:///milepost.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data is, and where the sample company is kept."""

    database_url: str
    sample_url: str


def settings() -> Settings:
    """Read `MILEPOST_DATABASE_URL`; the sample lies beside a database file, else here."""
    url = os.environ.get("MILEPOST_DATABASE_URL") or DEFAULT_URL
    return Settings(database_url=url, sample_url=f"sqlite:///{_beside(url) / 'sample.db'}")


def _beside(url: str) -> Path:
    path = url.removeprefix("sqlite:///")
    return Path(path).parent if path != url else Path()
