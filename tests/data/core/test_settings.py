"""What the environment sets."""

from pathlib import Path

import pytest

from data.core.settings import settings


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
