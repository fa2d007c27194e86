"""Keys tried in vain are counted by address, for a minute, in bounded memory."""

import pytest

from services import attempts
from services.attempts import ATTEMPTS_MAX, Attempts
from tests.keyed import Passing


def fail(tried: Attempts, address: str, times: int) -> list[int]:
    return [tried.fail(address) for _ in range(times)]


def test_the_first_twenty_are_at_once_and_then_a_minute_has_to_pass() -> None:
    time = Passing()
    tried = Attempts(clock=time)
    assert fail(tried, "192.0.2.1", ATTEMPTS_MAX) == [0] * 20
    assert tried.fail("192.0.2.1") == 60
    time.sleep(59)
    assert tried.fail("192.0.2.1") == 1
    time.sleep(1)
    assert tried.fail("192.0.2.1") == 0


def test_addresses_are_counted_apart() -> None:
    tried = Attempts(clock=Passing())
    fail(tried, "192.0.2.1", ATTEMPTS_MAX)
    assert tried.fail("192.0.2.2") == 0
    assert tried.fail("") == 0


def test_addresses_of_one_network_of_version_6_are_one() -> None:
    tried = Attempts(clock=Passing())
    for number in range(ATTEMPTS_MAX):
        assert tried.fail(f"2001:db8::{number + 1:x}") == 0
    assert tried.fail("2001:db8::ffff:1") == 60
    assert tried.fail("2001:db8:0:1::1") == 0


def test_only_so_many_addresses_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "ADDRESSES_MAX", 2)
    tried = Attempts(clock=Passing())
    fail(tried, "192.0.2.1", ATTEMPTS_MAX)
    fail(tried, "192.0.2.2", ATTEMPTS_MAX)
    assert tried.fail("192.0.2.3") == 0
    # The oldest was forgotten, the other was not.
    assert tried.fail("192.0.2.2") == 60
    assert tried.fail("192.0.2.1") == 0
