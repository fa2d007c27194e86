"""Load by `wrk`, and what it says of it."""

import json
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = Path(__file__).parent / "post.lua"


@dataclass(frozen=True, slots=True)
class Load:
    """What one connection-for-connection closed loop came to."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    bad: int
    bytes: int


def check_installed() -> None:
    if shutil.which("wrk") is None:
        raise SystemExit("`wrk` makes the load and is missing. On Debian: apt-get install wrk")


def run(
    url: str, bodies: Path, *, seconds: int, connections: int, start: int | None = None
) -> Load:
    """Send the file's bodies in turn for so long, on one thread; from anywhere, or from `start`."""
    # Distinct digits for every run, which the script goes on from.
    first = str(time.time_ns() // 1_000)
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s"]
    command += ["-s", str(_SCRIPT), url, "--", str(bodies), first]
    command += [] if start is None else [str(start)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"^RESULT (.*)$", done.stdout, re.MULTILINE)
    if found is None:
        raise SystemExit(f"wrk failed:\n{done.stdout}{done.stderr}")
    told = json.loads(found[1])
    return Load(
        requests=told["requests"],
        seconds=told["us"] / 1e6,
        p50_ms=told["p50"] / 1e3,
        p99_ms=told["p99"] / 1e3,
        bad=told["bad"] + told["socket"],
        bytes=told["bytes"],
    )
