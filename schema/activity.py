"""The history of an object."""

from datetime import datetime
from typing import ClassVar

import strawberry

from db import ids, tables
from engine.declare import stands
from resolvers.enums import ActivityKind, PaymentSource
from schema import node
from schema.fields import column
from schema.node import Node, PageInfo


@strawberry.type(description="One change: who did what, and when.")
class Activity(Node):
    stands_on: ClassVar = stands(tables.Activity, ids.ACTIVITY)

    kind: ActivityKind = column("What kind of change it was.")
    message: str = column("What happened, in words: `Recorded cheque 1042, 400.00 CAD; ...`.")
    actor: str = column("Who did it.")
    source: PaymentSource = column("Whether it was done here or came from QuickBooks.")
    occurred_at: datetime = column("When.")


@strawberry.type(description="A change in a list.")
class ActivityEdge:
    cursor: str = strawberry.field(description=node.CURSOR)
    node: Activity = strawberry.field(description=node.NODE)


@strawberry.type(description="A page of changes.")
class ActivityConnection:
    edges: list[ActivityEdge] = strawberry.field(description=node.EDGES)
    nodes: list[Activity] = strawberry.field(description=node.NODES)
    page_info: PageInfo = strawberry.field(description=node.PAGE_INFO)
    total_count: int = strawberry.field(description=node.TOTAL_COUNT)
