"""Who asks, and for which organization."""

from dataclasses import dataclass

from db.tables import Organization
from domain.access import Role


@dataclass(frozen=True)
class Viewer:
    """Who asks."""

    name: str
    role: Role
    organization: Organization
