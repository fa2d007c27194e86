"""The audit of line items: each one's amounts, and what they come to together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import String, select, type_coerce
from sqlmodel import col

from db.audit.reading import Page, Reading
from db.tables import LineItem
from domain.line_item import LineAmounts, line_amounts
from domain.money import decimal_text


@dataclass(slots=True)
class Owner:
    """An order or invoice, with what its line items come to."""

    full_id: str
    deleted_at: datetime | None = None
    charges: list[Any] = field(default_factory=list[Any])
    sub_total_cents: int = 0
    tax_total_cents: int = 0

    def add(self, charge: Any, amounts: LineAmounts) -> None:
        self.charges.append(charge)
        self.sub_total_cents += amounts.amount_cents
        self.tax_total_cents += amounts.tax_amount_cents

    def check_totals(self, reading: Reading, stored: Any) -> None:
        for name, stored_cents, cents in (
            ("sub-total", stored.sub_total_cents, self.sub_total_cents),
            ("tax total", stored.tax_total_cents, self.tax_total_cents),
            ("total", stored.total_cents, self.total_cents),
        ):
            if stored_cents != cents:
                reading.differs(
                    self.full_id,
                    f"{name} is stored as {decimal_text(stored_cents)}, "
                    f"its line items come to {decimal_text(cents)}",
                )

    @property
    def total_cents(self) -> int:
        return self.sub_total_cents + self.tax_total_cents


async def check(reading: Reading, page: Page, owner_id: Any, owners: Mapping[str, Owner]) -> None:
    """Check the line items of a page of orders or invoices, and add them up."""
    statement = (
        select(
            owner_id,
            col(LineItem.position),
            type_coerce(col(LineItem.type), String).label("type"),
            col(LineItem.description),
            col(LineItem.quantity_e4),
            col(LineItem.rate_e4),
            col(LineItem.tax_rate_e4),
            col(LineItem.amount_cents),
            col(LineItem.tax_amount_cents),
            col(LineItem.total_cents),
            col(LineItem.deleted_at),
        )
        .where(col(LineItem.organization_id) == reading.organization_id, page.holds(owner_id))
        .order_by(owner_id, col(LineItem.position))
    )
    lines = await reading.rows(statement)
    reading.counted("line items", len(lines))
    for line in lines:
        id_, position, _, _, quantity, rate, tax_rate, *stored, deleted_at = line
        amounts = line_amounts(quantity_e4=quantity, rate_e4=rate, tax_rate_e4=tax_rate)
        owner = owners[id_]
        if stored != [amounts.amount_cents, amounts.tax_amount_cents, amounts.total_cents]:
            _tell(reading, f"Line {position} of {owner.full_id}", stored, amounts)
        if deleted_at is None:
            owner.add(line, amounts)
        if deleted_at is None and owner.deleted_at is not None:
            reading.differs(owner.full_id, f"it is deleted, but its line {position} is not")


def _tell(reading: Reading, subject: str, stored: list[int], amounts: LineAmounts) -> None:
    for name, stored_cents, why, cents in zip(
        ("amount", "tax", "total"),
        stored,
        ("quantity times rate comes to", "the tax rate makes it", "amount and tax come to"),
        (amounts.amount_cents, amounts.tax_amount_cents, amounts.total_cents),
        strict=True,
    ):
        if stored_cents != cents:
            how = f"{name} is stored as {decimal_text(stored_cents)}, {why} {decimal_text(cents)}"
            reading.differs(subject, how)
