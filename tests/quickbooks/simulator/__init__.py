"""QuickBooks Online, simulated: the whole service in memory, behind its real HTTP interface.

`running(Simulator())` serves it inside a test; `python -m tests.quickbooks.simulator` as a
process, which `/control/...` then moves as tests do in Python.
"""

from .clock import MovableClock
from .faults import Refusal
from .mishaps import Asked, Mishap
from .person import Person
from .serving import app_of, running
from .simulator import REALM, Simulator
from .switches import Preferences, Switches
from .webhooks import Webhooks

__all__ = [
    "REALM",
    "Asked",
    "Mishap",
    "MovableClock",
    "Person",
    "Preferences",
    "Refusal",
    "Simulator",
    "Switches",
    "Webhooks",
    "app_of",
    "running",
]
