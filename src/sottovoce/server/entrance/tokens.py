"""Tokens for apps: each says whose it is, so it is looked for among that owner's rows only.

>>> token = token_text("ada", "secret")
>>> token, owner_in(token), owner_in("svt_%%%.x")
('svt_YWRh.secret', 'ada', None)
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable
from datetime import timedelta
from secrets import token_hex

from sottovoce.journal.accounts import Token, drop_token, find_tokens, mark_used, put_token
from sottovoce.journal.store import Journal
from sottovoce.server.entrance.person import Person
from sottovoce.server.entrance.secrets import digest, new_secret

PREFIX = "svt_"
NOTED_EVERY = timedelta(minutes=1)


def token_text(owner: str, secret: str) -> str:
    """What an app shows."""
    return f"{PREFIX}{urlsafe_b64encode(owner.encode()).decode().rstrip('=')}.{secret}"


def owner_in(token: str) -> str | None:
    """Whose a token says it is; None where it is none of ours."""
    named, dot, _ = token.removeprefix(PREFIX).partition(".")
    if not token.startswith(PREFIX) or not dot:
        return None
    try:
        return urlsafe_b64decode(named + "=" * (-len(named) % 4)).decode() or None
    except ValueError:
        return None


class Tokens:
    """The tokens of whoever is asked for."""

    def __init__(self, journal_of: Callable[[str], Journal]) -> None:
        self._journal_of = journal_of

    def new(
        self, owner: str, label: str, scopes: Iterable[str], valid: timedelta
    ) -> tuple[str, Token]:
        """A new token: what the app shows, told this once, and what is kept."""
        journal, text = self._journal_of(owner), token_text(owner, new_secret())
        now = journal.clock()
        token = Token(token_hex(8), label, tuple(sorted(set(scopes))), now, now + valid)
        with journal.writing() as owned:
            put_token(owned, token, digest(text))
        return text, token

    def all(self, owner: str) -> list[Token]:
        """The tokens of an owner, without their secrets."""
        with self._journal_of(owner).reading() as owned:
            return find_tokens(owned)

    def take_back(self, owner: str, token_id: str) -> bool:
        """Make a token useless; returns whether there was one."""
        with self._journal_of(owner).writing() as owned:
            return drop_token(owned, token_id)

    def person(self, text: str) -> Person | None:
        """Whom a token lets in; nobody when it is unknown or over."""
        owner = owner_in(text)
        if owner is None:
            return None
        journal = self._journal_of(owner)
        now = journal.clock()
        with journal.reading() as owned:
            found = next(iter(find_tokens(owned, digest(text))), None)
        if found is None or found.expires_at <= now:
            return None
        if found.used_at is None or now - found.used_at > NOTED_EVERY:
            with journal.writing() as owned:
                mark_used(owned, found.id, now)
        return Person(owner, found.id, frozenset(found.scopes))
