"""Payments that are recorded here while others come from QuickBooks never overpay an invoice."""

import asyncio
from dataclasses import replace
from decimal import Decimal

from db.database import Database
from domain.errors import PaymentExceedsBalance
from tests.factories import record_payment
from tests.quickbooks.ledger import opened, payment
from tests.quickbooks.office import Office


async def test_whoever_comes_first_the_invoice_is_never_overpaid(database: Database) -> None:
    async with opened(database) as ledger:
        invoice_id = await ledger.bill("145", "1000.00")
        others = {await ledger.bill("146"), await ledger.bill("147")}
        assert invoice_id not in others

        async def here(amount: str) -> int:
            try:
                await ledger.till.pay(invoice_id, amount)
            except PaymentExceedsBalance:
                return 0
            return 1

        async def swiftly() -> int:
            return int(await ledger.till.swiftly(invoice_id, "170.00") is not None)

        async def there(number: int) -> int:
            version = payment(i145=23000, i146=100, i147=100)
            return await ledger.apply(replace(version, quickbooks_id=str(number)))

        taken = await asyncio.gather(
            *(one for number in range(6) for one in (here("110.00"), swiftly(), there(number)))
        )
        recorded, swift, foreign = (sum(taken[place::3]) for place in range(3))
        paid, _ = await ledger.till.balance(invoice_id)
        assert paid == 11000 * recorded + 17000 * swift + 23000 * foreign <= 100000
        assert foreign > 0
        assert len(await ledger.problems()) == 6 - foreign


async def test_a_look_and_a_clerk_at_once(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")
    for _ in range(5):
        office.person.record_payment({theirs: "20.00"})

    async def pay(number: int) -> None:
        await office.api.change(
            "recordPayment",
            "payment { id }",
            invoiceId=invoice["id"],
            amount=Decimal(15 + number),
            method="cash",
        )

    await asyncio.gather(office.pull(), *(pay(number) for number in range(5)))
    paid = sum(one["amount"] for one in await office.payments(invoice))
    assert 100 - paid == await office.outstanding(invoice) >= 0
    missing = 5 - sum(one["source"] == "quickBooks" for one in await office.payments(invoice))
    assert len(await office.problems()) == missing


async def test_a_payment_here_is_in_the_way_until_it_is_taken_back(office: Office) -> None:
    invoice, theirs = await office.exported("100.00")

    async def pay() -> None:
        await record_payment(office.api, invoice, "90.00")

    office.person.record_payment({theirs: "20.00"})
    office.meanwhile(pay)
    await office.pull()
    assert await office.outstanding(invoice) == 10
    assert len(await office.problems()) == 1
    (here,) = await office.payments(invoice)
    await office.api.done("deletePayment", "deletedPaymentId", id=here["id"])
    await office.pull()
    assert await office.outstanding(invoice) == 80
    assert await office.problems() == {}
