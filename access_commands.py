"""The commands that say who may use the API: `remit organizations` and `remit keys`."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from commands import run, show
from domain.access import Role
from services import keys as key_service
from services import organizations as organization_service

organizations = typer.Typer(help="The companies that bill.", no_args_is_help=True)
keys = typer.Typer(help="The keys with which programs use the API.", no_args_is_help=True)

_Organization = Annotated[
    int, typer.Option("--organization", min=1, max=2**63 - 1, help="Its number, as in the list.")
]


@organizations.command("create")
def create_organization(
    name: Annotated[str, typer.Option(help="The company's name.")],
    time_zone: Annotated[str, typer.Option(help="Decides its day, such as America/Toronto.")],
    currency: Annotated[str, typer.Option(help="In which it bills, such as CAD.")],
) -> None:
    """Make an organization. Then make a key for it: remit keys create."""
    made = run(
        lambda session: organization_service.create(
            session, name=name, time_zone=time_zone, currency=currency, now=_now()
        )
    )
    typer.echo(f"Made organization {made.id}, {made.name}.")


@organizations.command("list")
def list_organizations() -> None:
    """Show every organization and its number."""
    rows = [
        (str(one.id), one.name, one.time_zone, one.currency)
        for one in run(organization_service.listed)
    ]
    show(("number", "name", "time zone", "currency"), rows)


@keys.command("create")
def create_key(
    organization: _Organization,
    name: Annotated[str, typer.Option(help="Whose key it is. Changes carry this name.")],
    role: Annotated[Role, typer.Option(help="viewer reads, clerk also writes, admin may all.")],
) -> None:
    """Make a key and show it, once: only its digest is kept."""
    key, text = run(
        lambda session: key_service.create(
            session, organization_id=organization, name=name, role=role, now=_now()
        )
    )
    typer.echo(f"Made {key.id}, {key.role} of organization {organization}.", err=True)
    typer.echo("It is not shown again. Send it as: Authorization: Bearer <key>", err=True)
    # Alone on its stream, so that a script can keep it.
    typer.echo(text)


@keys.command("list")
def list_keys(organization: _Organization) -> None:
    """Show an organization's keys: whose they are, and when they were used; not the keys."""
    rows = [
        (
            one.id,
            one.name,
            str(one.role),
            _moment(one.created_at),
            _moment(one.last_used_at),
            _moment(one.revoked_at),
        )
        for one in run(lambda session: key_service.listed(session, organization))
    ]
    show(("id", "name", "role", "made", "last used", "revoked"), rows)


@keys.command("revoke")
def revoke_key(
    organization: _Organization,
    key: Annotated[str, typer.Option("--key", help="Its id, as in the list: key_...")],
) -> None:
    """Revoke a key for good. Servers stop taking it within 15 seconds."""
    revoked = run(
        lambda session: key_service.revoke(
            session, organization_id=organization, key_id=key, now=_now()
        )
    )
    typer.echo(f"{revoked.id} ({revoked.name}) is revoked since {_moment(revoked.revoked_at)}.")


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def _now() -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
