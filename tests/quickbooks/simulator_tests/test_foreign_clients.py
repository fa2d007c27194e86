"""Clients that nobody here wrote get on with the simulator."""

import asyncio
import re
import sys
from pathlib import Path

from tests.quickbooks.simulator import Simulator, running

SCRIPT = Path(__file__).with_name("foreign_clients.py")


async def test_python_quickbooks_and_intuit_oauth_get_on_with_it(simulator: Simulator) -> None:
    async with running(simulator) as url:
        # Isolated: with the product's folder on its path it would find our package, not theirs.
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            SCRIPT,
            url,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, errors = await process.communicate()
    table = SCRIPT.read_text().partition("CHECKS = (")[2].partition(")")[0]
    assert errors.decode() == ""
    assert out.decode().split() == re.findall(r"\w+", table)
