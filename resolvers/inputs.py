"""Inputs that several mutations share."""

from collections.abc import Sequence
from decimal import Decimal

import strawberry

from resolvers.changes import given
from resolvers.enums import LineItemType
from services.addresses import NewAddress
from services.line_items import NewLineItem


@strawberry.input(description="A postal address. Texts have at most 200 characters.")
class AddressInput:
    company_name: str | None = strawberry.field(
        default=strawberry.UNSET, description="The company at this address."
    )
    address1: str = strawberry.field(description="Street and number, or a post office box.")
    address2: str | None = strawberry.field(
        default=strawberry.UNSET, description="Suite, unit, floor."
    )
    city: str = strawberry.field(description="City or town.")
    state_code: str | None = strawberry.field(
        default=strawberry.UNSET, description="State or province, such as `ON`."
    )
    postal_code: str | None = strawberry.field(
        default=strawberry.UNSET, description="Postal or ZIP code."
    )
    country_code: str = strawberry.field(
        description="ISO 3166-1 alpha-2, upper case, such as `CA`."
    )


@strawberry.input(description="A charge. Its amount and tax are worked out from these values.")
class LineItemInput:
    type: LineItemType = strawberry.field(description="What kind of charge it is.")
    description: str = strawberry.field(
        description="What is charged for, 1 to 200 characters, such as a lane."
    )
    quantity: Decimal = strawberry.field(
        default=Decimal(1), description="How many units, at most 4 decimal places."
    )
    rate: Decimal = strawberry.field(
        description="Price of one unit, at most 4 decimal places; negative for a discount."
    )
    tax_rate: Decimal = strawberry.field(
        default=Decimal(0), description="Tax in per cent, 0 to 100: `13` is 13 %."
    )


def address_from(typed: AddressInput | None) -> NewAddress | None:
    typed = given(typed)
    if typed is None:
        return None
    return NewAddress(
        company_name=given(typed.company_name),
        address1=typed.address1,
        address2=given(typed.address2),
        city=typed.city,
        state_code=given(typed.state_code),
        postal_code=given(typed.postal_code),
        country_code=typed.country_code,
    )


def line_item_from(typed: LineItemInput) -> NewLineItem:
    return NewLineItem(typed.type, typed.description, typed.quantity, typed.rate, typed.tax_rate)


def line_items_from(typed: Sequence[LineItemInput] | None) -> list[NewLineItem]:
    return [line_item_from(line) for line in given(typed) or ()]
