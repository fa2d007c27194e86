"""How Alembic reaches the database: by the connection that `db.migrate` hands over."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from db import columns, tables


def render(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Our column types as the tables say them. What an enum holds is no part of a column."""
    if kind != "type":
        return False
    match item:
        case columns.Instant():
            return "columns.Instant()"
        case columns.Named():
            return f"columns.text({columns.NAMED_MAX})"
        case columns.Ranked():
            return "sa.SmallInteger()"
        case sa.String(length=int(length)):
            return f"columns.text({length})"
        case _:
            return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables.Invoice.metadata,
    render_item=render,
    render_as_batch=False,
)
with context.begin_transaction():
    context.run_migrations()
