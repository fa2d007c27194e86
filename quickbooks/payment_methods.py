"""Ways to pay, which payments there name by id."""

from dataclasses import dataclass, field

from domain.payment import PaymentMethod
from quickbooks import convert
from quickbooks.client import Company

# Companies write their own list; these names are QuickBooks' own, and common ones.
_METHODS = {
    "ach": PaymentMethod.ACH,
    "american express": PaymentMethod.CREDIT_CARD,
    "amex": PaymentMethod.CREDIT_CARD,
    "bank transfer": PaymentMethod.EFT,
    "cash": PaymentMethod.CASH,
    "check": PaymentMethod.CHEQUE,
    "cheque": PaymentMethod.CHEQUE,
    "credit card": PaymentMethod.CREDIT_CARD,
    "direct deposit": PaymentMethod.EFT,
    "discover": PaymentMethod.CREDIT_CARD,
    "e-check": PaymentMethod.ACH,
    "echeck": PaymentMethod.ACH,
    "eft": PaymentMethod.EFT,
    "electronic funds transfer": PaymentMethod.EFT,
    "mastercard": PaymentMethod.CREDIT_CARD,
    "other": PaymentMethod.OTHER,
    "visa": PaymentMethod.CREDIT_CARD,
    "wire": PaymentMethod.WIRE,
    "wire transfer": PaymentMethod.WIRE,
}


def method_of(name: str) -> PaymentMethod | None:
    """What a name means here, where that is certain."""
    return _METHODS.get(" ".join(name.casefold().split()))


@dataclass
class PaymentMethods:
    """The lists of all companies, each read when a payment names what is not in it."""

    _names: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    async def of(self, company: Company, method_id: str | None) -> PaymentMethod | None:
        if method_id is None:
            return None
        names = self._names.get(company.realm_id, {})
        if method_id not in names:
            rows = await company.query_all("PaymentMethod", "WHERE Active IN (true, false)")
            # One that cannot be found is not looked for again either.
            names = {method_id: "", **dict(map(convert.payment_method, rows))}
            self._names[company.realm_id] = {**self._names.get(company.realm_id, {}), **names}
        return method_of(names[method_id])
