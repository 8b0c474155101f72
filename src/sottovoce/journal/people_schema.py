"""The tables of who may enter: like all others, each row is its owner's and seen as theirs only.

A name at the door and a token both say whose they are, so nothing is ever looked up across owners.
"""

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sottovoce.journal.schema import Base, OwnedRow


class AccountRow(OwnedRow, Base):
    """That somebody of this name has an account; ``password`` is its Argon2id hash."""

    __tablename__ = "accounts"

    password: Mapped[str]
    created_at: Mapped[datetime]


class TokenRow(OwnedRow, Base):
    """A token for an app: its SHA-256, what it may do (``scopes``, JSON), until when."""

    __tablename__ = "tokens"
    __table_args__ = (UniqueConstraint("owner", "digest"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    scopes: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class VisitRow(OwnedRow, Base):
    """One access: what was asked, by which token, how it was answered; nothing of its content.

    ``digest`` is over the row and the digest before it, so that a changed row shows.
    """

    __tablename__ = "visits"

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    asked: Mapped[str]
    about: Mapped[str | None]
    by: Mapped[str]
    status: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
