"""What a document must be before it is run, over the published schema."""

import pytest

import schema
from engine.documents import Documents, Invalid
from engine.limits import Limits

FRAGMENT = "fragment f on Query { invoice(by: { id: $id }) { id } }"


@pytest.fixture
def documents() -> Documents:
    return Documents(schema.graphql_schema(schema.build()), Limits())


def refused(documents: Documents, text: str) -> list[str]:
    with pytest.raises(Invalid) as invalid:
        documents.operation(text, None)
    return [error.message for error in invalid.value.errors]


def test_fragments_may_stand_before_the_operation_whose_variables_they_use(
    documents: Documents,
) -> None:
    text = f"{FRAGMENT} query ($id: ID!) {{ ...f }}"

    assert documents.operation(text, None).fragments.keys() == {"f"}


def test_variable_that_may_be_null_is_no_member_of_a_one_of_wherever_it_stands(
    documents: Documents,
) -> None:
    message = "Variable '$id' must be non-null to be used in 'InvoiceBy'"

    assert refused(documents, f"{FRAGMENT} query ($id: ID) {{ ...f }}") == [message]
    assert refused(documents, f"query ($id: ID) {{ ...f }} {FRAGMENT}") == [message]


@pytest.mark.parametrize(
    "given", ["{}", '{ id: "x", fullId: "INVOICE-1" }', "{ id: null }", '{ id: "x", fullId: null }']
)
def test_one_of_has_exactly_one_value(documents: Documents, given: str) -> None:
    [message] = refused(documents, f"{{ invoice(by: {given}) {{ id }} }}")

    assert message == (
        "Within OneOf Input Object type 'InvoiceBy', exactly one field must be specified, "
        "and the value for that field must be non-null."
    )
