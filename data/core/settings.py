"""Settings from the environment, read once where they are needed."""

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

DEFAULT_URL = "sqlite:///milepost.db"
SHORTEST_SECRET = 32
TOO_SHORT = (
    f"MILEPOST_SECRET is too short: give it {SHORTEST_SECRET} characters or more that nobody can "
    "guess, like those of `openssl rand -hex 32`"
)
OIDC = ("MILEPOST_OIDC_METADATA_URL", "MILEPOST_OIDC_CLIENT_ID", "MILEPOST_OIDC_CLIENT_SECRET")
NEEDED_TO_SIGN_IN = (*OIDC, "MILEPOST_ADDRESS", "MILEPOST_SECRET")
LACKS = "to let people sign in, set {missing} as well"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Where people sign in: the provider's description, and who Milepost is there."""

    metadata_url: str
    client_id: str
    client_secret: str
    address: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the data is, what lies beside it, and who may come in by which names.

    `address` is where people open it, empty where nobody said so; `drain_seconds` is how long a
    server that is to end goes on answering, `log_format` is `text` or `json`.
    """

    database_url: str
    sample_url: str
    cookie_key: Path
    trusted_network: bool
    hosts: str
    secret: str
    address: str
    sign_in: SignIn | None
    metrics_token: str
    drain_seconds: float
    log_format: str


def settings() -> Settings:
    """Read the environment; the key lies beside a database file, else here.

    So does the sample of a file; a server's is in a temporary folder of each process. Raises
    `ValueError` where something is missing or wrong, with the name of the variable.
    """
    secret = os.environ.get("MILEPOST_SECRET", "")
    if 0 < len(secret) < SHORTEST_SECRET:
        raise ValueError(TOO_SHORT)
    url = os.environ.get("MILEPOST_DATABASE_URL") or DEFAULT_URL
    return Settings(
        database_url=url,
        sample_url=f"sqlite:///{_sample_folder(url) / _sample_name(url)}",
        cookie_key=_beside(url) / "cookie.key",
        trusted_network=os.environ.get("MILEPOST_TRUSTED_NETWORK") == "1",
        hosts=os.environ.get("MILEPOST_HOSTS", ""),
        secret=secret,
        address=_address(),
        sign_in=_sign_in(),
        metrics_token=os.environ.get("MILEPOST_METRICS_TOKEN", ""),
        drain_seconds=float(os.environ.get("MILEPOST_DRAIN_SECONDS") or 0),
        log_format=os.environ.get("MILEPOST_LOG", "text"),
    )


def _sign_in() -> SignIn | None:
    if not any(os.environ.get(name) for name in OIDC):
        return None
    if missing := [name for name in NEEDED_TO_SIGN_IN if not os.environ.get(name)]:
        raise ValueError(LACKS.format(missing=" and ".join(missing)))
    provider, client_id, client_secret = (os.environ[name] for name in OIDC)
    return SignIn(provider, client_id, client_secret, _address())


def _address() -> str:
    return os.environ.get("MILEPOST_ADDRESS", "").rstrip("/")


def _sample_folder(url: str) -> Path:
    return _beside(url) if url.startswith("sqlite:///") else Path(_temporary().name)


@cache
def _temporary() -> TemporaryDirectory[str]:
    """Make a folder that ends with the process."""
    return TemporaryDirectory(prefix="milepost-")


def _sample_name(url: str) -> str:
    # Nobody's own file is ever filled with what is invented.
    return "sample-company.db" if Path(url).name == "sample.db" else "sample.db"


def _beside(url: str) -> Path:
    path = url.removeprefix("sqlite:///")
    return Path(path).parent if path != url else Path()
