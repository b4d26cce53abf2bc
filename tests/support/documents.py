"""PDF documents, made by code."""

from collections.abc import Sequence

A4 = "0 0 595 842"


def make_pdf(
    pages: Sequence[str] = ("Ke hoach",), box: str = A4, trailer: str = "", title: str = ""
) -> bytes:
    """Return a document with a line of text, of Latin letters, on each page.

    A ``title`` is a string of PDF.
    """
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    shared = f"/MediaBox[{box}]/Resources<</Font<</F 3 0 R>>>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}{shared}>>",
        font,
    ]
    for number, text in enumerate(pages):
        drawn = f"BT /F 60 Tf 60 600 Td ({text}) Tj ET"
        objects.append(f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * number} 0 R>>")
        objects.append(f"<</Length {len(drawn)}>>stream\n{drawn}\nendstream")
    if title:
        objects.append(f"<</Title({title})>>")
        trailer += f"/Info {len(objects)} 0 R"
    return write_objects(objects, trailer)


def write_objects(objects: Sequence[str], trailer: str = "") -> bytes:
    """Return a file of these objects, numbered from 1; the first one is the catalogue."""
    written = bytearray(b"%PDF-1.4\n")
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    size, start = len(objects) + 1, len(written)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    end = f"trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n"
    return bytes(written) + (head + end).encode()


def lock_pdf() -> bytes:
    """Return a document that nobody can open without a password."""
    sign = "<" + "5a" * 32 + ">"
    locked = f"/Encrypt<</Filter/Standard/V 1/R 2/O{sign}/U{sign}/P -4>>/ID[{sign}{sign}]"
    return make_pdf(trailer=locked)
