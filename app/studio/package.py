"""A council's folder as a zip: made, and read back within bounds whatever somebody sends."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from app.councils.folder import FILE, LOGOS
from app.councils.slug import is_slug
from app.engine.problem import ProblemFound

LARGEST_PACKAGE = 400_000
"""Bytes of a zip that is read at all."""

_LARGEST_ENTRY = 200_000
_MOST_ENTRIES = 20
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Package:
    """The files of a council's folder, not yet looked into."""

    slug: str
    text: bytes
    logo: tuple[str, bytes] | None = None


def pack(package: Package) -> bytes:
    """The zip: the same for the same files."""
    files = {FILE: package.text}
    if package.logo:
        files[package.logo[0]] = package.logo[1]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = ZipInfo(f"{package.slug}/{name}", _FIRST_DAY)
            entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def unpack(data: bytes) -> Package:
    """The files in a zip. Raises ProblemFound, and nothing else, for anything but one folder as ``pack`` makes it.

    However much it claims to hold, no more is unpacked than a little over what a folder can have.
    """
    if len(data) > LARGEST_PACKAGE:
        message = (
            f"the zip is larger than {LARGEST_PACKAGE // 1000} kB; send the folder of one council and nothing else"
        )
        raise ProblemFound("bad-zip", message)
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _package({entry.filename: _content(archive, entry) for entry in _entries(archive)})
    except ProblemFound:
        raise
    except Exception as error:  # a damaged file can make the reader raise anything
        raise ProblemFound("bad-zip", "the file is damaged or is no zip; make the zip of the folder again") from error


def _entries(archive: ZipFile) -> list[ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_clutter(entry.filename)]
    if len(archive.infolist()) > _MOST_ENTRIES:
        raise ProblemFound("bad-zip", "the zip holds too many files; send the folder of one council and nothing else")
    if len({entry.filename for entry in entries}) < len(entries):
        raise ProblemFound("bad-zip", "a file stands in the zip twice; make the zip of the folder again")
    return entries


def _is_clutter(name: str) -> bool:
    """Whether a computer put it there without being asked."""
    *folders, last = name.split("/")
    return "__MACOSX" in folders or last in (".DS_Store", "Thumbs.db", "desktop.ini")


def _content(archive: ZipFile, entry: ZipInfo) -> bytes:
    name = entry.filename[:80]
    if entry.flag_bits & _ENCRYPTED:
        raise ProblemFound("bad-zip", f"{name!r} is locked with a password; make the zip without one")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ProblemFound("bad-zip", f"{name!r} only points to another file; put the file itself there")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise ProblemFound("bad-zip", f"{name!r} is packed in an unusual way; make an ordinary zip")
    with archive.open(entry) as file:
        data = file.read(_LARGEST_ENTRY + 1)
    if len(data) > _LARGEST_ENTRY:
        raise ProblemFound("bad-zip", f"{name!r} is larger than {_LARGEST_ENTRY // 1000} kB; make it smaller")
    return data


def _package(files: dict[str, bytes]) -> Package:
    found: dict[str, bytes] = {}
    slugs = set()
    for path, data in files.items():
        slug, slash, name = path.partition("/")
        if not (slash and is_slug(slug) and name in (FILE, *LOGOS)):
            message = (
                f"{path[:80]!r} is not part of a council's folder; send one folder, named with the council's short "
                f"name, that holds {FILE} and at most one of {', '.join(LOGOS)}"
            )
            raise ProblemFound("bad-zip", message)
        slugs.add(slug)
        found[name] = data
    logos = [(name, found[name]) for name in LOGOS if name in found]
    if len(slugs) != 1 or FILE not in found or len(logos) > 1:
        message = f"send one folder that holds {FILE} and at most one of {', '.join(LOGOS)}"
        raise ProblemFound("bad-zip", message)
    return Package(slugs.pop(), found[FILE], logos[0] if logos else None)
