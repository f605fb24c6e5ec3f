from __future__ import annotations

import stat
from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.problem import ProblemFound
from app.studio.package import LARGEST_PACKAGE, Package, pack, unpack

PACKAGE = Package("northfold", b"fee: none\n", ("logo.svg", b"<svg/>"))
TEXT = ("northfold/council.yaml", b"fee: none\n")


def zipped(*files: tuple[str | ZipInfo, bytes], compression: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", compression) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def link(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def locked() -> bytes:
    data = bytearray(zipped(TEXT, compression=ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def claiming(size: int) -> bytes:
    """A zip whose entry says that it unpacks to another size than it does."""
    data = bytearray(zipped(("northfold/council.yaml", b"a" * 300_000)))
    data[22:26] = size.to_bytes(4, "little")
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = size.to_bytes(4, "little")
    return bytes(data)


def test_what_is_packed_is_unpacked_and_packed_alike_every_time() -> None:
    assert unpack(pack(PACKAGE)) == PACKAGE
    assert pack(PACKAGE) == pack(PACKAGE)


def test_what_computers_add_of_themselves_is_left_out() -> None:
    clutter = ((".DS_Store", b"x"), ("__MACOSX/northfold/._council.yaml", b"x"), ("northfold/", b""))
    assert unpack(zipped(TEXT, *clutter)) == Package("northfold", TEXT[1])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no zip"),
        (b"PK\x03\x04" + b"x" * 50, "is no zip"),
        (zipped(TEXT)[:-30], "is no zip"),
        (zipped(TEXT, compression=ZIP_STORED).replace(b"fee: none", b"fee: nine"), "is no zip"),
        (b"x" * (LARGEST_PACKAGE + 1), "larger than 400 kB"),
        (zipped(), "send one folder"),
        (zipped(("northfold/logo.svg", b"")), "send one folder"),
        (zipped(TEXT, ("kent/logo.svg", b"")), "send one folder"),
        (zipped(TEXT, ("northfold/logo.svg", b""), ("northfold/logo.png", b"")), "at most one of"),
        (zipped(("council.yaml", b"")), "not part of a council's folder"),
        (zipped(TEXT, ("northfold/script.js", b"")), "not part of a council's folder"),
        (zipped(TEXT, ("northfold/deep/logo.svg", b"")), "not part of a council's folder"),
        (zipped(("../council.yaml", b"")), "not part of a council's folder"),
        (zipped(("/etc/council.yaml", b"")), "not part of a council's folder"),
        (zipped(("C:\\council.yaml", b"")), "not part of a council's folder"),
        (zipped(("North Fold/council.yaml", b"")), "not part of a council's folder"),
        (zipped(TEXT, *((f"northfold/{number}", b"") for number in range(30))), "too many files"),
        (zipped(TEXT, ("northfold/logo.svg", b"0" * 10_000_000)), "larger than 200 kB"),
        (zipped((link("northfold/council.yaml"), b"/etc/passwd")), "points to another file"),
        (zipped(TEXT, compression=ZIP_BZIP2), "unusual way"),
        (locked(), "password"),
        (claiming(10), "is no zip"),
        (claiming(4_000_000_000), "larger than 200 kB"),
    ],
)  # fmt: skip
def test_anything_but_one_small_folder_is_refused_with_what_to_send(data: bytes, said: str) -> None:
    with pytest.raises(ProblemFound, match=said):
        unpack(data)


def test_a_file_that_stands_there_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(TEXT, TEXT)
    with pytest.raises(ProblemFound, match="twice"):
        unpack(data)


@given(st.integers(0, len(pack(PACKAGE)) - 1), st.binary(min_size=1, max_size=4))
def test_a_damaged_zip_is_unpacked_or_refused(place: int, damage: bytes) -> None:
    whole = pack(PACKAGE)
    with suppress(ProblemFound):
        assert unpack(whole[:place] + damage + whole[place + len(damage) :]).slug
