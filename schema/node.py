"""What every object with an id has in common, and what every page has."""

import strawberry

from schema.fields import column


@strawberry.interface(description="An object with a global id, by which `node` finds it again.")
class Node:
    id: strawberry.ID = column(
        "A global id: typed, sorted by age, the same in every query. Treat it as opaque text."
    )


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether the list goes on after this page.")
    has_previous_page: bool = strawberry.field(
        description="Whether the list has something before this page."
    )
    start_cursor: str | None = strawberry.field(
        description="The first object's cursor; null on an empty page."
    )
    end_cursor: str | None = strawberry.field(
        description="The last object's cursor, for `after`; null on an empty page."
    )


CURSOR = "Where this object stands in the list, for `after` and `before`. It outlives the object."
NODE = "The object."
EDGES = "The objects of this page, each with its cursor."
NODES = "The objects of this page."
PAGE_INFO = "Where this page stands in the list."
TOTAL_COUNT = "How many objects the whole list has, over all pages."
