"""Jobs: what is to be done outside of requests, and what comes back again and again."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlmodel import Field, SQLModel

from db.columns import Id, Instant, Long, LongText, named, table_name, text
from domain.job import ATTEMPTS_MAX, JobKind, JobState

KEY_MAX = 64
_QUEUED = sql("state = 'queued'")
_RUNNING = sql("state = 'running'")


class Job(SQLModel, table=True):
    """Something to do, written in the transaction that causes it; its row goes when it is done.

    There is one row for each kind and key: whoever asks for the same again finds it there.
    """

    __tablename__ = table_name("jobs")
    __table_args__ = (
        UniqueConstraint("organization_id", "kind", "key"),
        CheckConstraint("(state = 'running') = (lease_owner IS NOT NULL)", name="lease_owner"),
        CheckConstraint("(state = 'running') = (lease_until IS NOT NULL)", name="lease_until"),
        CheckConstraint("state = 'running' OR wanted_lane IS NULL", name="wanted_lane"),
        CheckConstraint("state <> 'dead' OR error IS NOT NULL", name="dead"),
        CheckConstraint("attempts BETWEEN 0 AND attempts_max", name="attempts"),
        # Jobs of one lane are done one at a time.
        Index(
            "uq_jobs_lane",
            "organization_id",
            "lane",
            unique=True,
            postgresql_where=_RUNNING,
            sqlite_where=_RUNNING,
        ),
        # By it the first of a kind in a lane is found, however many wait behind it.
        Index(
            "ix_jobs_queued",
            "organization_id",
            "lane",
            "kind",
            "run_at",
            "id",
            postgresql_where=_QUEUED,
            sqlite_where=_QUEUED,
        ),
    )

    organization_id: int = Field(sa_type=Long, primary_key=True, foreign_key="organizations.id")
    id: str = Field(sa_type=Id, primary_key=True)
    kind: JobKind = Field(sa_type=named(JobKind))
    key: str = Field(sa_type=text(KEY_MAX))
    lane: str = Field(sa_type=text(KEY_MAX))
    rank: int = Field(sa_type=Long)
    payload: str = Field(sa_type=LongText)
    state: JobState = Field(sa_type=named(JobState), default=JobState.QUEUED)
    run_at: datetime = Field(sa_type=Instant)
    attempts: int = Field(sa_type=Long, default=0)
    attempts_max: int = Field(sa_type=Long, default=ATTEMPTS_MAX)
    # Asked for while it ran, and perhaps too late for it to see what changed: where to run again.
    wanted_lane: str | None = Field(sa_type=text(KEY_MAX), default=None)
    lease_owner: str | None = Field(sa_type=text(KEY_MAX), default=None)
    lease_until: datetime | None = Field(sa_type=Instant, default=None)
    error: str | None = Field(sa_type=LongText, default=None)
    created_at: datetime = Field(sa_type=Instant)


class Schedule(SQLModel, table=True):
    """A job that is asked for again and again; how often is a setting of its kind."""

    __tablename__ = table_name("schedules")
    __table_args__ = (Index(None, "next_at"),)

    organization_id: int = Field(sa_type=Long, primary_key=True, foreign_key="organizations.id")
    kind: JobKind = Field(sa_type=named(JobKind), primary_key=True)
    key: str = Field(sa_type=text(KEY_MAX), primary_key=True)
    lane: str = Field(sa_type=text(KEY_MAX))
    next_at: datetime = Field(sa_type=Instant)
