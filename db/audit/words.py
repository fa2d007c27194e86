"""The audit of search words: every live object is found by its texts, and by nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlmodel import col

from db import search
from db.audit.reading import Page, Reading
from db.tables import Customer, Invoice, Order, Payment, SearchWord
from domain.text import searchable_words

# Sorts after every id.
_LAST = "\x7f"


@dataclass(frozen=True)
class Kind:
    """A kind of object: what its texts are made of, and what it is called."""

    table: Any
    is_live: ColumnElement[bool]
    columns: tuple[Any, ...]
    describe: Callable[..., tuple[str, search.Texts]]


def _customer(_id: str, number: int, name: str) -> tuple[str, search.Texts]:
    return (full_id := f"CUST-{number}"), search.customer_texts(full_id, name)


def _invoice(_id: str, number: int, notes: str | None) -> tuple[str, search.Texts]:
    return (full_id := f"INVOICE-{number}"), search.invoice_texts(full_id, notes)


def _order(_id: str, number: int, *numbers: str | None) -> tuple[str, search.Texts]:
    return (full_id := f"ORDER-{number}"), search.order_texts(full_id, *numbers)


def _payment(payment_id: str, *texts: str | None) -> tuple[str, search.Texts]:
    return f"Payment {payment_id}", search.payment_texts(*texts)


# In the order of their ids, which begin with the kind.
_KINDS = (
    Kind(Customer, true(), (col(Customer.number), col(Customer.name)), _customer),
    Kind(
        Invoice,
        col(Invoice.deleted_at).is_(None),
        (col(Invoice.number), col(Invoice.notes)),
        _invoice,
    ),
    Kind(Order, true(), (col(Order.number), col(Order.po_number), col(Order.ref_number)), _order),
    Kind(
        Payment,
        col(Payment.deleted_at).is_(None),
        (col(Payment.reference_number), col(Payment.notes)),
        _payment,
    ),
)


async def check(reading: Reading) -> None:
    """Objects and their words side by side, both in the order of the objects' ids.

    A word of no object lies between two objects, and comes to light with the second.
    """
    after = ""
    for kind in _KINDS:
        async for page in reading.pages(kind.table, kind.is_live, *kind.columns):
            names: dict[str, str] = {}
            expected: set[tuple[str, str]] = set()
            for object_id, is_live, *values in page.rows:
                names[object_id], texts = kind.describe(object_id, *values)
                if is_live:
                    expected.update((object_id, word) for word in searchable_words(texts))
            await _compare(reading, Page([], after, page.until), expected, names)
            after = page.until
    await _compare(reading, Page([], after, _LAST), set(), {})


async def _compare(
    reading: Reading, page: Page, expected: set[tuple[str, str]], names: Mapping[str, str]
) -> None:
    rows = await reading.rows(
        select(col(SearchWord.object_id), col(SearchWord.word)).where(
            col(SearchWord.organization_id) == reading.organization_id,
            page.holds(col(SearchWord.object_id)),
        )
    )
    reading.counted("search words", len(rows))
    stored = {(object_id, word) for object_id, word in rows}
    for object_id, word in sorted(expected ^ stored):
        if object_id not in names:
            reading.differs(object_id, f"there is no such thing, but “{word}” finds it")
        elif (object_id, word) in stored:
            reading.differs(names[object_id], f"“{word}” finds it, but is none of its words")
        else:
            reading.differs(names[object_id], f"“{word}” does not find it, but is one of its words")
