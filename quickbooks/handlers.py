"""Who does which jobs."""

from collections.abc import Mapping

from domain.job import JobKind
from quickbooks.companies import Companies
from quickbooks.pull import Pull
from quickbooks.push import Push
from quickbooks.revoking import RevokeTokens
from services.jobs import Handler


def handlers(companies: Companies) -> Mapping[JobKind, Handler]:
    """A handler for each kind of job that is asked for."""
    return {
        JobKind.PUSH_INVOICE: Push(companies),
        JobKind.PULL_CHANGES: Pull(companies),
        JobKind.REVOKE_TOKENS: RevokeTokens(companies.oauth, companies.vault),
    }
