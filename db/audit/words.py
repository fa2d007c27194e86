"""The audit of search words: every live object is found by its texts, and by nothing else."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

from sqlalchemy import ColumnElement, Row, false
from sqlmodel import col, select

from db import search
from db.audit.reading import Page, Reading
from db.tables import Customer, Invoice, Order, Payment, SearchWord
from domain.text import searchable_words

# Sorts after every id.
_LAST = "\x7f"
_NEVER = false().label("is_deleted")

Texts = Callable[[Row[Any]], tuple[str, search.Texts]]


async def check(reading: Reading) -> None:
    """All objects in one sequence by their ids, which begin with their kinds, beside their words.

    Words between two objects belong to neither, which is how those of no object come to light.
    """
    after = ""
    async for page, name_and_texts in _pages(reading):
        await _check_page(reading, Page(page.rows, after, page.until), name_and_texts)
        after = page.until
    await _check_page(reading, Page([], after, _LAST), _payment)
