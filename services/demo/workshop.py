"""Where demo data is made: in a process of its own, so that making and writing take a core each."""

import gc
import multiprocessing
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection

from services.demo.books import Books, Entries
from services.demo.chance import Chance
from services.demo.company import Company

# A process that knows nothing of this one's connections and event loop.
_CONTEXT = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made, so many invoices at a time."""

    invoices: int
    at_a_time: int
    seed: int
    today: date
    remit_to_address_id: str | None


def produce(plan: Plan) -> Generator[Entries]:
    """Entries for one transaction after another."""
    if plan.invoices <= plan.at_a_time:
        # Not worth a process.
        yield from _entries(plan)
        return
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_send, args=(sender, plan), daemon=True)
    process.start()
    # The other one holds it now: should that end early, receiving fails instead of waiting.
    sender.close()
    try:
        for _ in range(0, plan.invoices, plan.at_a_time):
            yield receiver.recv()
    finally:
        process.terminate()
        process.join()
        receiver.close()


def _send(sender: Connection, plan: Plan) -> None:
    gc.disable()
    for entries in _entries(plan):
        sender.send(entries)


def _entries(plan: Plan) -> Generator[Entries]:
    company = Company(
        Books(Chance(plan.seed)),
        number=plan.invoices,
        today=plan.today,
        remit_to_address_id=plan.remit_to_address_id,
    )
    for first in range(0, plan.invoices, plan.at_a_time):
        yield company.work(first, min(first + plan.at_a_time, plan.invoices))
