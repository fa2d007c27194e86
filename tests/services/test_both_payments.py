"""A payment in one step writes what a payment step by step does."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlmodel import SQLModel, col, select

from db.tables import Activity
from domain.payment import PaymentMethod
from services.receipts import Receipt
from tests.conftest import TODAY
from tests.till import Rows, Till

REFERENCES = (None, " 1042 ", "Überweisung-7/ä", "x" * 100, "'; --", ":amount_cents", "$1", "%s")
NOTES = (None, "", "By phone\nTwice: by-phone", "é€😀 " * 500)
# An invoice's number is its own, as is the digest, which is also of its id.
OWN = {"invoices": {"number"}, "idempotency_keys": {"input_digest"}, "activities": {"id"}}


@dataclass
class Dice:
    """A receipt such as nobody has written before, and an amount that still fits."""

    random: Random
    keys: int = field(default=0)

    def rates(self) -> list[str]:
        return [
            cents_text(self.random.randrange(10**6)) for _ in range(self.random.randrange(1, 5))
        ]

    def cents(self, left: int) -> int:
        return min(left, self.random.choice([1, 5, 99, 10_000, left // 2 + 1, left]))

    def receipt(self) -> Receipt:
        return Receipt(
            self.random.choice(list(PaymentMethod)),
            self.random.choice([None, TODAY, date(1999, 12, 31)]),
            self.random.choice(REFERENCES),
            self.random.choice(NOTES),
        )

    def key(self) -> str | None:
        self.keys += 1
        return self.random.choice([None, f"key-{self.keys}"])


def cents_text(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def written(before: Rows, after: Rows, names: dict[str, str]) -> dict[str, list[str]]:
    """The new and changed rows, with names for their ids."""
    found: dict[str, list[str]] = {}
    for table in SQLModel.metadata.sorted_tables:
        columns = [column.name for column in table.columns]
        for row in after[table.name] - before[table.name]:
            values: dict[str, Any] = dict(zip(columns, row, strict=True))
            text = repr({k: v for k, v in values.items() if k not in OWN.get(table.name, ())})
            for name, word in names.items():
                text = text.replace(name, word)
            found.setdefault(table.name, []).append(text)
    return {name: sorted(rows) for name, rows in found.items()}


@pytest.mark.parametrize("seed", range(4))
async def test_both_ways_write_the_same_rows(till: Till, seed: int) -> None:
    dice = Dice(Random(seed))
    rates = dice.rates()
    swift_id, slow_id = await till.bill(*rates), await till.bill(*rates)
    if seed % 2:
        await till.send(swift_id)
        await till.send(slow_id)
    left = sum(round(Decimal(rate) * 100) for rate in rates)
    while left:
        cents = dice.cents(left)
        left -= cents
        amount, receipt, key = cents_text(cents), dice.receipt(), dice.key()

        before = await till.everything()
        swift = await till.swiftly(swift_id, amount, receipt, key and f"swift {key}")
        between = await till.everything()
        slow, _ = await till.slowly(slow_id, amount, receipt, key and f"slow {key}")
        after = await till.everything()

        assert swift is not None
        swift_names = {swift_id: "INVOICE", swift["payment"]: "PAYMENT", "swift key": "KEY"}
        slow_names = {slow_id: "INVOICE", slow["payment"]: "PAYMENT", "slow key": "KEY"}
        rows = written(before, between, swift_names)
        assert rows == written(between, after, slow_names)
        assert {
            name: len(rows.get(name, ())) for name in ("invoices", "payments", "activities")
        } == {
            "invoices": 1,
            "payments": 1,
            "activities": 1,
        }
        assert len(rows.get("idempotency_keys", ())) == (0 if key is None else 1)


async def test_what_was_taken_back_no_longer_counts(till: Till) -> None:
    invoice_id = await till.bill("10.00", "5.00", "0.50")
    await till.remove_line(invoice_id, 2)
    paid = await till.swiftly(invoice_id, "4.00")
    assert paid is not None
    await till.take_back(paid["payment"])

    assert await till.swiftly(invoice_id, "10.51") is None
    assert await till.swiftly(invoice_id, "10.50") is not None

    assert await till.balance(invoice_id) == (1050, 5)


async def test_it_tells_what_was_received_and_what_is_left(till: Till) -> None:
    invoice_id = await till.bill("1000.00")
    for amount in ("400.00", "599.95", "0.05"):
        assert await till.swiftly(invoice_id, amount) is not None
    async with till.database.transaction() as session:
        messages = await session.exec(select(Activity.message).order_by(col(Activity.id)))
    assert messages.all()[-3:] == [
        "Recorded cheque 1042, 400.00 CAD; 600.00 outstanding",
        "Recorded cheque 1042, 599.95 CAD; 0.05 outstanding",
        "Recorded cheque 1042, 0.05 CAD; 0.00 outstanding",
    ]
