"""What is charged for moving freight: the line items of orders and invoices."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.line_item import LineItemType, line_amounts
from services.demo.chance import Chance
from services.demo.places import CITIES, IN_CANADA, City, miles, tax_rate_e4

_ONE = 10**4
# What an amount in CAD is in the customer's currency, in hundredths.
_EXCHANGE = {"CAD": 100, "USD": 74, "MXN": 1350}
_ACCESSORIALS = (
    "Residential delivery",
    "Inside delivery",
    "Appointment",
    "Tailgate unload",
    "Limited access pickup",
    "Layover",
)
_SURCHARGES = ("Peak season surcharge", "Border congestion surcharge", "Winter road surcharge")


@dataclass(slots=True)
class Charge:
    type: LineItemType
    description: str
    quantity_e4: int
    rate_e4: int
    tax_rate_e4: int
    amount_cents: int
    tax_amount_cents: int

    @property
    def total_cents(self) -> int:
        return self.amount_cents + self.tax_amount_cents


@dataclass(frozen=True, slots=True)
class Lane:
    """From where to where, billed in which currency and with which tax."""

    origin: City
    destination: City
    currency: str
    tax_rate_e4: int

    def charge(self, kind: LineItemType, what: str, quantity_e4: int, rate_e4: int) -> Charge:
        amounts = line_amounts(
            quantity_e4=quantity_e4, rate_e4=rate_e4, tax_rate_e4=self.tax_rate_e4
        )
        return Charge(
            kind,
            what,
            quantity_e4,
            rate_e4,
            self.tax_rate_e4,
            amounts.amount_cents,
            amounts.tax_amount_cents,
        )

    def flat(self, kind: LineItemType, what: str, cents: int, quantity: int = 1) -> Charge:
        """At a price in Canadian cents."""
        return self.charge(kind, what, quantity * _ONE, cents * _EXCHANGE[self.currency])


def lane(chance: Chance, home: City, currency: str) -> Lane:
    """Two of three loads leave from where the customer is."""
    origin = home if chance.percent(66) else chance.pick(CITIES)
    destination = origin
    while destination is origin:
        # Most of what a Canadian carrier moves stays in the country.
        destination = chance.pick(IN_CANADA if chance.percent(55) else CITIES)
    return Lane(origin, destination, currency, tax_rate_e4(origin, destination))


def load(chance: Chance, lane: Lane) -> Iterator[Charge]:
    """What one load costs: freight, mostly fuel, and whatever else came up."""
    freight = _freight(chance, lane)
    yield freight
    if chance.percent(94):
        # Of a thousand.
        share = chance.between(165, 325)
        what = f"Fuel surcharge, {share // 10}.{share % 10} %"
        yield lane.charge(LineItemType.FUEL, what, share * 10, freight.amount_cents * 100)
    if chance.percent(17):
        cents = chance.between(13, 24) * 500
        yield lane.flat(LineItemType.LIFTGATE, f"Liftgate at {lane.destination}", cents)
    if chance.percent(9):
        yield detention(chance, lane)
    if chance.percent(24):
        cents = chance.between(35, 180) * 100
        yield lane.flat(LineItemType.ACCESSORIAL, chance.pick(_ACCESSORIALS), cents)
    if chance.percent(9):
        cents = chance.between(25, 150) * 100
        yield lane.flat(LineItemType.SURCHARGE, chance.pick(_SURCHARGES), cents)
    if chance.percent(9):
        share = chance.pick((2, 3, 5, 10))
        what = f"Volume discount, {share} %"
        yield lane.charge(LineItemType.OTHER, what, share * 100, -freight.amount_cents * 100)


def detention(chance: Chance, lane: Lane) -> Charge:
    half_hours = chance.between(2, 11)
    hours = f"{half_hours // 2}.5" if half_hours % 2 else f"{half_hours // 2}"
    what = f"Detention, {hours} h at {lane.destination}"
    rate_e4 = chance.pick((7500, 8500, 9500)) * _EXCHANGE[lane.currency]
    return lane.charge(LineItemType.DETENTION, what, half_hours * _ONE // 2, rate_e4)


def other(chance: Chance, lane: Lane) -> Charge:
    """What is billed without an order."""
    match chance.below(5):
        case 0:
            cents = chance.between(85, 160) * 100
            return lane.flat(LineItemType.OTHER, "Customs brokerage", cents)
        case 1:
            days = chance.between(2, 9)
            return lane.flat(LineItemType.ACCESSORIAL, f"Storage, {days} days", 4550, days)
        case 2:
            return lane.flat(LineItemType.OTHER, "Pallets", 1895, chance.between(2, 24))
        case 3:
            what = f"Cross-dock at {lane.origin}"
            return lane.flat(LineItemType.ACCESSORIAL, what, chance.between(120, 340) * 100)
        case _:
            what = f"Truck ordered, not used, {lane.origin}"
            return lane.flat(LineItemType.FREIGHT, what, chance.between(150, 450) * 100)


def _freight(chance: Chance, lane: Lane) -> Charge:
    distance = miles(lane.origin, lane.destination)
    hundredweights = chance.between(4, 120) if chance.percent(70) else chance.between(200, 440)
    pounds = f"{hundredweights * 100:,}".replace(",", " ")
    what = f"{lane.origin} to {lane.destination}, {pounds} lb"
    if hundredweights > 120:
        # A full truck: by the mile.
        return lane.flat(LineItemType.FREIGHT, what, distance * chance.between(210, 330))
    rate_e4 = (90_000 + distance * 230 + chance.below(40_000)) * _EXCHANGE[lane.currency] // 100
    return lane.charge(LineItemType.FREIGHT, what, hundredweights * _ONE, rate_e4)
