"""Scalars that know something of the business."""

from typing import NewType

from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

from domain.money import CURRENCIES
from engine.scalars import SCALARS as GENERAL
from engine.scalars import scalar

CurrencyCode = NewType("CurrencyCode", str)
URL = NewType("URL", str)


def _parse_currency(value: object) -> str:
    if isinstance(value, str) and value in CURRENCIES:
        return value
    raise GraphQLError(
        "A CurrencyCode is the ISO 4217 code of a currency of two decimals, such as CAD"
    )


CURRENCY_CODE = scalar(
    "CurrencyCode",
    "An ISO 4217 code in upper case, such as `CAD`. Only currencies of two decimals are taken.",
    parse=_parse_currency,
    serialize=str,
)


def _parse_url(value: object) -> str:
    raise GraphQLError("A URL is only ever answered")


_URL = scalar(
    "URL",
    "An absolute address (RFC 3986). Those that this server hands out are signed: whoever has one "
    "may use it until it expires.",
    parse=_parse_url,
    serialize=str,
)

SCALARS: dict[object, ScalarDefinition] = {**GENERAL, CurrencyCode: CURRENCY_CODE, URL: _URL}
