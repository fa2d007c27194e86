"""How a mutation runs: one transaction, and refusals rendered in one place."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import fields
from typing import Any, cast

import strawberry
from sqlmodel.ext.asyncio.session import AsyncSession
from strawberry.utils.str_converters import to_camel_case

from db.database import Database
from domain.errors import DomainError, InvoiceStateError, PaymentExceedsBalance
from domain.money import decimal_text
from engine.declare import Answer
from resolvers.context import Context
from services.author import Author

Work = Callable[[AsyncSession, Author], Awaitable[dict[str, Any]]]
# The payload's fields, and the changed rows by id where they came back with the change.
Done = tuple[Mapping[str, Any], Mapping[str, Mapping[str, Any]]]
Swift = Callable[[Database, Author], Awaitable[Done | None]]


async def change(
    context: Context,
    payload: str,
    work: Work,
    swift: Swift | None = None,
    *,
    has_input: bool = True,
) -> Answer:
    """Do the work in one transaction. Refused, nothing has changed and `userErrors` says why.

    `work` answers the payload's fields; objects by their ids, which are read after the commit.
    `swift` is a shorter way to the same, tried first: it answers None where it has done nothing.
    """
    database, author = context.database, context.author
    try:
        done: Done | None = await swift(database, author) if swift else None
        if done is None:
            async with database.transaction() as session:
                done = await work(session, author), {}
    except DomainError as error:
        return refused(payload, error, has_input=has_input)
    values, rows = done
    return Answer(payload, {"alreadyProcessed": False, "userErrors": [], **values}, rows)


def refused(payload: str, error: DomainError, *, has_input: bool = True) -> Answer:
    """Without an input there is no place in it that the error could be about."""
    path = ["input", *(to_camel_case(step) for step in error.path)] if has_input else None
    shown = _user_error(error, path)
    return Answer(payload, {"alreadyProcessed": False, "userErrors": [shown]})


def given(value: Any) -> Any:
    """The value of an optional input field, None where it is absent."""
    return None if value is strawberry.UNSET else value


def changes(patch: object, *names: str) -> dict[str, Any]:
    """The fields of an update input that are there: absent stays, null clears."""
    wanted = {field.name for field in fields(cast("Any", patch))} & set(names)
    found = {name: getattr(patch, name) for name in names if name in wanted}
    return {name: some.value for name, some in found.items() if some is not None}


def _user_error(error: DomainError, path: list[str] | None) -> Answer:
    values: dict[str, Any] = {"code": error.code, "message": error.message, "path": path}
    if isinstance(error, InvoiceStateError):
        return Answer("InvoiceStateError", {**values, "invoice": error.invoice_id})
    if isinstance(error, PaymentExceedsBalance):
        outstanding = decimal_text(error.outstanding_balance_cents)
        return Answer("PaymentExceedsBalanceError", {**values, "outstandingBalance": outstanding})
    return Answer("InputError", values)
