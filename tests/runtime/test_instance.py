"""One register per data folder, and nothing left behind by one that was killed."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from register_service.runtime import children, instance, ports
from register_service.runtime.errors import RunError
from register_service.runtime.instance import Instance
from tests.helpers.live import free_port

HOLD = """
import sys, time
from pathlib import Path
from register_service.runtime.instance import Instance
with Instance(Path(sys.argv[1])).claim("http://voorbeeld"):
    print("held", flush=True)
    time.sleep(60)
"""
PARENT = """
import sys, time
from pathlib import Path
from register_service.runtime import children
print(children.start([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(RunError, match=rf"Poort {port} is al in gebruik.*\n.*make run PORT="):
            ports.require_free("127.0.0.1", port)
    ports.require_free("127.0.0.1", free_port())


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(RunError, match="kan niet worden geluisterd"):
        ports.require_free("192.0.2.1", free_port())


def test_a_second_register_in_one_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instance, "_PATIENCE_SECONDS", 0.0)
    with python(HOLD, str(tmp_path)) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(RunError, match=f"draait al .* proces {holder.pid}, http://voorbeeld"),
            Instance(tmp_path).claim("x"),
        ):
            pass
        holder.kill()
    # kill -9 leaves no lock behind.
    with Instance(tmp_path).claim("x"):
        assert Instance(tmp_path).holder() is not None
    assert Instance(tmp_path).holder() is None


def test_stopping_waits_for_the_holder(tmp_path: Path) -> None:
    with python(HOLD, str(tmp_path)) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert Instance(tmp_path).stop()
        assert holder.wait() == -signal.SIGTERM
    assert not Instance(tmp_path).stop()


def test_a_process_that_was_left_behind_is_stopped(tmp_path: Path) -> None:
    left = subprocess.Popen(["sleep", "60"])
    Instance(tmp_path).note("webservice", left.pid)
    assert Instance(tmp_path).clear_leftovers() == ["webservice"]
    assert not psutil.pid_exists(left.pid)
    left.wait()
    assert Instance(tmp_path).clear_leftovers() == []


def test_another_process_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    Instance(tmp_path).note("webservice", os.getpid())
    file = tmp_path / "run" / "webservice.json"
    file.write_text(file.read_text().replace('"started": 1', '"started": 2'))
    assert Instance(tmp_path).clear_leftovers() == []
    assert not file.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells children that their parent ended")
def test_children_end_with_a_parent_that_is_killed() -> None:
    with python(PARENT) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    child.wait(60)


def test_a_child_that_ignores_sigterm_is_killed() -> None:
    code = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    child = children.start([sys.executable, "-c", code])
    children.stop(child, ((signal.SIGTERM, 0.5),))
    assert child.poll() is not None
