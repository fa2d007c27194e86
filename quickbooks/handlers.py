"""Who does which jobs."""

from collections.abc import Mapping

from domain.job import JobKind
from quickbooks.companies import Companies
from quickbooks.revoking import RevokeTokens
from services.jobs import Handler


def handlers(companies: Companies) -> Mapping[JobKind, Handler]:
    """A handler for each kind of job that is asked for."""
    return {JobKind.REVOKE_TOKENS: RevokeTokens(companies.oauth, companies.vault)}
