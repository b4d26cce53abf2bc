"""Documents of other programs (.doc, .odt, .rtf), which LibreOffice writes as .docx first."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from sitegen.foundation.files import read_file
from sitegen.problems import UsageError

SUFFIXES = frozenset({".doc", ".odt", ".rtf", ".wps"})
_PROGRAMS = ("soffice", "libreoffice")
_PATIENCE_SECONDS = 120


def convert_to_docx(path: Path) -> bytes:
    """Return a document as .docx. LibreOffice runs with a profile of its own, which is empty.

    Raises :class:`~sitegen.problems.UsageError`.
    """
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if not program:
        raise UsageError("office-missing", path=path.name)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # A name from elsewhere could be taken for an option.
        source = folder / f"bai{path.suffix.lower()}"
        shutil.copyfile(path, source)
        profile = (folder / "profile").as_uri()
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
        command += ["--convert-to", "docx", "--outdir", str(folder), str(source)]
        written = folder / "bai.docx"
        try:
            subprocess.run(  # noqa: S603 (the program, with names of our own)
                command, capture_output=True, check=False, timeout=_PATIENCE_SECONDS
            )
        except subprocess.TimeoutExpired as error:
            raise UsageError("document-damaged", path=path.name) from error
        if not written.exists():
            raise UsageError("document-damaged", path=path.name)
        return read_file(written)
