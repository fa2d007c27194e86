"""Who asks, and for which organization."""

from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

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

    @cached_property
    def zone(self) -> ZoneInfo:
        """Whose midnight begins the organization's day."""
        return ZoneInfo(self.organization.time_zone)
