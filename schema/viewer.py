"""Who asks, and the organization whose data it is."""

import strawberry

from resolvers.enums import Role
from resolvers.scalars import CurrencyCode
from schema.address import Address
from schema.fields import reference, value


@strawberry.type(description="The company that bills. You see the data of one only: your own.")
class Organization:
    name: str = value("Its name.")
    time_zone: str = value("Decides which day is today, such as `America/Toronto`.")
    currency: CurrencyCode = value("In which customers are billed unless they say otherwise.")
    remit_to_address: Address | None = reference("Where its customers pay, unless told otherwise.")


@strawberry.type(description="Who you are to this server.")
class Viewer:
    name: str = value("Your name, as it stands in the activity of what you change.")
    role: Role = value("What you may do.")
    organization: Organization = value("Whose data you see.")
