"""The text of an API key: secret scanners find it where it has leaked, and typing errors show."""

import base64
import hashlib
import re
import zlib

# 160 bits, so that nobody guesses one and a plain digest is enough to keep.
CHANCE_BYTES = 20

_KEY = re.compile(r"(remit_([1-9][0-9]{0,14})_[a-z2-7]{32})_([0-9a-f]{8})")
_LENGTH_MAX = 64


def key_text(organization_id: int, chance: bytes) -> str:
    """A key such as `remit_1_<32 letters and digits>_<8 digits of a checksum>`."""
    unchecked = f"remit_{organization_id}_{base64.b32encode(chance).decode().lower()}"
    return f"{unchecked}_{_checksum(unchecked)}"


def organization_of(text: str) -> int | None:
    """The organization that the key is for; nothing for text that is no key, or a mistyped one."""
    found = _KEY.fullmatch(text) if len(text) <= _LENGTH_MAX else None
    if found is None or _checksum(found[1]) != found[3]:
        return None
    return int(found[2])


def digest_of(text: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(text.encode()).hexdigest()


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"
