"""QuickBooks Online, simulated: the whole service in memory, behind its real HTTP interface.

Inside a test:

    simulator = Simulator(clock=MovableClock(NOW))
    async with running(simulator) as url:
        callback = simulator.authorize(authorize_url)  # A person clicks on Connect.
        simulator.go_wrong(Mishap("drop_after", "invoice.create"))
        ...
        paid = simulator.person.record_payment({invoice_id: "40.00"}, reference="1042")
        assert simulator.count("token.refresh_token") == 1

As a process of its own: `python -m tests.quickbooks.simulator --port 8200`. Then everything that
tests do in Python is at `POST /control/...` (see control.py), and a page for persons at `/`.
"""

from .clock import MovableClock
from .faults import Refusal
from .mishaps import Asked, Kind, Mishap
from .person import Person
from .serving import app_of, running
from .simulator import REALM, Simulator
from .switches import Preferences, Switches
from .webhooks import Webhooks

__all__ = [
    "REALM",
    "Asked",
    "Kind",
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
