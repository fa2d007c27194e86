"""What nobody has verified of QuickBooks, or what differs between companies: tests turn it."""

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Literal


@dataclass
class Switches:
    """How the whole service behaves. Life times are in seconds; None is for ever, or no limit."""

    code_life: int = 600
    access_token_life: int = 3600
    rotate_always: bool = False
    stale_refresh_revokes: bool = False
    expired_as_xml: bool = False
    language: Literal["en", "fr"] = "en"
    request_id_life: int | None = 86400
    retry_after: int | None = None
    throttled_status: Literal[429, 403] = 429
    requests_a_second: int | None = None
    requests_a_minute: int | None = None
    old_cursor: Literal["error", "empty", "clipped"] = "error"
    feed_cap: int = 1000
    feed_tells_total: bool = True
    feed_lag: int = 0
    line_above_balance: Literal["kept", "unapplied", "refused"] = "kept"
    amount_tolerance: Decimal = Decimal("0.005")
    tax_code_required: bool = False
    tax_off_by: Decimal = Decimal(0)
    inactive_renamed: bool = False
    webhook_form: Literal["cloud_events", "classic"] = "cloud_events"


@dataclass
class Preferences:
    """How one company is set up."""

    country: Literal["CA", "US"] = "CA"
    home_currency: str = "CAD"
    multi_currency: bool = False
    custom_numbers: bool = False
    partner_tax: bool = False
    partner_tax_rate: Decimal = Decimal("0.08")


def turn(target: Switches | Preferences, **wanted: Any) -> None:
    """Set some of them by name; a wrong name is an error."""
    kept = {field.name: field for field in fields(target)}
    for name, value in wanted.items():
        is_decimal = isinstance(getattr(target, kept[name].name), Decimal)
        setattr(target, name, Decimal(str(value)) if is_decimal else value)
