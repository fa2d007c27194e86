"""What an operator says of the app at Intuit, and where Intuit is."""

from dataclasses import dataclass, field
from datetime import timedelta

from domain.quickbooks import lane
from quickbooks.pace import REQUESTS_A_SECOND

__all__ = ["Options", "lane"]

AUTHORIZE_URL = "https://appcenter.intuit.com/connect/oauth2"
TOKEN_URL = "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"  # noqa: S105 - an address
REVOKE_URL = "https://developer.api.intuit.com/v2/oauth2/tokens/revoke"
API_URL = "https://quickbooks.api.intuit.com"

CALLBACK_PATH = "/quickbooks/callback"
WEBHOOK_PATH = "/quickbooks/webhook"


@dataclass(frozen=True, slots=True)
class Options:
    """The app's credentials, and addresses that a test or a sandbox replaces.

    `redirect_url` is where Intuit sends people back to: the same as registered with the app.
    """

    client_id: str
    client_secret: str = field(repr=False)
    redirect_url: str
    # What webhooks are signed with; without it none is believed.
    webhook_verifier: str | None = field(default=None, repr=False)
    authorize_url: str = AUTHORIZE_URL
    token_url: str = TOKEN_URL
    revoke_url: str = REVOKE_URL
    api_url: str = API_URL
    poll_every: timedelta = timedelta(minutes=15)
    # How long an answer may take.
    timeout_seconds: float = 30
    # What QuickBooks allows for a company.
    requests_a_second: int = REQUESTS_A_SECOND
