"""The load: wrk, which must be installed (Debian: `apt-get install wrk`), driven by a script in Lua."""

import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

# Requests come from a file, one a line: `METHOD path body`; after the last comes the first again.
_SCRIPT = """
local requests, at = {}, 0
function init(arguments)
  for line in io.lines(arguments[1]) do requests[#requests + 1] = line end
end
function request()
  local method, path, body = requests[at % #requests + 1]:match("^(%S+) (%S+) ?(.*)$")
  at = at + 1
  return wrk.format(method, path, wrk.headers, body ~= "" and body or nil)
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('{"requests":%d,"microseconds":%d,"errors":%d,"p50":%f,"p99":%f}',
    summary.requests, summary.duration, e.status + e.connect + e.read + e.write + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run gave: requests per second, milliseconds of the median and the 99th percentile, answers of 400 and up."""

    rate: float
    p50: float
    p99: float
    requests: int
    errors: int


def run(url: str, token: str, requests: list[str], seconds: float) -> Outcome:
    """Send requests (`METHOD path body`) over and over from 8 connections, for some seconds."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("wrk is not installed; on Debian: apt-get install wrk")
    with tempfile.TemporaryDirectory(prefix="register-wrk-") as folder:
        script, lines = Path(folder, "requests.lua"), Path(folder, "requests")
        script.write_text(_SCRIPT, encoding="utf-8")
        lines.write_text("\n".join(requests), encoding="utf-8")
        headers = [f"Authorization: Bearer {token}", "Content-Type: application/json"]
        command = [program, "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "-s", str(script)]
        command += [part for header in headers for part in ("-H", header)]
        result = subprocess.run([*command, url, "--", str(lines)], capture_output=True, text=True, check=True)
    found = json.loads(result.stdout.strip().rsplit("\n", 1)[-1])
    rate = found["requests"] / (found["microseconds"] / 1e6)
    return Outcome(rate, found["p50"], found["p99"], found["requests"], found["errors"])
