"""Jobs, and what is known of QuickBooks."""

import sqlalchemy as sa
from alembic import op

from db import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "jobs",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("kind", columns.text(32), nullable=False),
        sa.Column("key", columns.text(64), nullable=False),
        sa.Column("lane", columns.text(64), nullable=False),
        sa.Column("rank", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("state", columns.text(32), nullable=False),
        sa.Column("run_at", columns.Instant(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("attempts_max", sa.BigInteger(), nullable=False),
        sa.Column("wanted_lane", columns.text(64), nullable=True),
        sa.Column("lease_owner", columns.text(64), nullable=True),
        sa.Column("lease_until", columns.Instant(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'running') = (lease_owner IS NOT NULL)", name=op.f("ck_jobs_lease_owner")
        ),
        sa.CheckConstraint(
            "(state = 'running') = (lease_until IS NOT NULL)", name=op.f("ck_jobs_lease_until")
        ),
        sa.CheckConstraint(
            "state = 'running' OR wanted_lane IS NULL", name=op.f("ck_jobs_wanted_lane")
        ),
        sa.CheckConstraint("state <> 'dead' OR error IS NOT NULL", name=op.f("ck_jobs_dead")),
        sa.CheckConstraint("attempts BETWEEN 0 AND attempts_max", name=op.f("ck_jobs_attempts")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_jobs_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_jobs")),
        sa.UniqueConstraint(
            "organization_id", "kind", "key", name=op.f("uq_jobs_organization_id_kind_key")
        ),
    )
    op.create_index(
        "ix_jobs_queued",
        "jobs",
        ["organization_id", "lane", "kind", "run_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
        sqlite_where=sa.text("state = 'queued'"),
    )
    op.create_index(
        "uq_jobs_lane",
        "jobs",
        ["organization_id", "lane"],
        unique=True,
        postgresql_where=sa.text("state = 'running'"),
        sqlite_where=sa.text("state = 'running'"),
    )
    op.create_table(
        "quickbooks_connections",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("realm_id", columns.text(32), nullable=False),
        sa.Column("company_name", columns.text(200), nullable=False),
        sa.Column("tokens", sa.Text(), nullable=True),
        sa.Column("access_expires_at", columns.Instant(), nullable=True),
        sa.Column("refresh_expires_at", columns.Instant(), nullable=True),
        sa.Column("refresh_owner", columns.text(64), nullable=True),
        sa.Column("refresh_until", columns.Instant(), nullable=True),
        sa.Column("connected_at", columns.Instant(), nullable=False),
        sa.Column("connected_by", columns.text(200), nullable=False),
        sa.Column("disconnected_at", columns.Instant(), nullable=True),
        sa.Column("reconnect_reason", sa.Text(), nullable=True),
        sa.Column("changed_since", columns.Instant(), nullable=False),
        sa.Column("last_synced_at", columns.Instant(), nullable=True),
        sa.CheckConstraint(
            "(refresh_owner IS NULL) = (refresh_until IS NULL)",
            name=op.f("ck_quickbooks_connections_refresh"),
        ),
        sa.CheckConstraint(
            "disconnected_at IS NULL OR tokens IS NULL",
            name=op.f("ck_quickbooks_connections_tokens"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_quickbooks_connections_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_quickbooks_connections")),
    )
    op.create_index(
        op.f("ix_quickbooks_connections_realm_id"),
        "quickbooks_connections",
        ["realm_id"],
        unique=False,
    )
    op.create_table(
        "quickbooks_consents",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", columns.text(64), nullable=False),
        sa.Column("requested_by", columns.text(200), nullable=False),
        sa.Column("expires_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_quickbooks_consents_organization_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "digest", name=op.f("pk_quickbooks_consents")),
    )
    op.create_index(
        op.f("ix_quickbooks_consents_expires_at"),
        "quickbooks_consents",
        ["expires_at"],
        unique=False,
    )
    op.create_table(
        "quickbooks_items",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("realm_id", columns.text(32), nullable=False),
        sa.Column("line_item_type", columns.text(32), nullable=False),
        sa.Column("quickbooks_id", columns.text(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_quickbooks_items_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "realm_id", "line_item_type", name=op.f("pk_quickbooks_items")
        ),
    )
    op.create_table(
        "quickbooks_payments",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("realm_id", columns.text(32), nullable=False),
        sa.Column("quickbooks_id", columns.text(32), nullable=False),
        sa.Column("sync_token", sa.BigInteger(), nullable=False),
        sa.Column("is_deleted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_quickbooks_payments_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "realm_id", "quickbooks_id", name=op.f("pk_quickbooks_payments")
        ),
    )
    op.create_table(
        "quickbooks_problems",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("realm_id", columns.text(32), nullable=False),
        sa.Column("subject", columns.text(200), nullable=False),
        sa.Column("payment_quickbooks_id", columns.text(32), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("since", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organizations.id"],
            name=op.f("fk_quickbooks_problems_organization_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "realm_id", "subject", name=op.f("pk_quickbooks_problems")
        ),
    )
    op.create_table(
        "schedules",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", columns.text(32), nullable=False),
        sa.Column("key", columns.text(64), nullable=False),
        sa.Column("lane", columns.text(64), nullable=False),
        sa.Column("next_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_schedules_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "kind", "key", name=op.f("pk_schedules")),
    )
    op.create_index(op.f("ix_schedules_next_at"), "schedules", ["next_at"], unique=False)
    op.create_table(
        "quickbooks_customers",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("realm_id", columns.text(32), nullable=False),
        sa.Column("customer_id", columns.text(40), nullable=False),
        sa.Column("quickbooks_id", columns.text(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "customer_id"],
            ["customers.organization_id", "customers.id"],
            name=op.f("fk_quickbooks_customers_organization_id_customer_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "realm_id", "customer_id", name=op.f("pk_quickbooks_customers")
        ),
    )
    op.create_table(
        "quickbooks_invoices",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("realm_id", columns.text(32), nullable=False),
        sa.Column("invoice_id", columns.text(40), nullable=False),
        sa.Column("state", columns.text(32), nullable=False),
        sa.Column("requested_by", columns.text(200), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("is_attempted", sa.Boolean(), nullable=False),
        sa.Column("quickbooks_id", columns.text(32), nullable=True),
        sa.Column("sync_token", sa.BigInteger(), nullable=True),
        sa.Column("total_cents", sa.BigInteger(), nullable=True),
        sa.Column("content_digest", columns.text(64), nullable=True),
        sa.Column("exported_at", columns.Instant(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("intuit_tid", columns.text(200), nullable=True),
        sa.Column("gone_at", columns.Instant(), nullable=True),
        sa.Column("has_unread_payments", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "state <> 'exported' OR exported_at IS NOT NULL",
            name=op.f("ck_quickbooks_invoices_exported_at"),
        ),
        sa.CheckConstraint(
            "state <> 'exported' OR quickbooks_id IS NOT NULL",
            name=op.f("ck_quickbooks_invoices_exported"),
        ),
        sa.CheckConstraint(
            "state <> 'failed' OR error IS NOT NULL", name=op.f("ck_quickbooks_invoices_failed")
        ),
        sa.CheckConstraint("state <> 'notExported'", name=op.f("ck_quickbooks_invoices_state")),
        sa.CheckConstraint("generation >= 1", name=op.f("ck_quickbooks_invoices_generation")),
        sa.ForeignKeyConstraint(
            ["organization_id", "invoice_id"],
            ["invoices.organization_id", "invoices.id"],
            name=op.f("fk_quickbooks_invoices_organization_id_invoice_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "realm_id", "invoice_id", name=op.f("pk_quickbooks_invoices")
        ),
    )
    op.create_index(
        op.f("ix_quickbooks_invoices_organization_id_realm_id_state"),
        "quickbooks_invoices",
        ["organization_id", "realm_id", "state"],
        unique=False,
    )
    op.create_index(
        "uq_quickbooks_invoices_quickbooks_id",
        "quickbooks_invoices",
        ["organization_id", "realm_id", "quickbooks_id"],
        unique=True,
        postgresql_where=sa.text("quickbooks_id IS NOT NULL"),
        sqlite_where=sa.text("quickbooks_id IS NOT NULL"),
    )
    op.create_table(
        "quickbooks_allocations",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("realm_id", columns.text(32), nullable=False),
        sa.Column("quickbooks_id", columns.text(32), nullable=False),
        sa.Column("invoice_id", columns.text(40), nullable=False),
        sa.Column("payment_id", columns.text(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "invoice_id"],
            ["invoices.organization_id", "invoices.id"],
            name=op.f("fk_quickbooks_allocations_organization_id_invoice_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "payment_id"],
            ["payments.organization_id", "payments.id"],
            name=op.f("fk_quickbooks_allocations_organization_id_payment_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id",
            "realm_id",
            "quickbooks_id",
            "invoice_id",
            name=op.f("pk_quickbooks_allocations"),
        ),
    )
    op.create_index(
        "uq_quickbooks_allocations_payment_id",
        "quickbooks_allocations",
        ["organization_id", "payment_id"],
        unique=True,
    )


def downgrade() -> None:
    op.drop_index("uq_quickbooks_allocations_payment_id", table_name="quickbooks_allocations")
    op.drop_table("quickbooks_allocations")
    op.drop_index(
        "uq_quickbooks_invoices_quickbooks_id",
        table_name="quickbooks_invoices",
        postgresql_where=sa.text("quickbooks_id IS NOT NULL"),
        sqlite_where=sa.text("quickbooks_id IS NOT NULL"),
    )
    op.drop_index(
        op.f("ix_quickbooks_invoices_organization_id_realm_id_state"),
        table_name="quickbooks_invoices",
    )
    op.drop_table("quickbooks_invoices")
    op.drop_table("quickbooks_customers")
    op.drop_index(op.f("ix_schedules_next_at"), table_name="schedules")
    op.drop_table("schedules")
    op.drop_table("quickbooks_problems")
    op.drop_table("quickbooks_payments")
    op.drop_table("quickbooks_items")
    op.drop_index(op.f("ix_quickbooks_consents_expires_at"), table_name="quickbooks_consents")
    op.drop_table("quickbooks_consents")
    op.drop_index(op.f("ix_quickbooks_connections_realm_id"), table_name="quickbooks_connections")
    op.drop_table("quickbooks_connections")
    op.drop_index(
        "uq_jobs_lane",
        table_name="jobs",
        postgresql_where=sa.text("state = 'running'"),
        sqlite_where=sa.text("state = 'running'"),
    )
    op.drop_index(
        "ix_jobs_queued",
        table_name="jobs",
        postgresql_where=sa.text("state = 'queued'"),
        sqlite_where=sa.text("state = 'queued'"),
    )
    op.drop_table("jobs")
