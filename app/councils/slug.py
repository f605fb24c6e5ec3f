"""The short names of councils in addresses."""

from __future__ import annotations

import re

RESERVED = frozenset(
    {
        # First segments of the service's own addresses.
        *("api", "brand", "cy", "desk", "embed", "en", "find", "healthz", "phone", "static", "studio", "unknown-host"),
        *("favicon.ico", "robots.txt", "sitemap.xml", ".well-known"),
        # In the place of a council in addresses of the desk.
        "national",
        # Folders beside those of the councils.
        *("examples", "register"),
    }
)
"""Words that no council may have as its slug, whatever services there are."""

_LONGEST = 60  # the sealed state has room for it
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def is_slug(text: str) -> bool:
    """Whether the text is lower case letters and digits, in words joined by single hyphens, and not too long."""
    return len(text) <= _LONGEST and _SLUG.fullmatch(text) is not None
