"""Global ids: typed, sorted by time, the same text in the database and in the API (TypeID)."""

from typeid import TypeID

ADDRESS = "address"
ACTIVITY = "activity"
BATCH = "batch"
CUSTOMER = "customer"
INVOICE = "invoice"
LINE_ITEM = "line"
ORDER = "order"
PAYMENT = "payment"


def new(prefix: str) -> str:
    return str(TypeID(prefix=prefix))


def prefix_of(global_id: str) -> str:
    return global_id.rpartition("_")[0]
