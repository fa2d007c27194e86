"""What there is, read again to see what a change did, or that a refusal did nothing."""

from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel

from tests.client import Client


async def get_invoice(api: Client, invoice_id: str, selection: str) -> dict[str, Any]:
    query = f"query ($id: ID!) {{ invoice(by: {{ id: $id }}) {{ {selection} }} }}"
    return (await api.execute(query, id=invoice_id))["invoice"]


async def get_order(api: Client, order_id: str, selection: str) -> dict[str, Any]:
    query = f"query ($id: ID!) {{ order(by: {{ id: $id }}) {{ {selection} }} }}"
    return (await api.execute(query, id=order_id))["order"]


async def get_customer(api: Client, customer_id: str, selection: str) -> dict[str, Any]:
    query = f"query ($id: ID!) {{ customer(id: $id) {{ {selection} }} }}"
    return (await api.execute(query, id=customer_id))["customer"]


async def everything(api: Client) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    assert api.database is not None
    async with api.database.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, await connection.execute(select(table))), key=repr)
            for table in SQLModel.metadata.sorted_tables
        }


async def refused_unchanged(api: Client, mutation: str, **input: object) -> dict[str, Any]:
    """The one reason of a refusal that left every row as it was."""
    before = await everything(api)
    error = await api.refused(mutation, **input)
    assert await everything(api) == before
    return error
