"""Who asks."""

from engine.rows import Loaded
from resolvers.context import Info


async def viewer(info: Info) -> Loaded:
    """Who you are: your name, your role, and your organization."""
    viewer = info.context.viewer
    organization = viewer.organization
    return Loaded(
        "Viewer",
        {
            "name": viewer.name,
            "role": viewer.role,
            "organization": Loaded(
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
