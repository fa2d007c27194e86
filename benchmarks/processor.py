"""CPU time by process tree, from /proc."""

import os
from collections import defaultdict
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


def cpu_ms(root: int) -> int:
    """What a process and all below it have used, those that have ended and been awaited too."""
    found = _processes()
    children = defaultdict[int, list[int]](list)
    for process, (parent, _) in found.items():
        children[parent].append(process)
    ticks = 0
    waiting = [root]
    while waiting:
        process = waiting.pop()
        if process in found:
            ticks += found[process][1]
            waiting.extend(children[process])
    return ticks * 1000 // _TICKS


def resident_bytes(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE


def model() -> str:
    """What the processor calls itself, and how many of it there are."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else 'unknown'}, {os.cpu_count()} cores"


def _processes() -> dict[int, tuple[int, int]]:
    """Parent and ticks of every process."""
    found: dict[int, tuple[int, int]] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            status = (folder / "stat").read_text()
        except OSError:
            # It has ended since.
            continue
        fields = status.rpartition(")")[2].split()
        found[int(folder.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
    return found
