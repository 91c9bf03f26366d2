"""Look through one PDF in a process of its own and write it anew, or draw its first page.

Run by :mod:`mobility.common.uploads` as ``check <pages>`` or ``draw <pixels>``. Standard input: the file. Standard output:
the same pages without anything that stood outside them, or a small JPEG. Exit codes are in ``VERDICTS``.

The process may use 1 GB and 15 s of processor time, so a file that unpacks to gigabytes ends here.
"""

import io
import sys

VERDICTS = {10: "broken", 11: "encrypted", 12: "active", 13: "pages"}
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/RichMediaExecute", "/Rendition"}
ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}
MEMORY = 1024**3  # bytes
SECONDS = 15


def check(page_limit):
    import pikepdf  # slow import, and only after the limits

    try:
        with pikepdf.open(io.BytesIO(sys.stdin.buffer.read())) as pdf:
            if pdf.is_encrypted:
                return 11
            if len(pdf.pages) > page_limit or not len(pdf.pages):
                return 13
            if any(_is_active(pikepdf, item) for item in pdf.objects):
                return 12
            fresh = io.BytesIO()
            pdf.save(fresh, deterministic_id=True)  # sent twice, it is the same file
    except pikepdf.PasswordError:
        return 11
    except (pikepdf.PdfError, MemoryError, RecursionError, ValueError, RuntimeError):
        return 10
    sys.stdout.buffer.write(fresh.getvalue())
    return 0


def draw(pixels):
    """Draw the first page of a file that ``check`` has written, without its forms and notes."""
    import pypdfium2  # slow import, and only after the limits

    try:
        with pypdfium2.PdfDocument(sys.stdin.buffer.read()) as pdf:
            page = pdf[0]
            scale = pixels / max(*page.get_size(), 1)
            picture = page.render(scale=scale, may_draw_forms=False, draw_annots=False).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, MemoryError, ValueError, RuntimeError):
        return 10
    picture.thumbnail((pixels, pixels))
    picture.save(sys.stdout.buffer, "JPEG", quality=80)
    return 0


def _is_active(pikepdf, item, depth=0):
    """Whether an object, or what lies directly inside it, runs, opens or carries something."""
    if depth > 50:
        return True
    if isinstance(item, pikepdf.Stream):
        item = item.stream_dict
    if isinstance(item, pikepdf.Dictionary):
        keys = set(item.keys())
        if keys & ACTIVE_KEYS or str(item.get("/S", "")) in ACTIVE_ACTIONS:
            return True
        inner = [item[key] for key in keys]
    elif isinstance(item, pikepdf.Array):
        inner = list(item)
    else:
        return False
    # What is referred to is in pdf.objects itself.
    return any(
        _is_active(pikepdf, child, depth + 1)
        for child in inner
        if isinstance(child, pikepdf.Object) and not child.is_indirect
    )


def _limit_resources():
    try:
        import resource  # not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


if __name__ == "__main__":
    _limit_resources()
    sys.exit({"check": check, "draw": draw}[sys.argv[1]](int(sys.argv[2])))
