"""Access tokens: kept, refreshed in time, by one at a time, and given up where there are none."""

from datetime import timedelta

from tests.quickbooks.world import QuickBooksWorld


async def test_a_token_is_used_until_five_minutes_before_its_end(
    connected: QuickBooksWorld,
) -> None:
    tokens = connected.access_tokens()
    first = await tokens()
    connected.clock.advance(timedelta(minutes=54, seconds=59))
    assert await tokens() == first
    connected.clock.advance(timedelta(seconds=1))
    second = await tokens()
    assert second != first
    assert await tokens() == second
    assert connected.simulator.count("token.refresh_token") == 1
