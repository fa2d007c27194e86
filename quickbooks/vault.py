"""Tokens at rest: encrypted, and bound to the organization and the company that they are for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet


class BadTokenKey(Exception):
    """Not what Fernet takes for a key; says which one, and nothing of it."""


class Unopened(Exception):
    """Sealed by a key that is not here, or for somebody else, or not sealed at all."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What Intuit gave: one to ask with, for an hour, and one to get the next pair with."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)


class Vault:
    """Seals by the first key, opens by any."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._fernet = MultiFernet([_fernet(number, key) for number, key in enumerate(keys, 1)])

    def seal(self, organization_id: int, realm_id: str, tokens: Tokens) -> str:
        content = [organization_id, realm_id, tokens.access, tokens.refresh]
        return self._fernet.encrypt(orjson.dumps(content)).decode()

    def open(self, organization_id: int, realm_id: str, sealed: str) -> Tokens:
        """Raises Unopened: a row that was copied to another organization opens nothing."""
        try:
            content = orjson.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken:
            raise Unopened from None
        if content[:2] != [organization_id, realm_id]:
            raise Unopened
        return Tokens(*content[2:])


def _fernet(number: int, key: bytes) -> Fernet:
    try:
        return Fernet(key.strip())
    except ValueError:
        raise BadTokenKey(f"Key {number} is not 32 bytes in URL-safe base64") from None
