"""Files: bytes in, bytes out; errors that say what to do; never half a file."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import attrs
import pytest

from weeknote import (
    CannotExpressError,
    NotTextError,
    Paragraph,
    UnknownDialectError,
    WeeknoteError,
    parse,
    read,
    read_archive,
    write,
)
from weeknote.codec.files import FileChangedError, write_bytes

CONTENTS = {
    "nothing": b"",
    "a byte order mark": b"\xef\xbb\xbf# Rain\n",
    "CR LF": b"# Rain\r\n\r\n- a\r\n",
    "CR": b"# Rain\r\r- a\r",
    "line ends mixed": b"# Rain\r\n\n- a\r- b\n\r",
    "no final line end": b"# Rain",
    "blanks at line ends": b"# Rain  \n \t\n",
    "U+2028 and U+0085": "a\u2028b\x85c\n".encode(),
    "NULs": b"\x00" * 100,
    "front matter": b"---\r\ntitle:  Rain # no\r\n---\r\n\r\na\r\n",
    "emoji": "# 🧭\n".encode(),
}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("suffix", [".md", ".txt", ""])
def test_what_is_read_is_written_to_the_byte(tmp_path: Path, content: bytes, suffix: str) -> None:
    """`write(read(path), path)` changes nothing, and elsewhere it writes the same bytes."""
    path, other = tmp_path / f"note{suffix}", tmp_path / f"other{suffix}"
    path.write_bytes(content)
    for reader in (read, read_archive):
        note = reader(path)
        assert write(note, path) is False
        assert path.read_bytes() == content
        other.unlink(missing_ok=True)
        assert write(note, other) is True
        assert other.read_bytes() == content


def test_a_file_that_holds_the_note_already_is_not_touched(tmp_path: Path) -> None:
    """`write` returns False and leaves time and identity of the file alone."""
    path = tmp_path / "note.md"
    path.write_bytes(b"# Rain\n")
    os.utime(path, ns=(10**18, 10**18))
    before = path.stat()
    assert write(read(path), path) is False
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


def test_write_says_that_the_file_changed(tmp_path: Path) -> None:
    """Another text is written, once."""
    path = tmp_path / "note.md"
    path.write_bytes(b"# Rain\n")
    note = parse("# Sun\n")
    assert [write(note, path), write(note, path)] == [True, False]
    assert path.read_bytes() == b"# Sun\n"
    assert [p.name for p in tmp_path.iterdir()] == ["note.md"]


PLAIN = "Rain\n\n# Sun\n"

SUFFIXES = {
    **dict.fromkeys(["a.md", "a.MD", "a.markdown", "a.mdown", "a.mkd", "a.mdx", "a.qmd"], "markdown"),
    **dict.fromkeys(["a.txt", "a.TXT", "a.text", "a.md.txt"], "text"),
    **dict.fromkeys(["a", "a.note", ".md"], None),
}


@pytest.mark.parametrize(("name", "dialect"), SUFFIXES.items(), ids=SUFFIXES)
def test_the_suffix_decides_the_dialect(tmp_path: Path, name: str, dialect: str | None) -> None:
    """Where the suffix says nothing the text does, and a dialect that is named counts before both."""
    path = tmp_path / name
    for text, told in ((PLAIN, "markdown"), ("Weeknote 12\n\n  • a\n", "text")):
        path.write_text(text, encoding="utf-8")
        for reader in (read, read_archive):
            assert reader(path).dialect == (dialect or told)
            assert reader(str(path)).dialect == (dialect or told)
            assert reader(path, dialect="text").dialect == "text"
            assert reader(path, dialect="markdown").dialect == "markdown"


def test_the_file_name_is_evidence(tmp_path: Path) -> None:
    """A date in the name decides the year and is the day of publication."""
    path = tmp_path / "2019-05-12-rain.md"
    path.write_text("# w/c 6 May: rain\n", encoding="utf-8")
    for note in (read(path), read_archive(path).weeknotes[0]):
        assert note.weeks[0].start == date(2019, 5, 6)
    assert read(path).published == date(2019, 5, 12)
    assert read(path, near=date(2024, 5, 6)).weeks[0].start == date(2024, 5, 6)


BAD = {
    "Latin-1": (b"# Caf\xe9\n", 1, 6, 0xE9),
    "further down": ("# Rain\n\né ".encode() + b"\xff\n", 3, 3, 0xFF),
    "after CR LF": (b"a\r\nb\r\n\x80", 3, 1, 0x80),
    "UTF-16": ("# Rain".encode("utf-16"), 1, 1, None),
    "a cut character": ("🧭".encode()[:2], 1, 1, 0xF0),
    "half a surrogate pair": ("a\ud800".encode("utf-8", "surrogatepass"), 1, 2, 0xED),
}


@pytest.mark.parametrize(("content", "line", "column", "byte"), BAD.values(), ids=BAD)
def test_what_is_not_utf_8_is_refused_with_place_and_advice(
    tmp_path: Path, content: bytes, line: int, column: int, byte: int | None
) -> None:
    """The error names file, line, column and byte, says what to do, and carries them as data."""
    path = tmp_path / "note.md"
    path.write_bytes(content)
    for reader in (read, read_archive):
        with pytest.raises(NotTextError) as caught:
            reader(path)
        error = caught.value
        assert isinstance(error, WeeknoteError)
        assert str(error).startswith(f"{path}:{line}:{column}: not UTF-8: ")
        assert str(error).endswith("save the file as UTF-8 and try again")
        assert (error.path, error.place, error.expected) == (str(path), (line, column), "UTF-8")
        if byte is not None:
            assert f"byte 0x{byte:02x}" in str(error)
            assert error.found == bytes([byte])


def test_the_place_of_a_bad_byte_counts_lines_as_notes_do(tmp_path: Path) -> None:
    """A carriage return alone ends a line here as everywhere else, and a byte order mark is a character."""
    path = tmp_path / "note.md"
    path.write_bytes(b"a\rb\r\xff")
    with pytest.raises(NotTextError) as caught:
        read(path)
    assert caught.value.place == (3, 1)


@pytest.mark.parametrize("reader", [read, read_archive])
def test_a_missing_file_and_a_directory_are_plain_os_errors(tmp_path: Path, reader: Any) -> None:
    """What the system says about a file is passed on as it is."""
    with pytest.raises(FileNotFoundError) as caught:
        reader(tmp_path / "none.md")
    assert not isinstance(caught.value, WeeknoteError)
    with pytest.raises(IsADirectoryError):
        reader(tmp_path)


def test_writing_to_a_directory_or_into_none_is_an_os_error(tmp_path: Path) -> None:
    """Nothing is left behind."""
    for path in (tmp_path, tmp_path / "none" / "note.md"):
        with pytest.raises((IsADirectoryError, FileNotFoundError)):
            write(parse("a"), path)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_dialect_is_refused(tmp_path: Path) -> None:
    """Also when the file would be readable."""
    path = tmp_path / "note.md"
    path.write_text("a", encoding="utf-8")
    with pytest.raises(UnknownDialectError):
        read(path, dialect="rst")


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755])
def test_a_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    """The new content has the old file's mode."""
    path = tmp_path / "note.md"
    path.write_bytes(b"a")
    path.chmod(mode)
    assert write(parse("b"), path) is True
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_has_the_permissions_a_new_file_has_here(tmp_path: Path) -> None:
    """As if it had been opened and written, not those of a temporary file."""
    other = tmp_path / "other.md"
    other.write_bytes(b"a")
    path = tmp_path / "note.md"
    write(parse("a"), path)
    assert path.stat().st_mode == other.stat().st_mode
    # The next file has them too.
    write(parse("a"), tmp_path / "next.md")
    assert (tmp_path / "next.md").stat().st_mode == other.stat().st_mode


def test_a_symbolic_link_is_followed(tmp_path: Path) -> None:
    """The file it points to is written, and it stays a link."""
    target, link = tmp_path / "target.md", tmp_path / "link.md"
    target.write_bytes(b"a")
    link.symlink_to(target)
    assert write(parse("b"), link) is True
    assert link.is_symlink()
    assert target.read_bytes() == b"b"


def test_a_read_only_file_is_refused_and_left_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Replacing it would be possible, as its folder can be written; it is still the writer's to decide."""
    path = tmp_path / "note.md"
    path.write_bytes(b"a")
    path.chmod(0o444)
    if os.access(path, os.W_OK):  # root may write everything
        monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    with pytest.raises(PermissionError, match="read-only"):
        write(parse("b"), path)
    assert path.read_bytes() == b"a"
    assert [p.name for p in tmp_path.iterdir()] == ["note.md"]
    assert write(parse("a"), path) is False


class Stopped(BaseException):
    """What stops a program: no `Exception`, like `KeyboardInterrupt`."""


@pytest.mark.parametrize("what", ["replace", "chmod", "fsync"])
@pytest.mark.parametrize("error", [OSError("the disk is full"), Stopped()], ids=["an error", "a stop"])
def test_a_failure_half_way_leaves_the_old_file_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, error: BaseException
) -> None:
    """Wherever writing fails, the file keeps its old content and no temporary file is left."""
    path = tmp_path / "note.md"
    path.write_bytes(b"a")

    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    with monkeypatch.context() as patch:
        if what == "fsync":
            patch.setattr(os, what, fail)
        else:
            patch.setattr(os, what, fail)
            patch.setattr(Path, what, fail)
        with pytest.raises(type(error)):
            write(parse("b"), path)
    assert path.read_bytes() == b"a"
    assert [p.name for p in tmp_path.iterdir()] == ["note.md"]
    assert write(parse("b"), path) is True


def test_the_temporary_file_is_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file can be replaced in one step only by one on the same file system."""
    beside: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _: beside.extend(path.name for path in tmp_path.iterdir()))
    assert write(parse("a"), tmp_path / "note.md") is True
    assert [name.startswith(".note.md.") for name in beside] == [True]


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """What was read is compared with what is there when it is replaced."""
    path = tmp_path / "note.md"
    path.write_bytes(b"a")
    assert write_bytes(b"b", path, replacing=b"a") is True
    with pytest.raises(FileChangedError, match="changed while it was being edited"):
        write_bytes(b"c", path, replacing=b"a")
    assert path.read_bytes() == b"b"


def test_a_device_is_written_to() -> None:
    """It cannot be replaced."""
    assert write_bytes(b"a", os.devnull) is True


def test_half_a_surrogate_pair_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """It has no UTF-8: the error names the note and the character, and the file is as it was."""
    path = tmp_path / "note.md"
    path.write_bytes(b"a")
    note = parse("b \ud800")
    with pytest.raises(CannotExpressError, match="surrogate") as caught:
        write(note, path)
    assert (caught.value.node, caught.value.found) == (note, "\ud800")
    assert path.read_bytes() == b"a"
    assert [p.name for p in tmp_path.iterdir()] == ["note.md"]


def test_what_cannot_be_expressed_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    """A note that no text means leaves the file as it was."""
    path = tmp_path / "note.md"
    path.write_bytes(b"a")
    with pytest.raises(CannotExpressError):
        write(attrs.evolve(parse("b"), intro=[Paragraph("")]), path)
    assert path.read_bytes() == b"a"
    assert [p.name for p in tmp_path.iterdir()] == ["note.md"]


def test_a_name_as_long_as_a_name_can_be_is_written(tmp_path: Path) -> None:
    """The temporary file's name stays within the limits of the file system."""
    path = tmp_path / ("n" * 250 + ".md")
    assert write(parse("a"), path) is True
    assert path.read_bytes() == b"a"
