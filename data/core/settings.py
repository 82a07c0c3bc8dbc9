"""Settings from the environment, read once where they are needed."""

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_URL = "sqlite:///milepost.db"


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data is, what lies beside it, and who may come in by which names.

    `drain_seconds` is how long a server that is to end goes on answering, `log_format` is `text` or
    `json`.
    """

    database_url: str
    sample_url: str
    cookie_key: Path
    trusted_network: bool
    hosts: str
    metrics_token: str
    drain_seconds: float
    log_format: str


def settings() -> Settings:
    """Read the environment; the sample and the key lie beside a database file, else here."""
    url = os.environ.get("MILEPOST_DATABASE_URL") or DEFAULT_URL
    return Settings(
        database_url=url,
        sample_url=f"sqlite:///{_beside(url) / _sample_name(url)}",
        cookie_key=_beside(url) / "cookie.key",
        trusted_network=os.environ.get("MILEPOST_TRUSTED_NETWORK") == "1",
        hosts=os.environ.get("MILEPOST_HOSTS", ""),
        metrics_token=os.environ.get("MILEPOST_METRICS_TOKEN", ""),
        drain_seconds=float(os.environ.get("MILEPOST_DRAIN_SECONDS") or 0),
        log_format=os.environ.get("MILEPOST_LOG", "text"),
    )


def _sample_name(url: str) -> str:
    # Nobody's own file is ever filled with what is invented.
    return "sample-company.db" if Path(url).name == "sample.db" else "sample.db"


def _beside(url: str) -> Path:
    path = url.removeprefix("sqlite:///")
    return Path(path).parent if path != url else Path()
