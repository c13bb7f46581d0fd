"""The tables of notices: what is to be told, and which claims were told of."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from tasks.model.notice import Matter
from tasks.storage.tables import WITHOUT_ROWID, Base


class NoticeRow(Base):
    """One thing to tell, and how far that has come."""

    __tablename__ = "notices"

    id: Mapped[str] = mapped_column(primary_key=True)  # of its event
    matter: Mapped[Matter]
    subject: Mapped[str]
    noticed_at: Mapped[datetime]
    alone: Mapped[bool]
    told_in: Mapped[str]
    sent_at: Mapped[datetime | None]  # handed to the server, which may not have stored it yet
    told_at: Mapped[datetime | None] = mapped_column(index=True)  # the server has it


class NoticedClaimRow(Base):
    """A claim by which something noticed is known again; no foreign keys: articles are read anew, notices purged."""

    __tablename__ = "noticed_claims"
    __table_args__ = WITHOUT_ROWID

    claim_id: Mapped[str] = mapped_column(primary_key=True)
    matter: Mapped[Matter] = mapped_column(primary_key=True)
    notice_id: Mapped[str] = mapped_column(index=True)
