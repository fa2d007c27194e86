"""QuickBooks tells of what a person does there, late, twice, in any order: all of it comes in."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from starlette.applications import Starlette

from endpoints import webhooks
from quickbooks.options import Options
from tests.companies import awaited
from tests.quickbooks.office import Office
from tests.quickbooks.simulator import REALM
from tests.quickbooks.simulator.serving import served


@pytest.fixture
async def told(office: Office) -> AsyncGenerator[Office]:
    """An office that QuickBooks tells of changes."""
    verifier = office.simulator.webhooks.verifier_token
    options = Options("remit", "secret", "http://test", webhook_verifier=verifier)
    routes = webhooks.routes(office.database, options, office.api.clock)
    async with served(Starlette(routes=routes)) as url:
        office.simulator.webhooks.url = f"{url}/quickbooks/webhook"
        yield office


async def settled(office: Office) -> None:
    await office.simulator.webhooks.settled()
    assert [attempt.status for attempt in office.simulator.webhooks.attempts][-1] == 200


@pytest.mark.parametrize("form", ["cloud_events", "classic"])
async def test_a_payment_is_here_without_anybody_asking(told: Office, form: Any) -> None:
    told.simulator.switches.webhook_form = form
    invoice, theirs = await told.exported("100.00")
    told.person.record_payment({theirs: "40.00"})
    await settled(told)
    assert ("pullChanges", REALM, "{}") in await awaited(told.database)
    await told.work()
    assert await told.outstanding(invoice) == 60


@pytest.mark.parametrize("kind", ["doubled", "swapped"])
async def test_the_order_and_number_of_webhooks_do_not_matter(told: Office, kind: str) -> None:
    invoice, theirs = await told.exported("100.00")
    told.go_wrong(kind, "webhook.payment.*", times=None if kind == "doubled" else 1)
    payment = told.person.record_payment({theirs: "40.00"})["Id"]
    told.person.edit_payment(payment, note="x")
    told.person.reallocate_payment(payment, {theirs: "30.00"})
    await settled(told)
    while await told.work():
        pass
    assert [one["amount"] for one in await told.payments(invoice)] == [30]
    assert [kind for kind, _ in await told.told(invoice)] == ["paymentRecorded", "exported"]
    told.person.delete_payment(payment)
    await settled(told)
    await told.work()
    assert await told.payments(invoice) == []


async def test_a_forged_webhook_makes_nobody_look(told: Office) -> None:
    _, theirs = await told.exported("100.00")
    await settled(told)
    await told.work()
    told.go_wrong("bad_signature", "webhook.*")
    told.person.record_payment({theirs: "40.00"})
    await told.simulator.webhooks.settled()
    assert [attempt.status for attempt in told.simulator.webhooks.attempts][-1] == 403
    assert await awaited(told.database) == []


async def test_what_is_told_while_it_is_read_is_read_again(told: Office) -> None:
    invoice, theirs = await told.exported("100.00")
    await settled(told)
    await told.work()

    async def pay() -> None:
        told.person.record_payment({theirs: "1.00"})
        await settled(told)

    told.meanwhile(pay)
    assert await told.pull() == 2
    assert await told.outstanding(invoice) == 99
