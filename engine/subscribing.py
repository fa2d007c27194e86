"""Operations that are answered anew whenever something happens that they watch."""

from dataclasses import dataclass
from typing import Any, cast

from engine.answers import Asked
from engine.asking import Request
from engine.documents import Operation
from engine.errors import Result, TooLarge
from engine.execution import Executor, Walk, declined
from engine.given import Variables
from engine.roots import Worked
from engine.streams import Happened, Stream


@dataclass(frozen=True)
class Subscribed:
    """An operation, and the stream of what it tells of."""

    executor: Executor
    operation: Operation
    given: dict[str, Any] | None
    variables: Variables
    key: str
    root: Worked
    cost: int
    stream: Stream

    async def answer(self, happened: Happened, request: Request) -> Result:
        """What the operation asks of it, as it is now; as a mutation's payload is answered."""
        executor, variables = self.executor, self.variables
        fetch, check_cost = request.fetch_own, executor.check_cost
        if not executor.always_walk:
            asked = Asked(request, variables, fetch, check_cost, self.cost)
            try:
                data = {self.key: await self.root.show(happened.answer, asked)}
            except Exception as error:  # noqa: BLE001 - graphql-core meets it again, and tells
                declined(error)
            else:
                executor.counts.planned += 1
                return Result(data)
        executor.counts.walked += 1
        done = {self.key: happened.answer}
        walk = Walk(executor, self.operation, variables, request, done)
        return await executor.walk(walk, self.given)


async def subscribe(
    executor: Executor, operation: Operation, given: dict[str, Any] | None, request: Request
) -> Subscribed | Result:
    """The operation with its stream, on which is all that happens from now on.

    A result says why there is none. Whoever gets a stream has to close it.
    """
    variables = executor.coerced(operation, given)
    if isinstance(variables, list):
        return Result(None, variables, is_request_error=True)
    try:
        plan, cost = executor.weighed(operation, variables)
    except TooLarge as error:
        return Result(None, [error], is_request_error=True)
    if plan is None:
        return await executor.walk(Walk(executor, operation, variables, request, {}), given)
    # Validation sees to it that there is one field, and a resolver is all that it can stand on.
    [(key, root)] = plan.roots.items()
    worked = cast("Worked", root)
    asked = Asked(request, variables, request.fetch_own, executor.check_cost, cost)
    stream = await worked.watch(asked)
    return Subscribed(executor, operation, given, variables, key, worked, cost, stream)
