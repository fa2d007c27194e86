"""What is computed of an address."""

from engine.declare import computed


@computed(
    "company_name", "address1", "address2", "city", "state_code", "postal_code", "country_code"
)
def name(  # noqa: PLR0917 - one for each column
    company_name: str | None,
    address1: str,
    address2: str | None,
    city: str,
    state_code: str | None,
    postal_code: str | None,
    country_code: str,
) -> str:
    """The address on one line: `Acme Freight, 12 King St W, Toronto, ON M5H 1A1, CA`."""
    region = " ".join(part for part in (state_code, postal_code) if part)
    parts = (company_name, address1, address2, city, region, country_code)
    return ", ".join(part for part in parts if part)
