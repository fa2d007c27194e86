"""A payment in one step, where something is not in order or somebody else is at it too."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from db import idempotency, rows
from db.database import Database
from db.tables import Invoice
from domain.errors import DomainError
from services import payments
from services.receipts import Allocation, Receipt
from tests.bookkeeper import CHEQUE
from tests.conftest import NOW, TODAY
from tests.till import Till


@pytest.mark.parametrize(
    ("amount", "receipt", "key"),
    [
        ("10.01", CHEQUE, None),
        ("10.01", CHEQUE, "key-1"),
        ("0", CHEQUE, None),
        ("-1", CHEQUE, None),
        ("0.001", CHEQUE, None),
        ("1", replace(CHEQUE, payment_date=TODAY + timedelta(days=1)), None),
        ("1", replace(CHEQUE, reference_number="x" * 101), None),
        ("1", replace(CHEQUE, notes="\x00"), None),
        ("1", CHEQUE, ""),
        ("1", CHEQUE, "k" * 256),
    ],
)
async def test_what_is_not_in_order_changes_nothing(
    till: Till, amount: str, receipt: Receipt, key: str | None
) -> None:
    invoice_id = await till.bill("10.00")
    before = await till.everything()

    assert await till.swiftly(invoice_id, amount, receipt, key) is None

    assert await till.everything() == before
    with pytest.raises(DomainError):
        await till.slowly(invoice_id, amount, receipt, key)


async def test_an_invoice_that_is_not_there_is_not_paid(till: Till) -> None:
    deleted_id, other_id = await till.bill("10.00"), await till.bill("10.00")
    await till.delete(deleted_id)
    stranger = Till(till.database, replace(till.author, organization_id=2), till.customer_id)
    before = await till.everything()
    for key in (None, "key-1"):
        assert await till.swiftly(deleted_id, "1", key=key) is None
        assert await till.swiftly("", "1", key=key) is None
        assert await stranger.swiftly(other_id, "1", key=key) is None
    assert await till.everything() == before


async def test_a_key_of_either_way_is_known_to_the_other(till: Till) -> None:
    invoice_id = await till.bill("10.00")

    swift = await till.swiftly(invoice_id, "1", key="key-1")
    slow, _ = await till.slowly(invoice_id, "1", key="key-2")

    assert await till.slowly(invoice_id, "1", key="key-1") == (swift, True)
    assert await till.slowly(invoice_id, "1", key="key-2") == (slow, True)
    assert await till.swiftly(invoice_id, "1", key="key-1") is None
    assert await till.swiftly(invoice_id, "1", key="key-2") is None
    assert await till.balance(invoice_id) == (200, 3)


@pytest.mark.parametrize("key", [None, "key-1"])
async def test_what_waited_for_another_payment_counts_it(till: Till, key: str | None) -> None:
    invoice_id = await till.bill("10.00")
    async with till.database.transaction() as session:
        await payments.record_payment(
            session,
            till.author,
            allocation=Allocation(invoice_id, Decimal(4)),
            receipt=CHEQUE,
            idempotency_key=None,
        )
        fits = asyncio.create_task(till.swiftly(invoice_id, "6.00", key=key))
        await asyncio.sleep(0.1)
        assert not fits.done()
    assert await fits is not None
    assert await till.balance(invoice_id) == (1000, 3)


@pytest.mark.parametrize("key", [None, "key-1"])
async def test_what_waited_for_a_payment_that_left_too_little_declines(
    till: Till, key: str | None
) -> None:
    invoice_id = await till.bill("10.00")
    async with till.database.transaction() as session:
        await payments.record_payment(
            session,
            till.author,
            allocation=Allocation(invoice_id, Decimal(4)),
            receipt=CHEQUE,
            idempotency_key=None,
        )
        too_much = asyncio.create_task(till.swiftly(invoice_id, "6.01", key=key))
        await asyncio.sleep(0.1)
    after = await till.everything()
    assert await too_much is None
    assert await till.everything() == after
    assert await till.balance(invoice_id) == (400, 2)


@pytest.mark.parametrize("is_kept", [True, False])
async def test_whoever_waits_for_a_key_holds_up_nobody(till: Till, *, is_kept: bool) -> None:
    """The key first, then the invoice: the other way round the two would wait for each other."""
    invoice_id = await till.bill("10.00")
    async with asyncio.timeout(10), till.database.transaction() as session:
        await idempotency.claim(session, organization_id=1, key="key-1", input_digest="x", now=NOW)
        swift = asyncio.create_task(till.swiftly(invoice_id, "1.00", key="key-1"))
        await asyncio.sleep(0.1)
        await rows.get_locked(session, Invoice, 1, invoice_id)
        if not is_kept:
            await session.rollback()
    assert (await swift is None) is is_kept
    assert await till.balance(invoice_id) == ((0, 1) if is_kept else (100, 2))


async def test_whoever_gives_up_waiting_has_paid_nothing_and_holds_up_nobody(till: Till) -> None:
    invoice_id = await till.bill("10.00")
    async with till.database.transaction() as session:
        await rows.get_locked(session, Invoice, 1, invoice_id)
        tasks = [
            asyncio.create_task(till.swiftly(invoice_id, "1.00", key=f"key-{number}"))
            for number in range(4)
        ]
        await asyncio.sleep(0.1)
        for task in tasks[:3]:
            task.cancel()
        answers = await asyncio.gather(*tasks[:3], return_exceptions=True)
        assert [type(answer) for answer in answers] == [asyncio.CancelledError] * 3
        # Until the server has heard of it: given up just when the lock is had, it may be recorded.
        await asyncio.sleep(0.5)
    async with asyncio.timeout(5):
        assert await tasks[3] is not None
    assert await till.balance(invoice_id) == (100, 2)


async def test_ten_clients_pay_one_invoice_off_in_tenths(till: Till) -> None:
    invoice_id = await till.bill("0.10")
    handles = [Database(str(till.database.engine.url)) for _ in range(2)]

    async def client(number: int) -> bool:
        here = Till(handles[number % 2], till.author, till.customer_id)
        for _ in range(20):
            if await here.swiftly(invoice_id, "0.01"):
                return True
        return False

    paid = await asyncio.gather(*(client(number) for number in range(20)))
    for handle in handles:
        await handle.close()
    assert sum(paid) == 10
    assert await till.balance(invoice_id) == (10, 11)
