"""Who may reach which company: codes, refresh tokens that rotate, and access tokens."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .clock import Clock
from .faults import Refusal
from .json_text import Json
from .switches import Switches

REFRESH_LIFE = timedelta(seconds=8726400)
HARD_LIFE = timedelta(days=5 * 365)
ROTATION = timedelta(hours=24)


class Denied(Exception):
    """An OAuth error, such as invalid_grant."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(error)
        self.body = {"error": error, "error_description": description}
        self.status = status


@dataclass
class Code:
    realm: str
    redirect_uri: str
    made: datetime
    used: bool = False


@dataclass
class Grant:
    """One connection of the app to a company, with the one refresh token that works."""

    realm: str
    since: datetime
    refresh_token: str
    token_since: datetime
    revoked: bool = False
    old_tokens: list[str] = field(default_factory=list[str])


@dataclass
class Grants:
    clock: Clock
    switches: Switches
    codes: dict[str, Code] = field(default_factory=dict[str, Code])
    grants: list[Grant] = field(default_factory=list[Grant])
    access: dict[str, tuple[Grant, datetime]] = field(
        default_factory=dict[str, tuple[Grant, datetime]]
    )

    def code(self, realm: str, redirect_uri: str) -> str:
        code = f"AB1{secrets.token_urlsafe(30)}"
        self.codes[code] = Code(realm, redirect_uri, self.clock())
        return code

    def exchanged(self, code: str, redirect_uri: str) -> Grant:
        found = self.codes.get(code)
        now = self.clock()
        life = timedelta(seconds=self.switches.code_life)
        if found is None or found.used or now >= found.made + life:
            raise Denied("invalid_grant", "Invalid authorization code")
        if found.redirect_uri != redirect_uri:
            raise Denied("invalid_grant", "Invalid redirect URI")
        found.used = True
        grant = Grant(found.realm, now, _refresh_token(), now)
        self.grants.append(grant)
        return grant

    def refreshed(self, token: str) -> Grant:
        """The token comes back the same until a day has passed."""
        now = self.clock()
        for grant in self.grants:
            if token in grant.old_tokens and self.switches.stale_refresh_revokes:
                grant.revoked = True
        grant = next((each for each in self.grants if each.refresh_token == token), None)
        if grant is None or grant.revoked or now >= _end(grant):
            raise Denied("invalid_grant", "Incorrect or invalid refresh token")
        if self.switches.rotate_always or now >= grant.token_since + ROTATION:
            grant.old_tokens.append(token)
            grant.refresh_token = _refresh_token()
            grant.token_since = now
        return grant

    def answer(self, grant: Grant, *, hard: bool) -> Json:
        """A new access token beside the grant's refresh token."""
        now = self.clock()
        token = f"eyJ{secrets.token_urlsafe(40)}"
        life = self.switches.access_token_life
        self.access[token] = (grant, now + timedelta(seconds=life))
        result: Json = {
            "token_type": "bearer",
            "access_token": token,
            "expires_in": life,
            "refresh_token": grant.refresh_token,
            "x_refresh_token_expires_in": int((_end(grant) - now).total_seconds()),
        }
        if hard:
            left = grant.since + HARD_LIFE - now
            result["x_refresh_token_hard_expires_in"] = int(left.total_seconds())
        return result

    def revoke(self, token: str) -> None:
        """Either token ends the whole connection to that company."""
        found = [each for each in self.grants if token == each.refresh_token]
        if token in self.access:
            found.append(self.access[token][0])
        if not found or found[0].revoked:
            raise Denied("invalid_request", "Token is incorrect or already revoked")
        self.disconnect(found[0].realm)

    def disconnect(self, realm: str) -> None:
        for grant in self.grants:
            if grant.realm == realm:
                grant.revoked = True

    def expire_access(self) -> None:
        """Every access token has had its hour."""
        self.access = {token: (grant, self.clock()) for token, (grant, _) in self.access.items()}

    def check(self, authorization: str, realm: str) -> None:
        kind, _, token = authorization.partition(" ")
        found = self.access.get(token)
        if kind.lower() != "bearer" or found is None:
            raise Refusal("3200", "Malformed bearer token")
        grant, until = found
        if grant.revoked or self.clock() >= until:
            raise Refusal("3200", "Token expired")
        if grant.realm != realm:
            raise Refusal("3100", "The application is not authorised for this company")


def _end(grant: Grant) -> datetime:
    return min(grant.token_since + REFRESH_LIFE, grant.since + HARD_LIFE)


def _refresh_token() -> str:
    return f"RT1-{secrets.token_urlsafe(30)}"
