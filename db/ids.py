"""Global ids: typed, sorted by time, the same text in the database and in the API (TypeID)."""

from typeid import TypeID
from typeid.base32 import encode

ADDRESS = "address"
ACTIVITY = "activity"
BATCH = "batch"
CUSTOMER = "customer"
DOCUMENT = "document"
EXPORT = "export"
INVOICE = "invoice"
JOB = "job"
KEY = "key"
LINE_ITEM = "line"
ORDER = "order"
PAYMENT = "payment"


def new(prefix: str) -> str:
    return str(TypeID(prefix=prefix))


def at(prefix: str, milliseconds: int, randomness: int) -> str:
    """An id as `new` makes it at that time (since 1970), but of these 74 bits of randomness."""
    high, low = divmod(randomness, 1 << 62)
    # The fields of a UUID of version 7: time, version, random, variant, random.
    uuid = milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low
    return f"{prefix}_{encode(uuid.to_bytes(16))}"


def prefix_of(global_id: str) -> str:
    return global_id.rpartition("_")[0]
