"""What is shipped beside the code stays in step with it: locks, Makefile, Dockerfile, compose, CI."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

from register_service.demo.region import DEMO_HR_BESTUUR
from register_service.runtime.demo_client import DEMO_BESTUUR

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
REQUIREMENT = re.compile(r"^([a-z0-9-]+)==(\S+)( ; .+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def locked(name: str) -> dict[str, str]:
    """Give the versions that a lock names."""
    found = (REQUIREMENT.match(line) for line in read(name).splitlines())
    return {match[1]: match[2] for match in found if match}


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_nothing_but_versions_and_hashes(name: str) -> None:
    lines = read(name).splitlines()
    assert lines
    assert [line for line in lines if not REQUIREMENT.match(line) and not HASH.match(line)] == []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert not line.endswith("\\") or HASH.match(following), f"no hash after {line}"


def test_the_locks_agree_and_hold_all_that_is_asked_for() -> None:
    run, dev = locked(LOCKS[0]), locked(LOCKS[1])
    assert run.items() <= dev.items()
    project = tomllib.loads(read("pyproject.toml"))["project"]
    extras = project["optional-dependencies"]
    assert names(project["dependencies"] + extras["build"]) <= run.keys()
    assert names(extras["dev"]) <= dev.keys()


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", requirement)[0] for requirement in requirements}


def test_no_package_registry_is_named() -> None:
    for name in (*LOCKS, "pyproject.toml", "Makefile", "Dockerfile", "compose.yaml", ".ci/run", "tools/make-venv.sh"):
        assert not re.search(
            r"https?://|--(extra-)?index-url|find-links", re.sub(r"http://127\.0\.0\.1", "", read(name))
        ), name


@pytest.mark.parametrize("target", ["run", "stop", "reset", "test", "check", "lock", "openapi", "bench", "help"])
def test_make_knows_the_target(target: str) -> None:
    assert re.search(rf"^{target}:.*## ", read("Makefile"), re.MULTILINE)


def test_ci_runs_both_and_fails_when_they_do() -> None:
    script = read(".ci/run")
    assert "set -euo pipefail" in script
    assert script.rstrip().endswith("make check\nmake test")
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_image_runs_what_make_run_runs() -> None:
    dockerfile = read("Dockerfile")
    images = set(re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE))
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert images == {f"python:{project['requires-python'].removeprefix('>=')}-slim-bookworm"}
    assert "--require-hashes -r requirements.lock" in dockerfile
    assert 'CMD ["gunicorn", "-c", "gunicorn.conf.py"]' in dockerfile
    assert '"gunicorn.conf.py"' in read("register_service/runtime/run.py")
    user = re.findall(r"^USER (\S+)", dockerfile, re.MULTILINE)
    assert user
    assert not user[-1].startswith(("root", "0"))
    assert "/health/live" in re.findall(r"^HEALTHCHECK .*\\\n.*$", dockerfile, re.MULTILINE)[0]


def test_the_image_is_clean() -> None:
    subprocess.run([Path(sys.executable).with_name("hadolint"), ROOT / "Dockerfile"], check=True)


def test_compose_has_postgresql_18_and_every_role() -> None:
    services = yaml.safe_load(read("compose.yaml"))["services"]
    assert services["db"]["image"] == "postgres:18"
    assert services["migrate"]["command"] == ["register", "migrate"]
    assert services["worker"]["command"] == ["register", "worker"]
    assert "command" not in services["web"]
    for name in ("web", "worker"):
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert "DATABASE_URL" not in services["web"]["environment"]
    assert all(part["read_only"] and part["cap_drop"] == ["ALL"] for name, part in services.items() if name != "db")


def test_the_wheel_holds_every_file_that_the_service_reads(tmp_path: Path) -> None:
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--wheel-dir", str(tmp_path)]
    source = tmp_path / "source"
    source.mkdir()
    for name in ("register_service", "migrations"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__", "*.md"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, str(source)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    files = {
        str(path.relative_to(source))
        for top in ("register_service", "migrations")
        for path in (source / top).rglob("*")
    }
    assert {name for name in files - packed if (source / name).is_file()} == set()


def test_compose_holds_no_secret() -> None:
    passwords = re.findall(r"PASSWORD: (\S+)|://\w+:(\$\{\w+|[^@]+)", read("compose.yaml"))
    assert passwords
    assert all(value.startswith("${REGISTER_") for pair in passwords for value in pair if value)


def test_the_demo_client_is_the_demo_regions_own() -> None:
    assert DEMO_BESTUUR == DEMO_HR_BESTUUR
