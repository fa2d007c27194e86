"""Declarations that cannot hold stop the server at its start."""

from typing import ClassVar

import pytest
import strawberry
from sqlalchemy import Column as TableColumn
from sqlalchemy import MetaData, String, Table

import schema
from engine.declare import Column, declared, stands
from engine.types import Types


class Thing:
    __table__ = Table(
        "things",
        MetaData(),
        TableColumn("id", String, primary_key=True),
        TableColumn("maybe", String, nullable=True),
    )


def types_of(name: str, *, may_be_null: bool) -> Types:
    """The types of a schema whose one field stands on the column of that name."""
    field = declared(Column(name), "A field.")
    kind: object = str | None if may_be_null else str
    thing = strawberry.type(
        type(
            "Thing",
            (),
            {"__annotations__": {"found": kind, "stands_on": ClassVar[object]}, "found": field}
            | {"stands_on": stands(Thing, "thing")},
        )
    )
    query = strawberry.type(type("Query", (), {"__annotations__": {"thing": thing}}))
    return Types(schema.graphql_schema(strawberry.Schema(query)))


def test_column_that_does_not_exist() -> None:
    with pytest.raises(TypeError, match=r"Thing\.found stands on a column that does not exist"):
        types_of("gone", may_be_null=True)


def test_field_that_is_never_null_needs_a_column_that_is_never_null() -> None:
    with pytest.raises(TypeError, match=r"Thing\.found is never null, but its column may be"):
        types_of("maybe", may_be_null=False)


def test_field_that_may_be_null_may_stand_on_any_column() -> None:
    assert types_of("maybe", may_be_null=True)["Thing"].declarations["found"] == Column("maybe")
    assert types_of("id", may_be_null=False)["Thing"].declarations["found"] == Column("id")
