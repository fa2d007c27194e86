"""How each company keeps its books, asked now and then: every question is counted there."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from quickbooks import listed
from quickbooks.client import Company, Row
from quickbooks.compose import Setup
from quickbooks.convert import Unreadable

_KEPT = timedelta(hours=1)


@dataclass
class Setups:
    """What is known of them, for an hour."""

    _known: dict[str, tuple[datetime, Setup]] = field(
        default_factory=dict[str, tuple[datetime, Setup]]
    )

    async def of(self, company: Company, now: datetime) -> Setup:
        known = self._known.get(company.realm_id)
        if known is not None and now < known[0] + _KEPT:
            return known[1]
        setup = await _asked(company)
        self._known[company.realm_id] = (now, setup)
        return setup

    def forget(self, realm_id: str) -> None:
        self._known.pop(realm_id, None)


async def _asked(company: Company) -> Setup:
    preferences = await _only(company, "Preferences")
    info = await _only(company, "CompanyInfo")
    terms = await company.query_all("Term", "ORDERBY Id")
    return Setup(
        is_american=listed.is_american(info),
        has_currencies=listed.has_currencies(preferences),
        home_currency=listed.home_currency(preferences),
        term_ids=listed.term_ids(terms),
    )


async def _only(company: Company, entity: str) -> Row:
    rows = await company.query(entity, "", limit=1)
    if not rows:
        raise Unreadable(f"QuickBooks does not say what the company's {entity} are")
    return rows[0]
