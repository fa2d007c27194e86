"""Who may do what."""

from enum import StrEnum


class Role(StrEnum):
    """What a key may do; each role may do what those before it may."""

    VIEWER = "viewer"
    CLERK = "clerk"
    ADMIN = "admin"

    def may_act_as(self, needed: "Role") -> bool:
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)
