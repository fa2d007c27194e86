"""Who asks, and for which organization."""

from dataclasses import dataclass
from functools import cached_property

from db.tables import Organization
from domain.access import Role


@dataclass(frozen=True)
class Viewer:
    """Who asks."""

    name: str
    role: Role
    organization: Organization

    @cached_property
    def organization_id(self) -> int:
        """At hand: the ORM takes its time for each attribute, and this one is asked for often."""
        return self.organization.id
