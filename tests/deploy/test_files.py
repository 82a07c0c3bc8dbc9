"""The files that put Milepost where a company runs things: whole, pinned, and without rights."""

import importlib.metadata
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from data.core import settings
from tests.serving import ROOT

DEPLOY = ROOT / "deploy"
PINNED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z]+\])?==(\S+)", re.MULTILINE)
PATHS = ("app.py", "server.py", "models.py", "analytics", "components", "data", "pages", "web")
KNOWN = re.compile(r'"(MILEPOST_[A-Z_]+)"')


def known_variables() -> set[str]:
    """Give the variables that the settings read, with the clock that nobody sets here."""
    return {*KNOWN.findall(Path(settings.__file__ or "").read_text())}


def test_all_that_is_installed_is_pinned_with_its_hash() -> None:
    wanted = dict(PINNED.findall((ROOT / "requirements.txt").read_text()))
    text = (ROOT / "requirements.lock").read_text()
    locked = dict(PINNED.findall(text))
    assert wanted.items() <= locked.items(), "make lock"
    blocks = [block for block in re.split(r"\n(?=[a-z])", text) if "==" in block]
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    here = {name: importlib.metadata.version(name) for name in locked if _is_here(name)}
    assert here == {name: locked[name] for name in here}
    assert len(here) > 40


def _is_here(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


def test_the_image_holds_all_that_runs_and_nothing_else() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    sources = {source for line in copied for source in line.split()}
    assert {*PATHS, ".streamlit/config.toml", "requirements.lock"} <= sources
    assert [source for source in sources if not (ROOT / source).exists()] == []
    let_in = (DEPLOY / "Containerfile.dockerignore").read_text().splitlines()
    assert {f"!{source.partition('/')[0]}" for source in sources} <= {
        line if line == "!.streamlit" else line.partition("/")[0] for line in let_in
    }
    assert "USER 10001" in text


def test_the_composed_servers_have_no_rights_and_know_their_settings() -> None:
    composed = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    services = composed["services"]
    assert {"database", "milepost-1", "milepost-2", "proxy"} == set(services)
    for name in ("milepost-1", "milepost-2", "proxy"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    assert set(services["milepost-1"]["environment"]) <= known_variables()
    named = set(re.findall(r"server (milepost-\d):8501", (DEPLOY / "nginx.conf").read_text()))
    assert named == {"milepost-1", "milepost-2"}


def rendered(values: dict[str, Any]) -> dict[str, Any]:
    """Render the chart; give what is in it by kind."""
    helm = pytest.importorskip("helm_python.chart", reason="there is no Helm here")
    with helm.Chart.load(str(DEPLOY / "chart")) as chart:
        files = chart.render(values, name="here", namespace="there")
    found = [yaml.safe_load(text) for text in files.values()]
    return {each["kind"]: each for each in found if each}


def test_the_chart_renders() -> None:
    kinds = rendered({"host": "milepost.example"})
    assert set(kinds) == {"Deployment", "Service", "Ingress", "PodDisruptionBudget"}
    pod = kinds["Deployment"]["spec"]["template"]
    (container,) = pod["spec"]["containers"]
    environment = {each["name"]: each["value"] for each in container["env"]}
    assert environment == {
        "MILEPOST_ADDRESS": "https://milepost.example",
        "MILEPOST_HOSTS": "milepost.example",
    }
    assert set(environment) <= known_variables()
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert pod["spec"]["securityContext"]["runAsNonRoot"] is True
    labels = pod["metadata"]["labels"]
    assert kinds["Service"]["spec"]["selector"] == labels
    assert kinds["Ingress"]["spec"]["rules"][0]["host"] == "milepost.example"
    assert kinds["Ingress"]["spec"]["tls"][0]["hosts"] == ["milepost.example"]


def test_one_server_without_https_renders_too() -> None:
    kinds = rendered({"replicas": 1, "tlsSecret": "", "trustedNetwork": True})
    assert set(kinds) == {"Deployment", "Service", "Ingress"}
    assert "tls" not in kinds["Ingress"]["spec"]
    (container,) = kinds["Deployment"]["spec"]["template"]["spec"]["containers"]
    environment = {each["name"]: each["value"] for each in container["env"]}
    assert environment["MILEPOST_TRUSTED_NETWORK"] == "1"
    assert environment["MILEPOST_ADDRESS"].startswith("http://")
