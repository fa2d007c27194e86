"""Invoices and payments, and what they stand on."""

import sqlalchemy as sa
from alembic import op

from db import columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "addresses",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("company_name", columns.text(200), nullable=True),
        sa.Column("address1", columns.text(200), nullable=False),
        sa.Column("address2", columns.text(200), nullable=True),
        sa.Column("city", columns.text(200), nullable=False),
        sa.Column("state_code", columns.text(100), nullable=True),
        sa.Column("postal_code", columns.text(100), nullable=True),
        sa.Column("country_code", columns.text(2), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_addresses")),
    )
    op.create_table(
        "organizations",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", columns.text(200), nullable=False),
        sa.Column("time_zone", columns.text(64), nullable=False),
        sa.Column("currency", columns.text(3), nullable=False),
        sa.Column("remit_to_address_id", columns.text(40), nullable=True),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["id", "remit_to_address_id"],
            ["addresses.organization_id", "addresses.id"],
            name=op.f("fk_organizations_id_remit_to_address_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organizations")),
    )
    op.create_table(
        "counters",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("name", columns.text(16), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("value >= 0", name=op.f("ck_counters_value")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_counters_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "name", name=op.f("pk_counters")),
    )
    op.create_table(
        "customers",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", columns.text(200), nullable=False),
        sa.Column("name_folded", columns.text(200), nullable=False),
        sa.Column("email", columns.text(200), nullable=True),
        sa.Column("phone", columns.text(100), nullable=True),
        sa.Column("currency", columns.text(3), nullable=False),
        sa.Column("terms", columns.text(32), nullable=False),
        sa.Column("bill_to_address_id", columns.text(40), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.CheckConstraint("version >= 1", name=op.f("ck_customers_version")),
        sa.ForeignKeyConstraint(
            ["organization_id", "bill_to_address_id"],
            ["addresses.organization_id", "addresses.id"],
            name=op.f("fk_customers_organization_id_bill_to_address_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_customers_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_customers")),
        sa.UniqueConstraint(
            "organization_id", "number", name=op.f("uq_customers_organization_id_number")
        ),
    )
    op.create_index(
        op.f("ix_customers_organization_id_name_folded_id"),
        "customers",
        ["organization_id", "name_folded", "id"],
        unique=False,
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("key", columns.text(255), nullable=False),
        sa.Column("input_digest", columns.text(64), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_idempotency_keys_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "key", name=op.f("pk_idempotency_keys")),
    )
    op.create_index(
        op.f("ix_idempotency_keys_created_at"), "idempotency_keys", ["created_at"], unique=False
    )
    op.create_table(
        "search_words",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("object_id", columns.text(40), nullable=False),
        sa.Column("word", columns.text(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_search_words_organization_id")
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "object_id", "word", name=op.f("pk_search_words")
        ),
    )
    op.create_index(
        op.f("ix_search_words_organization_id_word_object_id"),
        "search_words",
        ["organization_id", "word", "object_id"],
        unique=False,
    )
    op.create_table(
        "invoices",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", columns.text(40), nullable=False),
        sa.Column("currency", columns.text(3), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("invoice_date", sa.Date(), nullable=False),
        sa.Column("terms", columns.text(32), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("is_due_date_manual", sa.Boolean(), nullable=False),
        sa.Column("sent_at", sa.Date(), nullable=True),
        sa.Column("bill_to_address_id", columns.text(40), nullable=True),
        sa.Column("remit_to_address_id", columns.text(40), nullable=True),
        sa.Column("sub_total_cents", sa.BigInteger(), nullable=False),
        sa.Column("tax_total_cents", sa.BigInteger(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("amount_paid_cents", sa.BigInteger(), nullable=False),
        sa.Column("outstanding_balance_cents", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.Column("updated_at", columns.Instant(), nullable=False),
        sa.Column("deleted_at", columns.Instant(), nullable=True),
        sa.Column("deleted_by", columns.text(200), nullable=True),
        sa.Column("deletion_reason", columns.text(500), nullable=True),
        sa.CheckConstraint(
            "amount_paid_cents BETWEEN 0 AND total_cents", name=op.f("ck_invoices_not_overpaid")
        ),
        sa.CheckConstraint(
            "deleted_at IS NULL OR amount_paid_cents = 0", name=op.f("ck_invoices_deleted_unpaid")
        ),
        sa.CheckConstraint(
            "outstanding_balance_cents = total_cents - amount_paid_cents",
            name=op.f("ck_invoices_balance"),
        ),
        sa.CheckConstraint(
            "status = CASE\n    WHEN amount_paid_cents = total_cents AND (amount_paid_cents > 0 OR sent_at IS NOT NULL) THEN 3\n    WHEN amount_paid_cents > 0 THEN 2\n    WHEN sent_at IS NOT NULL THEN 1\n    ELSE 0 END",
            name=op.f("ck_invoices_status"),
        ),
        sa.CheckConstraint(
            "total_cents = sub_total_cents + tax_total_cents", name=op.f("ck_invoices_total")
        ),
        sa.CheckConstraint(
            "total_cents BETWEEN 0 AND 99999999999999", name=op.f("ck_invoices_total_range")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_invoices_version")),
        sa.ForeignKeyConstraint(
            ["organization_id", "bill_to_address_id"],
            ["addresses.organization_id", "addresses.id"],
            name=op.f("fk_invoices_organization_id_bill_to_address_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "customer_id"],
            ["customers.organization_id", "customers.id"],
            name=op.f("fk_invoices_organization_id_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "remit_to_address_id"],
            ["addresses.organization_id", "addresses.id"],
            name=op.f("fk_invoices_organization_id_remit_to_address_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_invoices")),
        sa.UniqueConstraint(
            "organization_id",
            "id",
            "customer_id",
            name=op.f("uq_invoices_organization_id_id_customer_id"),
        ),
        sa.UniqueConstraint(
            "organization_id", "number", name=op.f("uq_invoices_organization_id_number")
        ),
    )
    op.create_index(
        op.f("ix_invoices_organization_id_created_at_id"),
        "invoices",
        ["organization_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        op.f("ix_invoices_organization_id_customer_id_created_at_id"),
        "invoices",
        ["organization_id", "customer_id", "created_at", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        op.f("ix_invoices_organization_id_customer_id_status_invoice_date_id"),
        "invoices",
        ["organization_id", "customer_id", "status", "invoice_date", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        op.f("ix_invoices_organization_id_due_date_id"),
        "invoices",
        ["organization_id", "due_date", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        op.f("ix_invoices_organization_id_invoice_date_id"),
        "invoices",
        ["organization_id", "invoice_date", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        op.f("ix_invoices_organization_id_outstanding_balance_cents_id"),
        "invoices",
        ["organization_id", "outstanding_balance_cents", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_index(
        op.f("ix_invoices_organization_id_status_invoice_date_id"),
        "invoices",
        ["organization_id", "status", "invoice_date", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.create_table(
        "orders",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", columns.text(40), nullable=False),
        sa.Column("po_number", columns.text(100), nullable=True),
        sa.Column("ref_number", columns.text(100), nullable=True),
        sa.Column("currency", columns.text(3), nullable=False),
        sa.Column("sub_total_cents", sa.BigInteger(), nullable=False),
        sa.Column("tax_total_cents", sa.BigInteger(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("line_items_digest", columns.text(64), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.CheckConstraint(
            "total_cents = sub_total_cents + tax_total_cents", name=op.f("ck_orders_total")
        ),
        sa.CheckConstraint(
            "total_cents BETWEEN 0 AND 99999999999999", name=op.f("ck_orders_total_range")
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_orders_version")),
        sa.ForeignKeyConstraint(
            ["organization_id", "customer_id"],
            ["customers.organization_id", "customers.id"],
            name=op.f("fk_orders_organization_id_customer_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_orders")),
        sa.UniqueConstraint(
            "organization_id", "number", name=op.f("uq_orders_organization_id_number")
        ),
    )
    op.create_index(
        op.f("ix_orders_organization_id_created_at_id"),
        "orders",
        ["organization_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_orders_organization_id_customer_id_created_at_id"),
        "orders",
        ["organization_id", "customer_id", "created_at", "id"],
        unique=False,
    )
    op.create_table(
        "activities",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("kind", columns.text(32), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("actor", columns.text(200), nullable=False),
        sa.Column("source", columns.text(32), nullable=False),
        sa.Column("occurred_at", columns.Instant(), nullable=False),
        sa.Column("invoice_id", columns.text(40), nullable=True),
        sa.Column("order_id", columns.text(40), nullable=True),
        sa.Column("customer_id", columns.text(40), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN invoice_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN order_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN customer_id IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_activities_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "customer_id"],
            ["customers.organization_id", "customers.id"],
            name=op.f("fk_activities_organization_id_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "invoice_id"],
            ["invoices.organization_id", "invoices.id"],
            name=op.f("fk_activities_organization_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "order_id"],
            ["orders.organization_id", "orders.id"],
            name=op.f("fk_activities_organization_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_activities")),
    )
    op.create_index(
        op.f("ix_activities_organization_id_invoice_id_occurred_at_id"),
        "activities",
        ["organization_id", "invoice_id", "occurred_at", "id"],
        unique=False,
    )
    op.create_table(
        "invoice_orders",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("invoice_id", columns.text(40), nullable=False),
        sa.Column("order_id", columns.text(40), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("line_items_digest", columns.text(64), nullable=False),
        sa.Column("released_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "invoice_id"],
            ["invoices.organization_id", "invoices.id"],
            name=op.f("fk_invoice_orders_organization_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "order_id"],
            ["orders.organization_id", "orders.id"],
            name=op.f("fk_invoice_orders_organization_id_order_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "invoice_id", "order_id", name=op.f("pk_invoice_orders")
        ),
    )
    op.create_index(
        "uq_invoice_orders_live",
        "invoice_orders",
        ["organization_id", "order_id"],
        unique=True,
        postgresql_where=sa.text("released_at IS NULL"),
        sqlite_where=sa.text("released_at IS NULL"),
    )
    op.create_table(
        "line_items",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("order_id", columns.text(40), nullable=True),
        sa.Column("invoice_id", columns.text(40), nullable=True),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("type", columns.text(32), nullable=False),
        sa.Column("description", columns.text(200), nullable=False),
        sa.Column("quantity_e4", sa.BigInteger(), nullable=False),
        sa.Column("rate_e4", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate_e4", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("tax_amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("total_cents", sa.BigInteger(), nullable=False),
        sa.Column("copied_from_id", columns.text(40), nullable=True),
        sa.Column("deleted_at", columns.Instant(), nullable=True),
        sa.CheckConstraint(
            "(order_id IS NULL) <> (invoice_id IS NULL)", name=op.f("ck_line_items_one_parent")
        ),
        sa.CheckConstraint(
            "tax_rate_e4 BETWEEN 0 AND 1000000", name=op.f("ck_line_items_tax_rate")
        ),
        sa.CheckConstraint(
            "total_cents = amount_cents + tax_amount_cents", name=op.f("ck_line_items_total")
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "copied_from_id"],
            ["line_items.organization_id", "line_items.id"],
            name=op.f("fk_line_items_organization_id_copied_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "invoice_id"],
            ["invoices.organization_id", "invoices.id"],
            name=op.f("fk_line_items_organization_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "order_id"],
            ["orders.organization_id", "orders.id"],
            name=op.f("fk_line_items_organization_id_order_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_line_items")),
    )
    op.create_index(
        op.f("ix_line_items_organization_id_invoice_id_position"),
        "line_items",
        ["organization_id", "invoice_id", "position"],
        unique=False,
    )
    op.create_index(
        op.f("ix_line_items_organization_id_order_id_position"),
        "line_items",
        ["organization_id", "order_id", "position"],
        unique=False,
    )
    op.create_table(
        "payments",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("invoice_id", columns.text(40), nullable=False),
        sa.Column("customer_id", columns.text(40), nullable=False),
        sa.Column("payment_date", sa.Date(), nullable=False),
        sa.Column("method", columns.text(32), nullable=True),
        sa.Column("reference_number", columns.text(100), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("source", columns.text(32), nullable=False),
        sa.Column("batch_id", columns.text(40), nullable=True),
        sa.Column("recorded_by", columns.text(200), nullable=False),
        sa.Column("recorded_at", columns.Instant(), nullable=False),
        sa.Column("deleted_at", columns.Instant(), nullable=True),
        sa.Column("deleted_by", columns.text(200), nullable=True),
        sa.Column("deletion_reason", columns.text(500), nullable=True),
        sa.CheckConstraint(
            "method IS NOT NULL OR source = 'quickBooks'", name=op.f("ck_payments_method")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payments_amount")),
        sa.ForeignKeyConstraint(
            ["organization_id", "invoice_id", "customer_id"],
            ["invoices.organization_id", "invoices.id", "invoices.customer_id"],
            name=op.f("fk_payments_organization_id_invoice_id_customer_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_payments")),
    )
    op.create_index(
        op.f("ix_payments_organization_id_batch_id"),
        "payments",
        ["organization_id", "batch_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_payments_organization_id_customer_id_payment_date_id"),
        "payments",
        ["organization_id", "customer_id", "payment_date", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_payments_organization_id_invoice_id_payment_date_id"),
        "payments",
        ["organization_id", "invoice_id", "payment_date", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_payments_organization_id_payment_date_id"),
        "payments",
        ["organization_id", "payment_date", "id"],
        unique=False,
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        op.f("ix_payments_organization_id_payment_date_id"),
        table_name="payments",
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_payments_organization_id_invoice_id_payment_date_id"), table_name="payments"
    )
    op.drop_index(
        op.f("ix_payments_organization_id_customer_id_payment_date_id"), table_name="payments"
    )
    op.drop_index(op.f("ix_payments_organization_id_batch_id"), table_name="payments")
    op.drop_table("payments")
    op.drop_index(op.f("ix_line_items_organization_id_order_id_position"), table_name="line_items")
    op.drop_index(
        op.f("ix_line_items_organization_id_invoice_id_position"), table_name="line_items"
    )
    op.drop_table("line_items")
    op.drop_index(
        "uq_invoice_orders_live",
        table_name="invoice_orders",
        postgresql_where=sa.text("released_at IS NULL"),
        sqlite_where=sa.text("released_at IS NULL"),
    )
    op.drop_table("invoice_orders")
    op.drop_index(
        op.f("ix_activities_organization_id_invoice_id_occurred_at_id"), table_name="activities"
    )
    op.drop_table("activities")
    op.drop_index(op.f("ix_orders_organization_id_customer_id_created_at_id"), table_name="orders")
    op.drop_index(op.f("ix_orders_organization_id_created_at_id"), table_name="orders")
    op.drop_table("orders")
    op.drop_index(
        op.f("ix_invoices_organization_id_status_invoice_date_id"),
        table_name="invoices",
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_invoices_organization_id_outstanding_balance_cents_id"),
        table_name="invoices",
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_invoices_organization_id_invoice_date_id"),
        table_name="invoices",
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_invoices_organization_id_due_date_id"),
        table_name="invoices",
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_invoices_organization_id_customer_id_status_invoice_date_id"),
        table_name="invoices",
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_invoices_organization_id_customer_id_created_at_id"),
        table_name="invoices",
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_index(
        op.f("ix_invoices_organization_id_created_at_id"),
        table_name="invoices",
        postgresql_where=sa.text("deleted_at IS NULL"),
        sqlite_where=sa.text("deleted_at IS NULL"),
    )
    op.drop_table("invoices")
    op.drop_index(op.f("ix_search_words_organization_id_word_object_id"), table_name="search_words")
    op.drop_table("search_words")
    op.drop_index(op.f("ix_idempotency_keys_created_at"), table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
    op.drop_index(op.f("ix_customers_organization_id_name_folded_id"), table_name="customers")
    op.drop_table("customers")
    op.drop_table("counters")
    op.drop_table("organizations")
    op.drop_table("addresses")
