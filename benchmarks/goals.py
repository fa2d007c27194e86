"""How fast Remit is meant to be, against what others need for the same on the same machine."""

from dataclasses import dataclass

from benchmarks.rounds import Measured
from benchmarks.targets import NODE_PEERS


@dataclass(frozen=True, slots=True)
class Goal:
    """Remit's CPU time a request, at most this share of somebody's."""

    query: str
    against: str
    at_most: float
    remark: str = ""


_BEST_NODE = "best"

GOALS = (
    Goal("board", _BEST_NODE, 1 / 1.8, ", the best on Node"),
    Goal("board", "floor", 1.25),
    Goal("board", "idiomatic", 1 / 20),
    Goal("detail", _BEST_NODE, 1 / 2.3, ", the best on Node"),
    Goal("detail", "floor", 1.25),
    Goal("detail", "idiomatic", 1 / 20),
    Goal("nested", _BEST_NODE, 1 / 1.25, ", the best on Node"),
    Goal("nested", "floor", 1.2),
    Goal("nested", "idiomatic", 1 / 20),
    Goal("pay", _BEST_NODE, 1 / 1.05, ", the best on Node"),
    Goal("pay", "floor", 1.25),
)


def ratio(goal: Goal, measured: Measured) -> tuple[float, str] | None:
    """Remit's share, and of whose; none where one of the two was not measured."""
    servers = measured.get(goal.query, {})
    names = NODE_PEERS if goal.against == _BEST_NODE else (goal.against,)
    others = {name: servers[name].total_ms for name in names if name in servers}
    if "remit" not in servers or not others:
        return None
    best = min(others, key=others.__getitem__)
    return servers["remit"].total_ms / others[best], best
