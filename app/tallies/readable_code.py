"""Codes that people read out, copy by hand and type: 20 characters without look-alikes, the last to check the others.

The check character makes a sum over the field of 32 elements come to 0, in which each place has a weight of its own. So
it catches every single wrong character and every two characters that changed places, neighbours or not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
GROUP = 4

BITS = 5 * (LENGTH - 1)
"""How large a number a code carries."""

_TAKEN_FOR = str.maketrans("OIL", "011")
_FIELD = 0b100101
"""x^5 + x^2 + 1: primitive, so that the weights of the first 31 places all differ."""


class MistypedError(ValueError):
    """Text that is no code; it says where to look."""


def write_code(number: int) -> str:
    """A number below 2 to the power of ``BITS`` as a code, in groups."""
    digits = [number >> shift & 31 for shift in range(BITS - 5, -1, -5)]
    digits.append(_sum([*digits, 0]))
    code = "".join(ALPHABET[digit] for digit in digits)
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read_code(text: str) -> int:
    """The number of a code, in capitals or not, however it is spaced, with O for 0, and I or L for 1.

    Raises MistypedError.
    """
    groups = _groups(text)
    code = "".join(groups)
    for place, character in enumerate(code):
        if character not in ALPHABET:
            message = f"group {place // GROUP + 1} has {character!r}, which is never part of a code; look at it again"
            raise MistypedError(message)
    if len(code) != LENGTH:
        raise MistypedError(_wrong_length(groups, len(code)))
    digits = [ALPHABET.index(character) for character in code]
    if _sum(digits) != 0:
        message = "a character is wrong, or two have changed places; compare every group with the code as it was given"
        raise MistypedError(message)
    return sum(digit << 5 * place for place, digit in enumerate(reversed(digits[:-1])))


def _groups(text: str) -> list[str]:
    """The characters between spaces and dashes of any kind, as they stand in the alphabet."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_TAKEN_FOR)
    return "".join(" " if _is_gap(unicodedata.category(each)) else each for each in plain).split()


def _is_gap(category: str) -> bool:
    return category[0] in "ZC" or category == "Pd"


def _wrong_length(groups: list[str], length: int) -> str:
    said = f"a code has {LENGTH} letters and digits, in {LENGTH // GROUP} groups of {GROUP}; this one has {length}"
    odd = [place for place, group in enumerate(groups, start=1) if len(group) != GROUP]
    if len(groups) == LENGTH // GROUP and len(odd) == 1:
        return f"{said}; look at group {odd[0]}"
    return f"{said}; compare every group with the code as it was given"


def _sum(digits: Iterable[int]) -> int:
    """The weighted sum; the weight of each place is that of the next, multiplied by x."""
    total = 0
    for digit in digits:
        total <<= 1
        if total & 0b100000:
            total ^= _FIELD
        total ^= digit
    return total
