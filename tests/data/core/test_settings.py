"""What the environment sets."""

from pathlib import Path
from tempfile import gettempdir

import pytest

from data.core.settings import NEEDED_TO_SIGN_IN, SignIn, settings


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("sqlite:////srv/milepost/milepost.db", "/srv/milepost"),
        ("sqlite:///milepost.db", "."),
        ("postgresql://ana@server/milepost", "."),
    ],
)
def test_the_key_lies_beside_a_file_else_here(
    monkeypatch: pytest.MonkeyPatch, url: str, folder: str
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", url)
    assert settings().cookie_key == Path(folder) / "cookie.key"


@pytest.mark.parametrize(
    ("value", "trusted"), [("1", True), ("", False), ("0", False), ("true", False), (None, False)]
)
def test_only_a_one_trusts_the_network(
    monkeypatch: pytest.MonkeyPatch, value: str | None, trusted: bool
) -> None:
    monkeypatch.delenv("MILEPOST_TRUSTED_NETWORK", raising=False)
    if value is not None:
        monkeypatch.setenv("MILEPOST_TRUSTED_NETWORK", value)
    assert settings().trusted_network is trusted


def test_the_sample_of_a_server_is_in_a_folder_of_the_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", "postgresql://ana@server/milepost")
    folder = Path(settings().sample_url.removeprefix("sqlite:///")).parent
    assert folder.is_relative_to(gettempdir())
    assert settings().sample_url.startswith(f"sqlite:///{folder}")
    monkeypatch.setenv("MILEPOST_DATABASE_URL", "sqlite:////srv/milepost/milepost.db")
    assert settings().sample_url == "sqlite:////srv/milepost/sample.db"


def test_a_secret_that_can_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILEPOST_SECRET", "x" * 31)
    with pytest.raises(ValueError, match="MILEPOST_SECRET is too short"):
        settings()
    monkeypatch.setenv("MILEPOST_SECRET", "x" * 32)
    assert settings().secret == "x" * 32


def test_half_a_sign_in_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings().sign_in is None
    monkeypatch.setenv("MILEPOST_OIDC_CLIENT_ID", "milepost")
    monkeypatch.setenv("MILEPOST_SECRET", "x" * 32)
    with pytest.raises(ValueError, match=r"MILEPOST_OIDC_METADATA_URL and .* and MILEPOST_ADDRESS"):
        settings()
    for name in NEEDED_TO_SIGN_IN:
        monkeypatch.setenv(name, f"https://{'x' * 32}/")
    assert settings().sign_in == SignIn(*[f"https://{'x' * 32}/"] * 3, f"https://{'x' * 32}")
