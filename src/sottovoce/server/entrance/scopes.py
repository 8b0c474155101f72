"""What a token may do: one word for each kind of thing."""

LISTEN, READ, WRITE, EXPORT, MANAGE = "listen", "read", "write", "export", "manage"
SCOPES = (LISTEN, READ, WRITE, EXPORT, MANAGE)
ALL = frozenset(SCOPES)
SAFE_METHODS = frozenset({"GET", "HEAD"})

BY_TAG = {
    "analyses": LISTEN,
    "jobs": LISTEN,
    "export and import": EXPORT,
    "access": MANAGE,
    "channels": MANAGE,
    "erasing": MANAGE,
}
"""What the routes of a tag need; those of other tags need to read or to write."""


def needed(tag: str, method: str) -> str:
    """What a request needs to be allowed.

    >>> needed("analyses", "POST"), needed("entries", "GET"), needed("entries", "DELETE")
    ('listen', 'read', 'write')
    """
    return BY_TAG.get(tag) or (READ if method in SAFE_METHODS else WRITE)
