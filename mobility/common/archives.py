"""ZIP archives that are written while they are sent: never more than one block of one file in memory."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from types import GeneratorType

BLOCK = 64 * 1024  # bytes


class _Sink:
    """What ``zipfile`` writes into: it cannot seek, and gives away what it got."""

    def __init__(self):
        self._blocks: list[bytes] = []

    def write(self, block):
        self._blocks.append(bytes(block))
        return len(block)

    def flush(self):
        pass

    def take(self) -> bytes:
        taken, self._blocks = b"".join(self._blocks), []
        return taken


def zip_stream(entries: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """The bytes of an archive of ``(name, blocks)``; the entries are asked for one after the other."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", compression=zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]  # writes only
        for name, blocks in entries:
            with archive.open(name, "w", force_zip64=True) as entry:
                for block in blocks:
                    entry.write(block)
                    yield sink.take()
            yield sink.take()
    yield sink.take()


def json_blocks(data) -> Iterator[bytes]:
    """JSON for people, in UTF-8. A generator becomes a list that is written row by row."""
    if not isinstance(data, GeneratorType):
        yield (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
        return
    separator = "[\n"
    for item in data:
        yield (separator + json.dumps(item, ensure_ascii=False, indent=2)).encode()
        separator = ",\n"
    yield b"[]\n" if separator == "[\n" else b"\n]\n"


def file_blocks(stored) -> Iterator[bytes]:
    """The content of a :class:`~mobility.common.models.StoredFile`, block by block."""
    with stored.content.open("rb") as content:
        while block := content.read(BLOCK):
            yield block
