"""The demo's customers: who they are, and how they pay."""

from collections.abc import Sequence
from dataclasses import dataclass

from db import counters, ids, search
from domain import activity as told
from domain.activity import ActivityKind
from domain.payment import PaymentMethod
from domain.terms import PaymentTerms
from domain.text import NAME_MAX, folded
from services.demo import names, places
from services.demo.books import Books
from services.demo.chance import Chance
from services.demo.drafts import Address, Customer
from services.demo.places import City
from services.demo.workdays import Workdays, instant

_HOMES = (places.IN_CANADA,) * 6 + (places.IN_UNITED_STATES,) * 3 + (places.IN_MEXICO,)
_CURRENCIES = {
    "CA": ("CAD", "CAD", "CAD", "CAD", "USD"),
    "US": ("USD", "USD", "USD", "CAD"),
    "MX": ("MXN", "MXN", "USD"),
}
# Everybody's first choice beside the terms that hardly anybody has.
_TERMS = (*PaymentTerms, *(PaymentTerms.NET_30,) * 10, *(PaymentTerms.NET_45,) * 3)
_METHODS = {
    "CA": (PaymentMethod.CHEQUE, PaymentMethod.EFT, PaymentMethod.EFT, PaymentMethod.CREDIT_CARD),
    "US": (PaymentMethod.ACH, PaymentMethod.ACH, PaymentMethod.CHEQUE, PaymentMethod.WIRE),
    "MX": (PaymentMethod.WIRE, PaymentMethod.EFT),
}
_BAD_PAYERS = 12


@dataclass(slots=True)
class Payer:
    """A customer, and what is not written anywhere: its habits."""

    customer: Customer
    home: City
    method: PaymentMethod
    days_late: int
    is_bad: bool
    pays_in_batches: bool
    last_cheque: int

    def next_cheque(self) -> str:
        self.last_cheque += 1
        return str(self.last_cheque)


def make_all(books: Books, workdays: Workdays, number: int) -> Sequence[Payer]:
    """Customers, each made at its time in these days."""
    taken: set[str] = set()
    payers: list[Payer] = []
    for place in range(number):
        at = workdays.at(workdays.duration * place // number)
        assert at is not None  # noqa: S101 - the last one comes before the end
        # The first ten show every kind of terms.
        terms = _TERMS[place] if place < len(PaymentTerms) else books.chance.pick(_TERMS)
        payers.append(_make(books, at, terms, taken))
    return payers


def _make(books: Books, at: int, terms: PaymentTerms, taken: set[str]) -> Payer:
    chance = books.chance
    home = chance.pick(chance.pick(_HOMES))
    name = _name(chance, home, taken)
    address = _address(books, at, name, home)
    slug = "".join(letter for letter in name.split(" ")[0].lower() if letter.isascii())
    customer = Customer(
        id=chance.id(ids.CUSTOMER, at),
        number=books.number(counters.CUSTOMERS),
        name=name,
        name_folded=folded(name)[:NAME_MAX],
        email=f"ap@{slug}.example",
        phone=f"{names.DIALLING_CODES[home.country_code]} {chance.below(10_000):04d}",
        currency=chance.pick(_CURRENCIES[home.country_code]),
        terms=terms,
        bill_to_address_id=address.id,
        created_at=instant(at),
    )
    books.add(customer)
    books.index(customer.id, search.customer_texts(customer.full_id, customer.name))
    books.note(at, customer, ActivityKind.CREATED, told.customer_created(customer))
    is_bad = chance.percent(_BAD_PAYERS)
    return Payer(
        customer,
        home,
        method=chance.pick(_METHODS[home.country_code]),
        days_late=chance.between(-6, 24),
        is_bad=is_bad,
        pays_in_batches=not is_bad and chance.percent(25),
        last_cheque=chance.between(1_000, 40_000),
    )


def _name(chance: Chance, home: City, taken: set[str]) -> str:
    """A name nobody has yet; in the long run only its city tells it from another."""
    while True:
        business = chance.pick(names.BROKERS if chance.percent(60) else names.SHIPPERS)
        name = f"{chance.pick(names.NAMES)} {business}"
        if name in taken:
            name = f"{name} {home.name}"
        if name not in taken:
            taken.add(name)
            return f"{name} {chance.pick(names.FORMS[home.country_code])}"


def _address(books: Books, at: int, name: str, city: City) -> Address:
    chance = books.chance
    address = Address(
        id=chance.id(ids.ADDRESS, at),
        company_name=name,
        address1=f"{chance.between(1, 9_900)} {chance.pick(names.STREETS[city.country_code])}",
        address2=f"Unit {chance.between(1, 60)}" if chance.percent(30) else None,
        city=city.name,
        state_code=city.state_code,
        postal_code=places.postal_code(chance, city),
        country_code=city.country_code,
    )
    books.add(address)
    return address
