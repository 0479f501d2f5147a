"""Several codes in one parameter of a link, whatever letters the codes hold."""

import re
from collections.abc import Iterable

# A unit registered from an export has its name as code, and a name may hold the comma that separates codes.
# "~" and "." are never percent-encoded, so a link stays readable.
_ESCAPES = {"~": "~~", ",": "~."}
_PLAIN = {escaped: plain for plain, escaped in _ESCAPES.items()}


def join_codes(codes: Iterable[str]) -> str:
    """("a", "b,c") -> "a,b~.c"."""
    return ",".join(re.sub("[~,]", lambda found: _ESCAPES[found[0]], code) for code in codes)


def split_codes(text: str) -> tuple[str, ...]:
    """ "a,b~.c" -> ("a", "b,c"); empty parts are left out, since no code is empty."""
    return tuple(re.sub("~[~.]", lambda found: _PLAIN[found[0]], part) for part in text.split(",") if part)
