"""Which operations graphql-core has answered: those that plans are not for, and no others."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import graphql
import pytest
from graphql import DocumentNode, ExecutionResult, print_ast

INTROSPECTION = ("__schema", "__type(")


@contextmanager
def none_needless(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Fails at the end if one was walked that has no errors and asks nothing of the schema."""
    needless: list[str] = []
    execute: Any = vars(graphql)["execute"]

    def recorded(schema: Any, document: DocumentNode, **rest: Any) -> Any:
        outcome: Any = execute(schema, document, **rest)

        async def awaited() -> ExecutionResult:
            result = await outcome if hasattr(outcome, "__await__") else outcome
            text = print_ast(document)
            is_asked = rest["context_value"].executor.always_walk
            if not (is_asked or result.errors or any(one in text for one in INTROSPECTION)):
                needless.append(text)
            return result

        return awaited()

    monkeypatch.setattr(graphql, "execute", recorded)
    yield
    assert needless == [], "answered by graphql-core, though a plan could have answered"
