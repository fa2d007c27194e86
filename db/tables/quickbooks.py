"""QuickBooks Online: the connected company, and what here is what there.

Everything but the connection names the company (`realm_id`): whoever connects another company, and
later the first one again, finds what belongs to it.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from db.columns import Id, Instant, Long, LongText, named, table_name, text
from domain.line_item import LineItemType
from domain.quickbooks import QuickBooksState
from domain.text import NAME_MAX

REALM_MAX = 32
# Ids of QuickBooks are numbers of at most 19 digits, kept as the text they are.
FOREIGN_ID_MAX = 32

_CONSENT_MAX = 64
_HAS_FOREIGN_ID = sql("quickbooks_id IS NOT NULL")


def _of_organization() -> int:
    return Field(sa_type=Long, primary_key=True, foreign_key="organizations.id")


class QuickBooksConnection(SQLModel, table=True):
    """The company an organization is, or was last, connected to."""

    __tablename__ = table_name("quickbooks_connections")
    __table_args__ = (
        CheckConstraint("disconnected_at IS NULL OR tokens IS NULL", name="tokens"),
        CheckConstraint("(refresh_owner IS NULL) = (refresh_until IS NULL)", name="refresh"),
        Index(None, "realm_id"),
    )

    organization_id: int = _of_organization()
    realm_id: str = Field(sa_type=text(REALM_MAX))
    company_name: str = Field(sa_type=text(NAME_MAX))
    # Both tokens, encrypted.
    tokens: str | None = Field(sa_type=LongText, default=None)
    access_expires_at: datetime | None = Field(sa_type=Instant, default=None)
    refresh_expires_at: datetime | None = Field(sa_type=Instant, default=None)
    # Who is refreshing the tokens now, and until when nobody else may.
    refresh_owner: str | None = Field(sa_type=text(_CONSENT_MAX), default=None)
    refresh_until: datetime | None = Field(sa_type=Instant, default=None)
    connected_at: datetime = Field(sa_type=Instant)
    connected_by: str = Field(sa_type=text(NAME_MAX))
    disconnected_at: datetime | None = Field(sa_type=Instant, default=None)
    # Why a person has to connect it again; null while all is well.
    reconnect_reason: str | None = Field(sa_type=LongText, default=None)
    # Up to when, by QuickBooks' clock, its changes have been read.
    changed_since: datetime = Field(sa_type=Instant)
    last_synced_at: datetime | None = Field(sa_type=Instant, default=None)


class QuickBooksConsent(SQLModel, table=True):
    """A person was sent to Intuit to consent; the secret that comes back is known by its digest."""

    __tablename__ = table_name("quickbooks_consents")
    __table_args__ = (Index(None, "expires_at"),)

    organization_id: int = _of_organization()
    digest: str = Field(sa_type=text(_CONSENT_MAX), primary_key=True)
    requested_by: str = Field(sa_type=text(NAME_MAX))
    expires_at: datetime = Field(sa_type=Instant)


class QuickBooksCustomer(SQLModel, table=True):
    """Which customer there is which here."""

    __tablename__ = table_name("quickbooks_customers")
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "customer_id"], ["customers.organization_id", "customers.id"]
        ),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True)
    realm_id: str = Field(sa_type=text(REALM_MAX), primary_key=True)
    customer_id: str = Field(sa_type=Id, primary_key=True)
    quickbooks_id: str = Field(sa_type=text(FOREIGN_ID_MAX))


class QuickBooksItem(SQLModel, table=True):
    """Which product or service there stands for lines of a type."""

    __tablename__ = table_name("quickbooks_items")

    organization_id: int = _of_organization()
    realm_id: str = Field(sa_type=text(REALM_MAX), primary_key=True)
    line_item_type: LineItemType = Field(sa_type=named(LineItemType), primary_key=True)
    quickbooks_id: str = Field(sa_type=text(FOREIGN_ID_MAX))


class QuickBooksInvoice(SQLModel, table=True):
    """An invoice's copy there, from the moment somebody asks for it."""

    __tablename__ = table_name("quickbooks_invoices")
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "invoice_id"], ["invoices.organization_id", "invoices.id"]
        ),
        CheckConstraint("state <> 'notExported'", name="state"),
        CheckConstraint("state <> 'exported' OR quickbooks_id IS NOT NULL", name="exported"),
        CheckConstraint("state <> 'exported' OR exported_at IS NOT NULL", name="exported_at"),
        CheckConstraint("state <> 'failed' OR error IS NOT NULL", name="failed"),
        CheckConstraint("generation >= 1", name="generation"),
        Index(
            "uq_quickbooks_invoices_quickbooks_id",
            "organization_id",
            "realm_id",
            "quickbooks_id",
            unique=True,
            postgresql_where=_HAS_FOREIGN_ID,
            sqlite_where=_HAS_FOREIGN_ID,
        ),
        Index(None, "organization_id", "realm_id", "state"),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True)
    realm_id: str = Field(sa_type=text(REALM_MAX), primary_key=True)
    invoice_id: str = Field(sa_type=Id, primary_key=True)
    state: QuickBooksState = Field(sa_type=named(QuickBooksState), default=QuickBooksState.QUEUED)
    requested_by: str = Field(sa_type=text(NAME_MAX))
    # Raised when a copy that is gone there is to be made anew: part of the request's id.
    generation: int = Field(sa_type=Long, default=1)
    # A request that makes the copy may have reached QuickBooks, whatever became of the answer.
    is_attempted: bool = Field(default=False)
    quickbooks_id: str | None = Field(sa_type=text(FOREIGN_ID_MAX), default=None)
    sync_token: int | None = Field(sa_type=Long, default=None)
    # What the copy comes to there.
    total_cents: int | None = Field(sa_type=Long, default=None)
    # Of what was sent last, so that an export without changes sends nothing.
    content_digest: str | None = Field(sa_type=text(64), default=None)
    exported_at: datetime | None = Field(sa_type=Instant, default=None)
    error: str | None = Field(sa_type=LongText, default=None)
    # Intuit's support asks for it.
    intuit_tid: str | None = Field(sa_type=text(NAME_MAX), default=None)
    # The copy was voided or deleted there; it is never made anew by itself.
    gone_at: datetime | None = Field(sa_type=Instant, default=None)
    # It was there before we knew: payments for it may have been passed over.
    has_unread_payments: bool = Field(default=False)

    @property
    def is_gone(self) -> bool:
        return self.gone_at is not None


class QuickBooksPayment(SQLModel, table=True):
    """The newest version seen of a payment there, so that an older one changes nothing."""

    __tablename__ = table_name("quickbooks_payments")

    organization_id: int = _of_organization()
    realm_id: str = Field(sa_type=text(REALM_MAX), primary_key=True)
    quickbooks_id: str = Field(sa_type=text(FOREIGN_ID_MAX), primary_key=True)
    sync_token: int = Field(sa_type=Long)
    is_deleted: bool = Field(default=False)


class QuickBooksAllocation(SQLModel, table=True):
    """The one live payment here for what a payment there gives to one invoice."""

    __tablename__ = table_name("quickbooks_allocations")
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "invoice_id"], ["invoices.organization_id", "invoices.id"]
        ),
        ForeignKeyConstraint(
            ["organization_id", "payment_id"], ["payments.organization_id", "payments.id"]
        ),
        Index("uq_quickbooks_allocations_payment_id", "organization_id", "payment_id", unique=True),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True)
    realm_id: str = Field(sa_type=text(REALM_MAX), primary_key=True)
    quickbooks_id: str = Field(sa_type=text(FOREIGN_ID_MAX), primary_key=True)
    invoice_id: str = Field(sa_type=Id, primary_key=True)
    payment_id: str = Field(sa_type=Id)


class QuickBooksProblem(SQLModel, table=True):
    """What could not be brought over and waits for a person, in words."""

    __tablename__ = table_name("quickbooks_problems")

    organization_id: int = _of_organization()
    realm_id: str = Field(sa_type=text(REALM_MAX), primary_key=True)
    # What it is about there: `Payment 301 Invoice 145`. What is read anew begins without problems.
    subject: str = Field(sa_type=text(NAME_MAX), primary_key=True)
    # The payment there to be read again, since what stood in its way may have changed.
    payment_quickbooks_id: str | None = Field(sa_type=text(FOREIGN_ID_MAX), default=None)
    message: str = Field(sa_type=LongText)
    since: datetime = Field(sa_type=Instant)
