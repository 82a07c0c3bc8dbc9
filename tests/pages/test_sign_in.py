"""Whether people must sign in is what the secrets said when the server began."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AUTH = '[auth]\ncookie_secret = "some secret words"\n'
ASK = "from pages.shared import sign_in; print(sign_in.is_asked_for())"
ASK_TWICE = """
from pathlib import Path
import streamlit as st
from pages.shared import sign_in
sign_in.is_asked_for()
Path(".streamlit/secrets.toml").write_text("[au")
st.secrets._reset()
print(sign_in.is_asked_for())
"""


def ask(folder: Path, secrets: str | None, script: str = ASK) -> subprocess.CompletedProcess[str]:
    (folder / ".streamlit").mkdir()
    if secrets is not None:
        (folder / ".streamlit" / "secrets.toml").write_text(secrets)
    return subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("secrets", "answer"), [(None, "False"), ('word = "x"\n', "False"), (AUTH, "True")]
)
def test_a_section_for_it_asks_for_sign_in(
    tmp_path: Path, secrets: str | None, answer: str
) -> None:
    assert ask(tmp_path, secrets).stdout.strip() == answer


def test_secrets_that_cannot_be_read_are_no_answer(tmp_path: Path) -> None:
    asked = ask(tmp_path, "[auth\n")
    assert asked.returncode != 0
    assert "Error parsing secrets file" in asked.stderr


def test_secrets_that_are_spoilt_later_open_nothing(tmp_path: Path) -> None:
    asked = ask(tmp_path, AUTH, ASK_TWICE)
    assert asked.stdout.strip() == "True", asked.stderr
