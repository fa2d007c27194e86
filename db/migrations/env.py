"""How Alembic reaches the database: by the connection that `db.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

from db import tables

assert tables  # Importing it fills the metadata.

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=False,
)
with context.begin_transaction():
    context.run_migrations()
