"""API keys, documents and exports."""

import sqlalchemy as sa
from alembic import op

from db import columns

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_keys",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("name", columns.text(200), nullable=False),
        sa.Column("role", columns.text(32), nullable=False),
        sa.Column("digest", columns.text(64), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.Column("last_used_at", columns.Instant(), nullable=True),
        sa.Column("revoked_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_api_keys_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint(
            "organization_id", "digest", name=op.f("uq_api_keys_organization_id_digest")
        ),
    )
    op.create_table(
        "exports",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("format", columns.text(32), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("created_by", columns.text(200), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organizations.id"], name=op.f("fk_exports_organization_id")
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_exports")),
    )
    op.create_index(op.f("ix_exports_created_at"), "exports", ["created_at"], unique=False)
    op.create_table(
        "documents",
        sa.Column("organization_id", sa.BigInteger(), nullable=False),
        sa.Column("id", columns.text(40), nullable=False),
        sa.Column("invoice_id", columns.text(40), nullable=False),
        sa.Column("document_type", columns.text(32), nullable=False),
        sa.Column("file_name", columns.text(200), nullable=False),
        sa.Column("mime_type", columns.text(200), nullable=False),
        sa.Column("description", columns.text(500), nullable=True),
        sa.Column("created_by", columns.text(200), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.Column("uploaded_at", columns.Instant(), nullable=True),
        sa.Column("size_bytes", sa.BigInteger(), nullable=True),
        sa.Column("sha256", columns.text(64), nullable=True),
        sa.Column("deleted_at", columns.Instant(), nullable=True),
        sa.Column("deleted_by", columns.text(200), nullable=True),
        sa.CheckConstraint(
            "(uploaded_at IS NULL) = (size_bytes IS NULL) AND (uploaded_at IS NULL) = (sha256 IS NULL)",
            name=op.f("ck_documents_uploaded"),
        ),
        sa.CheckConstraint(
            "(deleted_at IS NULL) = (deleted_by IS NULL)", name=op.f("ck_documents_deleted")
        ),
        sa.CheckConstraint("size_bytes BETWEEN 0 AND 26214400", name=op.f("ck_documents_size")),
        sa.ForeignKeyConstraint(
            ["organization_id", "invoice_id"],
            ["invoices.organization_id", "invoices.id"],
            name=op.f("fk_documents_organization_id_invoice_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_documents")),
    )
    op.create_index(
        op.f("ix_documents_organization_id_invoice_id_created_at_id"),
        "documents",
        ["organization_id", "invoice_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_documents_organization_id_sha256"),
        "documents",
        ["organization_id", "sha256"],
        unique=False,
    )
    op.create_index(
        op.f("ix_documents_created_at"),
        "documents",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("uploaded_at IS NULL AND deleted_at IS NULL"),
        sqlite_where=sa.text("uploaded_at IS NULL AND deleted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_documents_created_at"), table_name="documents")
    op.drop_index(op.f("ix_documents_organization_id_sha256"), table_name="documents")
    op.drop_index(
        op.f("ix_documents_organization_id_invoice_id_created_at_id"), table_name="documents"
    )
    op.drop_table("documents")
    op.drop_index(op.f("ix_exports_created_at"), table_name="exports")
    op.drop_table("exports")
    op.drop_table("api_keys")
