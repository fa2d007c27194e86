"""Exact numbers: money in whole cents, quantities, rates and tax rates in 10^-4 (`_e4`)."""

from decimal import Decimal

from domain.errors import InvalidInput

CENT_PLACES = 2
E4_PLACES = 4

# Twelve digits before the point: the largest total an invoice may have.
AMOUNT_CENTS_MAX = 10**14 - 1
E4_MAX = 10**16 - 1

# ISO 4217 codes of currencies that count in hundredths. Others (JPY, KWD, ...) are refused by name:
# a cent of them would be another amount.
CURRENCIES = frozenset(
    """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
    HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT
    MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
    USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
    """.split()
)


def round_half_up(numerator: int, denominator: int) -> int:
    """Divide and round to whole units, away from zero on a tie.

    Away from zero, so that a reversed line cancels the line it reverses exactly.
    """
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def cents_from(amount: Decimal, *path: str) -> int:
    """Whole cents of a decimal amount; an amount finer than a cent is refused, not rounded."""
    return _scaled(amount, CENT_PLACES, AMOUNT_CENTS_MAX, path)


def e4_from(number: Decimal, *path: str) -> int:
    """A quantity, rate or tax rate in 10^-4; finer numbers are refused, not rounded."""
    return _scaled(number, E4_PLACES, E4_MAX, path)


def _scaled(number: Decimal, places: int, maximum: int, path: tuple[str, ...]) -> int:
    # Checked before scaling: a number of a thousand digits must not be multiplied out first.
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or number.adjusted() > 12:
        raise InvalidInput("At most 12 digits may stand before the point", *path)
    if -exponent > places and number.quantize(Decimal(1).scaleb(-places)) != number:
        raise InvalidInput(f"At most {places} decimal places are allowed", *path)
    scaled = int(number.scaleb(places))
    if abs(scaled) > maximum:
        raise InvalidInput("At most 12 digits may stand before the point", *path)
    return scaled


def decimal_text(cents: int) -> str:
    """`-1234` as `-12.34`: always two places, no grouping."""
    if cents >= 100:
        # Most amounts, thousands of them in an answer: cut apart, they cost half of what follows.
        text = str(cents)
        return f"{text[:-2]}.{text[-2:]}"
    sign = "-" if cents < 0 else ""
    whole, hundredths = divmod(abs(cents), 100)
    return f"{sign}{whole}.{hundredths:02d}"


def e4_text(number_e4: int) -> str:
    """`355055` as `35.5055`, `10000` as `1`: the shortest exact form."""
    if number_e4 >= 10**E4_PLACES:
        text = str(number_e4)
        return f"{text[:-4]}.{text[-4:]}".rstrip("0").rstrip(".")
    sign = "-" if number_e4 < 0 else ""
    whole, fraction = divmod(abs(number_e4), 10**E4_PLACES)
    if not fraction:
        return f"{sign}{whole}"
    return f"{sign}{whole}.{fraction:04d}".rstrip("0")


def money_text(cents: int, currency: str) -> str:
    """An amount as a clerk reads it: `400.00 CAD`."""
    return f"{decimal_text(cents)} {currency}"
