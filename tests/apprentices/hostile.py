"""Files that mean no good, or whose names do: name of the case -> how to make it, the name sent, what is expected.

Each is made when it is asked for: some are large.
"""

import io
import struct
import zlib

import pikepdf
from PIL import Image

from mobility.common import uploads
from tests.common.test_uploads import ACTIVE, pdf, picture, zipped


def made(kind):
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(file, kind)
    return file.getvalue()


def with_place():
    """A photo that tells where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "Storgata 1"
    return picture(exif=exif.tobytes())


def claims_a_billion_pixels():
    claims = bytearray(picture("PNG"))
    claims[16:24] = struct.pack(">II", 40_000, 40_000)
    claims[29:33] = struct.pack(">I", zlib.crc32(claims[12:29]))
    return bytes(claims)


def pdf_bomb():
    many = zlib.compressobj(1)
    zeros = b"\0" * 2**22
    packed = b"".join(many.compress(zeros) for _part in range(300)) + many.flush()  # 1.2 GB
    bomb = b"%PDF-1.5\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + str(len(packed)).encode()
    return bomb + b">>stream\n" + packed + b"\nendstream endobj\ntrailer<</Root 2 0 R>>\n%%EOF"


def locked(user):
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


PROGRAM = b"MZ\x90\0" + b"\0" * 500
REFUSED = {
    "SVG": (lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "a.svg", "kind"),
    "SVG named PNG": (lambda: b"<svg onload='alert(1)'/>", "a.png", "kind"),
    "HTML": (lambda: b"<!doctype html><script>alert(1)</script>", "a.html", "kind"),
    "HTML named PDF": (lambda: b"<html><body>hei", "a.pdf", "kind"),
    "text named PDF": (lambda: b"Min CV", "cv.pdf", "kind"),
    "EXE": (lambda: PROGRAM, "cv.exe", "kind"),
    "EXE with two endings": (lambda: PROGRAM, "cv.pdf.exe", "kind"),
    "ZIP": (zipped, "cv.zip", "kind"),
    "ZIP bomb": (lambda: b"PK\x03\x04" + b"\0" * 9000 + b"PK\x05\x06", "cv.pdf", "kind"),
    "GIF": (lambda: made("GIF"), "a.gif", "kind"),
    "WEBP": (lambda: made("WEBP"), "a.webp", "kind"),
    "TIFF": (lambda: made("TIFF"), "a.tiff", "kind"),
    "BMP": (lambda: made("BMP"), "a.bmp", "kind"),
    "empty": (lambda: b"", "cv.pdf", "empty"),
    "picture and page": (lambda: picture() + b"<script>alert(1)</script>", "a.jpg", "two_kinds"),
    "picture and archive": (lambda: picture("PNG") + zipped(), "a.png", "two_kinds"),
    "PDF and page": (lambda: pdf() + b"<html><body>", "a.pdf", "two_kinds"),
    "PDF and archive": (lambda: pdf() + zipped(), "a.pdf", "two_kinds"),
    "half a PNG": (lambda: picture("PNG")[:60], "a.png", "broken"),
    "half a JPEG": (lambda: picture(size=(400, 300))[:300], "a.jpg", "broken"),
    "half a PDF": (lambda: pdf()[:40], "a.pdf", "broken"),
    "PDF bomb": (pdf_bomb, "a.pdf", "broken"),
    "PNG that claims a billion pixels": (claims_a_billion_pixels, "a.png", "broken"),
    "picture of many pixels": (lambda: picture("PNG", size=(8000, 7000)), "a.png", "pixels"),
    "PDF with script": (lambda: pdf(ACTIVE["script when opened"]), "a.pdf", "active"),
    "PDF with script deep inside": (lambda: pdf(ACTIVE["script deep inside"]), "a.pdf", "active"),
    "PDF that starts a program": (lambda: pdf(ACTIVE["launch"]), "a.pdf", "active"),
    "PDF with a file in it": (lambda: pdf(ACTIVE["embedded file"]), "a.pdf", "active"),
    "PDF that sends a form": (lambda: pdf(ACTIVE["sends a form"]), "a.pdf", "active"),
    "PDF with a password": (lambda: locked("secret"), "a.pdf", "encrypted"),
    "PDF that only its owner may change": (lambda: locked(""), "a.pdf", "encrypted"),
    "PDF of many pages": (lambda: pdf(pages=uploads.PAGE_LIMIT + 1), "a.pdf", "pages"),
    "a hundred megabytes": (lambda: b"%PDF-" + b"0" * (100 * 1024**2), "a.pdf", "too_large"),
}
KEPT = {
    "path in the name": (pdf, "../../etc/passwd.pdf", "passwd.pdf"),
    "Windows path": (pdf, "C:\\Users\\kari\\cv.pdf", "cv.pdf"),
    "name that turns round": (pdf, "fdp.\u202eexe.pdf", "fdp.exe.pdf"),
    "NUL in the name": (pdf, "a\0b.pdf", "ab.pdf"),
    "300 letters": (pdf, "x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    "name from a Mac": (pdf, "So\u0308knad.pdf", "Söknad.pdf"),
    "no name before the ending": (pdf, ".pdf", "pdf.pdf"),
    "script named picture": (lambda: picture("PNG"), "a.php.png", "a.php.png"),
    "place in the picture": (with_place, "a.jpg", "a.jpg"),
}
