"""The properties that QuickBooks knows of each transaction; any other is refused."""

from .faults import Refusal
from .json_text import Json

TRANSACTION = frozenset(
    "Id SyncToken MetaData sparse domain status TxnDate CustomerRef CurrencyRef ExchangeRate "
    "PrivateNote Line LinkedTxn TotalAmt TxnSource CustomField TaxExemptionRef DepositToAccountRef "
    "HomeTotalAmt TransactionLocationType RecurDataRef".split()
)
INVOICE = TRANSACTION | frozenset(
    "DocNumber DepartmentRef TxnTaxDetail CustomerMemo BillAddr ShipAddr ClassRef SalesTermRef "
    "DueDate GlobalTaxCalculation ShipMethodRef ShipDate TrackingNum ApplyTaxAfterDiscount "
    "PrintStatus EmailStatus BillEmail BillEmailCc BillEmailBcc Balance HomeBalance Deposit "
    "AllowIPNPayment AllowOnlinePayment AllowOnlineCreditCardPayment AllowOnlineACHPayment "
    "DeliveryInfo InvoiceLink FreeFormAddress ShipFromAddr EInvoiceStatus SalesRepRef "
    "PaymentRefNum PaymentMethodRef".split()
)
PAYMENT = TRANSACTION | frozenset(
    "ARAccountRef PaymentMethodRef PaymentRefNum CreditCardPayment ProcessPayment UnappliedAmt "
    "PaymentType CheckPayment DocNumber".split()
)


def check_properties(kind: str, body: Json, known: frozenset[str]) -> None:
    for name in body:
        if name not in known:
            detail = f"Property Name:{name} specified is unsupported or invalid"
            raise Refusal("2010", detail, kind)
