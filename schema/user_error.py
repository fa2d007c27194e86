"""What a person can put right."""

from decimal import Decimal

import strawberry

from resolvers.enums import UserErrorCode
from schema.fields import reference, value
from schema.invoice import Invoice

_PATH = (
    'The input value it is about, such as `["input", "lineItems", "0", "rate"]`; only '
    '`["input"]` where it is about no one value.'
)


@strawberry.interface(
    description="Why a mutation was refused. Nothing was changed; put it right and send it again."
)
class UserError:
    code: UserErrorCode = value("What is wrong, for programs.")
    message: str = value("What is wrong, for people.")
    path: list[str] | None = value(_PATH)


@strawberry.type(description="A value of the input is wrong.")
class InputError(UserError):
    pass


@strawberry.type(description="The invoice's state does not allow it.")
class InvoiceStateError(UserError):
    invoice: Invoice = reference("The invoice as it is now.")


@strawberry.type(description="More was to be paid than is owed.")
class PaymentExceedsBalanceError(UserError):
    outstanding_balance: Decimal = value(
        "What may be paid at most; for a correction, without the payment itself."
    )
