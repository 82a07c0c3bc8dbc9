"""What a browser keeps is believed only with the signature it was given."""

import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.identity.signing import signed, verified

NAMES = st.text(max_size=60)


@pytest.fixture(scope="module")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("beside the database") / "cookie.key"


@given(name=NAMES)
def test_what_was_signed_is_verified(key_file: Path, name: str) -> None:
    kept = signed(name, purpose="person", key_file=key_file)
    assert verified(kept, purpose="person", key_file=key_file) == name


@given(name=NAMES, other=NAMES)
def test_a_signature_is_good_for_its_own_name_alone(key_file: Path, name: str, other: str) -> None:
    signature, _, _ = signed(name, purpose="person", key_file=key_file).partition(".")
    found = verified(f"{signature}.{other}", purpose="person", key_file=key_file)
    assert found == (name if other == name else None)


@given(kept=st.text() | st.from_regex(r"[0-9a-f]{64}\.Ana", fullmatch=True))
def test_what_nobody_signed_is_nothing(key_file: Path, kept: str) -> None:
    signed("Ana", purpose="person", key_file=key_file)
    assert verified(kept, purpose="person", key_file=key_file) is None


def test_half_a_letter_is_nothing(key_file: Path) -> None:
    assert verified("\ud800.\udfff", purpose="person", key_file=key_file) is None


def test_a_signature_for_one_purpose_is_no_good_for_another(key_file: Path) -> None:
    kept = signed("Ana", purpose="person", key_file=key_file)
    assert verified(kept, purpose="team", key_file=key_file) is None


def test_the_key_is_its_owners_alone(tmp_path: Path) -> None:
    key_file = tmp_path / "cookie.key"
    kept = signed("Ana", purpose="person", key_file=key_file)
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["cookie.key"]
    assert key_file.read_bytes().hex() not in kept


def test_looking_makes_no_key(tmp_path: Path) -> None:
    assert verified("a.Ana", purpose="person", key_file=tmp_path / "cookie.key") is None
    assert list(tmp_path.iterdir()) == []


def test_without_the_old_key_nothing_old_is_believed(tmp_path: Path) -> None:
    key_file = tmp_path / "cookie.key"
    kept = signed("Ana", purpose="person", key_file=key_file)
    assert signed("Ana", purpose="person", key_file=key_file) == kept
    key_file.unlink()
    assert verified(kept, purpose="person", key_file=key_file) is None
    again = signed("Ana", purpose="person", key_file=key_file)
    assert again != kept
    assert verified(kept, purpose="person", key_file=key_file) is None
    assert verified(again, purpose="person", key_file=key_file) == "Ana"


@pytest.mark.parametrize("guessable", [b"", b"secret"])
def test_a_key_that_can_be_guessed_is_none(tmp_path: Path, guessable: bytes) -> None:
    key_file = tmp_path / "cookie.key"
    key_file.write_bytes(guessable)
    assert verified("a.Ana", purpose="person", key_file=key_file) is None
    signed("Ana", purpose="person", key_file=key_file)
    assert len(key_file.read_bytes()) == 32


def test_a_key_that_cannot_be_kept_signs_nothing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no such folder"):
        signed("Ana", purpose="person", key_file=tmp_path / "no such folder" / "cookie.key")


def test_many_at_once_end_with_one_key(tmp_path: Path) -> None:
    key_file = tmp_path / "cookie.key"
    start = threading.Barrier(6)

    def sign() -> None:
        start.wait()
        signed("Ana", purpose="person", key_file=key_file)

    threads = [threading.Thread(target=sign) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = signed("Ana", purpose="person", key_file=key_file)
    assert verified(kept, purpose="person", key_file=key_file) == "Ana"
    assert [path.name for path in tmp_path.iterdir()] == ["cookie.key"]


def test_servers_with_one_secret_believe_each_other_and_write_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key_file = tmp_path / "no such folder" / "cookie.key"
    monkeypatch.setenv("MILEPOST_SECRET", "a" * 32)
    kept = signed("Ana", purpose="person", key_file=key_file)
    assert verified(kept, purpose="person", key_file=tmp_path / "another") == "Ana"
    monkeypatch.setenv("MILEPOST_SECRET", "b" * 32)
    assert verified(kept, purpose="person", key_file=key_file) is None
    assert list(tmp_path.iterdir()) == []
