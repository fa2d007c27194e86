"""Work that is done outside of requests: its kinds, and when it is tried again."""

from datetime import timedelta
from enum import StrEnum

# The last wait before a job is given up is about ten minutes, all of them half an hour at most.
ATTEMPTS_MAX = 10
_FIRST_SECONDS = 2
_LONGEST_SECONDS = 900


class JobKind(StrEnum):
    """What a job does. Each is about one thing, named by its key."""

    # Make, change or void an invoice's copy in QuickBooks; the key is the invoice's id.
    PUSH_INVOICE = "pushInvoice"
    # Bring payments back from QuickBooks; the key is the company's realm id.
    PULL_CHANGES = "pullChanges"
    # Tell Intuit that tokens are not needed any more; the key is the company's realm id.
    REVOKE_TOKENS = "revokeTokens"


class JobState(StrEnum):
    """What becomes of a job; one that is done is no more."""

    QUEUED = "queued"
    RUNNING = "running"
    # Given up: it stays, with its error, until somebody asks for it again.
    DEAD = "dead"


# Which of several due jobs comes first.
RANKS = {JobKind.PULL_CHANGES: 0, JobKind.PUSH_INVOICE: 1, JobKind.REVOKE_TOKENS: 2}


def backoff(attempts: int, *, jitter_per_cent: int) -> timedelta:
    """How long to wait after so many failures: doubled each time, less up to half of it.

    `jitter_per_cent`, 0 to 99, is by chance, so that what failed together is not repeated together.
    """
    longest = min(_LONGEST_SECONDS, _FIRST_SECONDS << min(attempts, 20))
    return timedelta(milliseconds=longest * (1000 - 5 * jitter_per_cent))
