"""The tables of what changes from run to run: how findings stood last, and what each run found otherwise."""

from sqlalchemy.orm import Mapped, mapped_column

from tasks.model.change import Change
from tasks.model.finding import Status
from tasks.storage.tables import Base, owned_by


class StandingRow(Base):
    """How a finding stood when the last run that touched it ended; no foreign key, since it outlives the finding."""

    __tablename__ = "finding_standings"

    finding_id: Mapped[str] = mapped_column(primary_key=True)
    statement: Mapped[str]
    status: Mapped[Status]
    sources: Mapped[tuple[str, ...]]
    outlets: Mapped[tuple[str, ...]]


class RunChangeRow(Base):
    """One thing that a run found otherwise than the runs before it had left it."""

    __tablename__ = "run_changes"

    run_id: Mapped[str] = owned_by("runs.id")
    subject: Mapped[str] = mapped_column(primary_key=True)
    change: Mapped[Change]
    words: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    sources: Mapped[tuple[str, ...]]
    outlets: Mapped[tuple[str, ...]]
