"""What the document for operators says works as it is written there."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from data.__main__ import main
from data.core import settings
from data.operations import metrics
from tests.serving import ROOT
from web import health

TEXT = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()
]
NAME = re.compile(r"MILEPOST_[A-Z_]*[A-Z]")


def serves(words: list[str]) -> None:
    """Check that an address that is asked for is one of ours."""
    path = "/" + words[-1].split("/", 3)[3]
    assert path in {route.path for route in health.ROUTES}


def makes(words: list[str]) -> None:
    made = subprocess.run(
        ["make", "--dry-run", "--always-make", *words[1:]],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert made.stdout


def names_files(words: list[str]) -> None:
    """Check that the files are there that a tool which is not here is given."""
    named = [word for word in words if word.startswith("deploy/")]
    assert all((ROOT / name).exists() for name in named)
    assert named or words[0] == "kubectl"


def sets(words: list[str]) -> None:
    known = {*NAME.findall(Path(settings.__file__ or "").read_text()), "POSTGRES_PASSWORD"}
    assert {word.split("=")[0] for word in words[1:] if "=" in word} <= known


def runs(words: list[str]) -> None:
    assert main(words[3:]) == 0


WAYS: dict[str, Callable[[list[str]], None]] = {
    ".venv/bin/python": runs,
    "curl": serves,
    "docker": names_files,
    "export": sets,
    "helm": names_files,
    "kubectl": names_files,
    "make": makes,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Path:
    folder = tmp_path_factory.mktemp("operating")
    shutil.copy(empty_file, folder / "milepost.db")
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_works(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MILEPOST_DATABASE_URL", f"sqlite:///{folder / 'milepost.db'}")
    monkeypatch.chdir(folder)
    words = shlex.split(command)
    WAYS[words[0]](words)


def test_all_settings_are_told_of() -> None:
    known = set(NAME.findall(Path(settings.__file__ or "").read_text())) | {"MILEPOST_NOW"}
    table = TEXT.partition("## Settings")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(MILEPOST_[A-Z_]+)`", table, re.MULTILINE)) == known


def test_what_is_counted_is_told_of() -> None:
    counted = {
        f"{each.name}_total" if each.type == "counter" else each.name
        for each in metrics.REGISTRY.collect()
        if each.name.startswith("milepost_")
    }
    table = TEXT.partition("## Watch")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(milepost_\w+)`", table)) == counted
