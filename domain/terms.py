"""Payment terms: how many days a customer has."""

import calendar
from datetime import date, timedelta
from enum import StrEnum

from domain.errors import InvalidInput


class PaymentTerms(StrEnum):
    PIA = "pia"
    NET_0 = "net0"
    NET_7 = "net7"
    NET_10 = "net10"
    NET_15 = "net15"
    NET_30 = "net30"
    NET_45 = "net45"
    NET_60 = "net60"
    NET_90 = "net90"
    EOM = "eom"


def due_date(invoice_date: date, terms: PaymentTerms) -> date:
    """The day by which an invoice is to be paid, in calendar days.

    `eom` is the last day of the invoice date's own month, also when that is the invoice date.
    """
    if terms is PaymentTerms.EOM:
        last = calendar.monthrange(invoice_date.year, invoice_date.month)[1]
        return invoice_date.replace(day=last)
    net_days = 0 if terms is PaymentTerms.PIA else int(terms.removeprefix("net"))
    try:
        return invoice_date + timedelta(days=net_days)
    except OverflowError:
        raise InvalidInput("The due date would lie beyond the year 9999", "invoice_date") from None
