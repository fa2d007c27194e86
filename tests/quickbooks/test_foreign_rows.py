"""Rows of QuickBooks, read or found to be unreadable."""

from decimal import Decimal
from typing import Any

import pytest

from quickbooks.convert import Unreadable, foreign_invoice

INVOICE = {"Id": "145", "SyncToken": "2", "TotalAmt": Decimal("94.5"), "TxnDate": "2026-03-10"}


@pytest.mark.parametrize(
    ("amount", "cents"),
    [(Decimal("94.50"), 9450), (7, 700), ("0.01", 1), (Decimal("1E+3"), 100_000), (-2, -200)],
)
def test_amounts_are_whole_cents(amount: Any, cents: int) -> None:
    assert foreign_invoice({**INVOICE, "TotalAmt": amount}).total_cents == cents


@pytest.mark.parametrize(
    "amount",
    ["0.001", "NaN", "Infinity", "-Infinity", "x", None, [], {}, Decimal("1E+999999"), "1E+16"],
)
def test_what_is_no_amount_is_unreadable(amount: Any) -> None:
    with pytest.raises(Unreadable, match="TotalAmt"):
        foreign_invoice({**INVOICE, "TotalAmt": amount})
