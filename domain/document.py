"""Documents of an invoice: what they are, how large they may be, and how they may be named."""

import re
import unicodedata
from enum import StrEnum

from domain.errors import InvalidInput, LimitExceeded
from domain.text import NAME_MAX, check_required

SIZE_BYTES_MAX = 26_214_400
DOCUMENTS_MAX = 100

# RFC 6838: what a registered name is made of. There are no parameters.
_MIME_TYPE = re.compile(
    r"(application|audio|font|image|message|model|text|video)/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}"
)
# What a browser would run, were it shown and not saved.
_ACTIVE = re.compile(r"text/html|.*[/+]xml|.*xhtml.*|.*script")
# What some system takes for something else than a part of a name.
_RESERVED = re.compile(r'[<>:"|?*]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


class DocumentType(StrEnum):
    BILL_OF_LADING = "billOfLading"
    PROOF_OF_DELIVERY = "proofOfDelivery"
    PROOF_OF_PICKUP = "proofOfPickup"
    RATE_CONFIRMATION = "rateConfirmation"
    COMMERCIAL_INVOICE = "commercialInvoice"
    INVOICE = "invoice"
    OTHER = "other"

    @property
    def words(self) -> str:
        """The type as a clerk says it: `proof of delivery`."""
        return "document" if self is DocumentType.OTHER else self.name.lower().replace("_", " ")


def check_file_name(name: str) -> str:
    """The name made harmless: no folders, nothing unseen, nothing that a system acts on."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    # Controls, marks that turn the direction of writing, and other characters that nobody sees.
    seen = "".join(" " if one.isspace() else one for one in last if _is_seen(one))
    harmless = _RESERVED.sub("_", " ".join(seen.split())).strip(". ")
    if not harmless:
        raise InvalidInput("This is not the name of a file", "file_name")
    if _DEVICES.match(harmless):
        harmless = f"_{harmless}"
    return check_required(harmless, "file_name", NAME_MAX)


def check_mime_type(mime_type: str) -> str:
    lower = mime_type.strip().lower()
    if not _MIME_TYPE.fullmatch(lower):
        raise InvalidInput("This is not a media type, such as application/pdf", "mime_type")
    return lower


def check_count(documents: int) -> None:
    """Whether one more may be attached to an invoice that has so many."""
    if documents >= DOCUMENTS_MAX:
        raise LimitExceeded(f"An invoice has at most {DOCUMENTS_MAX} documents")


def served_type(mime_type: str) -> str:
    """As what a file is downloaded: never as something that a browser would run."""
    return "application/octet-stream" if _ACTIVE.fullmatch(mime_type) else mime_type


def _is_seen(character: str) -> bool:
    return character.isspace() or not unicodedata.category(character).startswith("C")
