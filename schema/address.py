"""Addresses."""

from typing import ClassVar

import strawberry

from db import ids, tables
from engine.declare import resolved_by, stands
from resolvers import addresses
from schema.fields import column
from schema.node import Node


@strawberry.type(
    description="A postal address. It never changes: a customer that moves gets another one, and "
    "invoices keep the one they were made with."
)
class Address(Node):
    stands_on: ClassVar = stands(tables.Address, ids.ADDRESS)

    name: str = resolved_by(addresses.name)
    company_name: str | None = column("The company at this address.")
    address1: str = column("Street and number, or a post office box.")
    address2: str | None = column("Suite, unit, floor.")
    city: str = column("City or town.")
    state_code: str | None = column("State or province, such as `ON`.")
    postal_code: str | None = column("Postal or ZIP code.")
    country_code: str = column("ISO 3166-1 alpha-2, such as `CA`.")
