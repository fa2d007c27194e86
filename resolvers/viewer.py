"""Who asks."""

from engine.declare import Answer
from resolvers.context import Context


async def viewer(context: Context) -> Answer:
    """Who you are: your name, your role, and your organization."""
    viewer = context.viewer
    organization = viewer.organization
    return Answer(
        "Viewer",
        {
            "name": viewer.name,
            "role": viewer.role,
            "organization": Answer(
                "Organization",
                {
                    "name": organization.name,
                    "timeZone": organization.time_zone,
                    "currency": organization.currency,
                    "remitToAddress": organization.remit_to_address_id,
                },
            ),
        },
    )
