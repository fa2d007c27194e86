"""The whole service: companies, grants, what goes wrong, and what was asked."""

from fnmatch import fnmatchcase
from urllib.parse import parse_qs, urlencode, urlsplit

from . import company
from .books import Books, Row
from .clock import Clock, MovableClock
from .grants import Grants
from .json_text import Json
from .mishaps import Asked, Mishap
from .person import Person
from .switches import Preferences, Switches
from .webhooks import Webhooks

REALM = "9341450000000001"
CLIENT_SECRET = "simulated-secret"
VERIFIER_TOKEN = "simulated-verifier"
SCOPE = "com.intuit.quickbooks.accounting"


class Simulator:
    """QuickBooks Online in memory, with one company from the start.

    Tests turn `switches`, add `mishaps`, act as `person`, give `webhooks` a url, move `clock`, and
    read `asked`.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        client_id: str = "remit",
        client_secret: str = CLIENT_SECRET,
        verifier_token: str = VERIFIER_TOKEN,
    ) -> None:
        self.clock: Clock = clock or MovableClock()
        self.client_id = client_id
        self.client_secret = client_secret
        self.switches = Switches()
        self.grants = Grants(self.clock, self.switches)
        self.mishaps: list[Mishap] = []
        self.asked: list[Asked] = []
        self.webhooks = Webhooks(self.clock, self.switches, verifier_token, self.next_mishap)
        self.companies: dict[str, Books] = {}
        self.replays: dict[tuple[str, str], tuple[float, Json]] = {}
        self.add_company(REALM, "Demo Freight Books")

    def add_company(self, realm: str, name: str, preferences: Preferences | None = None) -> Books:
        books = Books(realm, name, self.clock, self.switches, preferences or Preferences())
        company.fill(books)
        books.told = lambda row, operation: self._told(books, row, operation)
        self.companies[realm] = books
        return books

    @property
    def company(self) -> Books:
        """The first one."""
        return next(iter(self.companies.values()))

    @property
    def preferences(self) -> Preferences:
        return self.company.preferences

    @property
    def person(self) -> Person:
        """Somebody in the first company."""
        return Person(self.company)

    def person_in(self, realm: str) -> Person:
        return Person(self.companies[realm])

    def authorize(self, url: str, *, realm: str | None = None, deny: bool = False) -> str:
        """What a person's click on Connect leads to: the callback with code, state and realmId.

        ValueError where QuickBooks would show an error page instead.
        """
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        self.check_authorize(asked)
        answer = {"state": asked["state"]} if "state" in asked else {}
        if deny:
            answer |= {"error": "access_denied"}
        else:
            realm = realm or self.company.realm
            code = self.grants.code(self.companies[realm].realm, asked["redirect_uri"])
            answer |= {"code": code, "realmId": realm}
        joint = "&" if "?" in asked["redirect_uri"] else "?"
        return f"{asked['redirect_uri']}{joint}{urlencode(answer)}"

    def check_authorize(self, asked: dict[str, str]) -> None:
        if asked.get("client_id") != self.client_id:
            raise ValueError("unknown client_id")
        if asked.get("response_type") != "code":
            raise ValueError("response_type must be code")
        if SCOPE not in asked.get("scope", "").split():
            raise ValueError("invalid scope")
        if "redirect_uri" not in asked or "state" not in asked:
            raise ValueError("redirect_uri and state are required")

    def disconnect(self, realm: str | None = None) -> None:
        """A person removes the app inside QuickBooks."""
        self.grants.disconnect(realm or self.company.realm)

    def go_wrong(self, mishap: Mishap) -> Mishap:
        self.mishaps.append(mishap)
        return mishap

    def next_mishap(self, spot: str) -> Mishap | None:
        return next((each for each in self.mishaps if each.strikes(spot)), None)

    def count(self, pattern: str) -> int:
        """How many requests came, by the same patterns as mishaps have."""
        return sum(fnmatchcase(each.spot, pattern) for each in self.asked)

    def _told(self, books: Books, row: Row, operation: str) -> None:
        self.webhooks.tell(books.realm, row.kind, row.id, operation)
