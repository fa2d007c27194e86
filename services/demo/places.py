"""Where freight comes from and goes to."""

from dataclasses import dataclass
from math import isqrt

from services.demo.chance import Chance


@dataclass(frozen=True, slots=True)
class City:
    """Latitude and longitude are in tenths of a degree; `postal` is a pattern."""

    name: str
    state_code: str
    country_code: str
    postal: str
    latitude: int
    longitude: int

    def __str__(self) -> str:
        return f"{self.name}, {self.state_code}"


def _city(line: str) -> City:
    name, state_code, country_code, postal, latitude, longitude = line.split("|")
    return City(name, state_code, country_code, postal, int(latitude), int(longitude))


# In postal codes, # is a digit and @ a letter.
CITIES = tuple(
    _city(line)
    for line in """
Toronto|ON|CA|M9W #@#|437|-794
Mississauga|ON|CA|L5T #@#|436|-796
Hamilton|ON|CA|L8H #@#|433|-799
London|ON|CA|N5V #@#|430|-812
Ottawa|ON|CA|K1G #@#|454|-757
Montréal|QC|CA|H4T #@#|455|-736
Québec|QC|CA|G1P #@#|468|-712
Laval|QC|CA|H7L #@#|456|-737
Winnipeg|MB|CA|R2R #@#|499|-971
Calgary|AB|CA|T2C #@#|510|-1141
Edmonton|AB|CA|T6E #@#|535|-1135
Vancouver|BC|CA|V6A #@#|493|-1231
Surrey|BC|CA|V3W #@#|492|-1228
Halifax|NS|CA|B3S #@#|446|-636
Buffalo|NY|US|142##|429|-789
Newark|NJ|US|071##|407|-742
Detroit|MI|US|482##|423|-830
Chicago|IL|US|606##|419|-876
Columbus|OH|US|432##|400|-830
Louisville|KY|US|402##|382|-857
Atlanta|GA|US|303##|337|-844
Memphis|TN|US|381##|351|-900
Dallas|TX|US|752##|328|-968
Laredo|TX|US|780##|275|-995
Phoenix|AZ|US|850##|334|-1121
Los Angeles|CA|US|900##|341|-1182
Monterrey|NLE|MX|64###|257|-1003
Guadalajara|JAL|MX|44###|207|-1033
Querétaro|QUE|MX|76###|206|-1004
Ciudad de México|CMX|MX|06###|194|-991
""".strip().splitlines()
)
IN_CANADA = tuple(city for city in CITIES if city.country_code == "CA")
IN_UNITED_STATES = tuple(city for city in CITIES if city.country_code == "US")
IN_MEXICO = tuple(city for city in CITIES if city.country_code == "MX")

_HST, _GST, _QST, _ATLANTIC_HST = 13_0000, 5_0000, 9_9750, 15_0000
_TAX_RATES_E4 = {"ON": _HST, "QC": _QST, "NS": _ATLANTIC_HST}
_LETTERS = "ABCEGHJKLMNPRSTVWXYZ"


def tax_rate_e4(origin: City, destination: City) -> int:
    """The tax of the destination's province; freight across a border is exempt."""
    if origin.country_code != "CA" or destination.country_code != "CA":
        return 0
    return _TAX_RATES_E4.get(destination.state_code, _GST)


def miles(origin: City, destination: City) -> int:
    """By road, roughly."""
    south = (origin.latitude - destination.latitude) * 8
    east = (origin.longitude - destination.longitude) * 6
    return isqrt(south * south + east * east) + 15


def postal_code(chance: Chance, city: City) -> str:
    return "".join(
        str(chance.below(10)) if sign == "#" else chance.pick(_LETTERS) if sign == "@" else sign
        for sign in city.postal
    )
