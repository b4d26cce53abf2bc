"""The generators that are measured: how each is installed, and what it is called with."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.forms import FORMS, PEERS, Form

_PROGRAM = {"hugo": "hugo", "hugo-portal": "hugo", "pelican": "pelican", "nikola": "nikola"}
_ELEVENTY = "@11ty/eleventy"


@dataclass(frozen=True, slots=True)
class Generator:
    """A generator, installed: ``build`` is its command in a site's folder.

    ``output`` is where the pages are, ``caches`` is what else a build leaves (both are deleted for
    a clean build), and ``linked`` maps names in a site's folder to what they should lead to.
    ``partial`` says that it builds in parts: one that does not builds everything, whatever changed.
    ``skips`` says that a build with nothing to do should write nothing.
    """

    name: str
    form: Form
    version: str
    build: tuple[str, ...]
    serve: tuple[str, ...] = ()
    output: str = "output"
    caches: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    linked: Mapping[str, Path] = field(default_factory=dict)
    partial: bool = False
    skips: bool = False


def install(name: str, folder: Path) -> Generator:
    """Install a generator below ``folder`` unless it is there already, and return it."""
    if name.startswith("sitegen"):
        return use_sitegen(name, FORMS[name], sys.executable, {})
    if name == "eleventy":
        return _install_eleventy(folder / name)
    return _install_package(name, folder / _PROGRAM[name])


def use_sitegen(name: str, form: Form, python: str, environment: Mapping[str, str]) -> Generator:
    """Return sitegen as ``python`` finds it; PYTHONPATH may lead to another copy."""
    command = (python, "-m", "sitegen")
    # Other generators make no index for searching: what it costs is measured on its own.
    searched = name == "sitegen-search"
    return Generator(
        name=name,
        form=form,
        version=_ask(*command, "--version", environment=environment),
        build=(*command, "build") if searched else (*command, "build", "--no-search"),
        serve=(*command, "serve", "--port", "{port}"),
        caches=(".sitegen", ".output.list", ".output.lock"),
        environment=environment,
        partial=True,
        skips=True,
    )


def _install_package(name: str, folder: Path) -> Generator:
    """Install from PyPI into a virtual environment of its own."""
    program = _PROGRAM[name]
    wanted = PEERS / f"{program}.txt"
    installed = folder / "installed.txt"
    if not installed.exists() or installed.read_text("utf-8") != wanted.read_text("utf-8"):
        subprocess.run((sys.executable, "-m", "venv", "--clear", folder), check=True)
        pip = (folder / "bin" / "python", "-m", "pip", "--quiet", "--disable-pip-version-check")
        subprocess.run((*pip, "install", "--requirement", wanted), check=True)
        shutil.copy(wanted, installed)
    command = str(folder / "bin" / program)
    if program == "pelican":
        version = _ask(command, "--version")
        return Generator(
            name, FORMS[name], f"Pelican {version}", (command, "--quiet", "-s", "pelicanconf.py")
        )
    if program == "nikola":
        # Its own database of what is up to date; the pages are made by one process for each core.
        build = (command, "build", "--quiet", "-n", str(os.cpu_count() or 1))
        caches = (
            ".doit.db",
            ".doit.db.db",
            ".doit.db.dir",
            ".doit.db.dat",
            ".doit.db.bak",
            "cache",
        )
        version = _ask(command, "version")
        return Generator(name, FORMS[name], version, build, caches=caches, partial=True)
    # The program itself: what stands in bin/ is Python that starts it.
    binary = next(folder.glob("lib/python*/site-packages/hugo/binaries/hugo"))
    return Generator(
        name=name,
        form=FORMS[name],
        version=" ".join(_ask(str(binary), "version").split()[:2]),
        build=(str(binary), "--quiet"),
        serve=(str(binary), "server", "--bind", "127.0.0.1", "--port", "{port}"),
        output="public",
        caches=("resources", ".hugo_build.lock"),
    )


def _install_eleventy(folder: Path) -> Generator:
    """Install from npm into a folder of its own, which sites then link to."""
    wanted = PEERS / "eleventy" / "package.json"
    script = folder / "node_modules" / _ELEVENTY / "cmd.cjs"
    copy = folder / "package.json"
    if not script.exists() or copy.read_text("utf-8") != wanted.read_text("utf-8"):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(wanted, copy)
        command = ("npm", "install", "--silent", "--no-audit", "--no-fund")
        subprocess.run(command, cwd=folder, check=True)
    return Generator(
        name="eleventy",
        form=FORMS["eleventy"],
        version=f"Eleventy {_ask('node', str(script), '--version')}",
        build=("node", str(script), "--quiet"),
        # Its documentation's advice for sites that outgrow Node's own limit of memory.
        environment={"NODE_OPTIONS": "--max-old-space-size=16384"},
        linked={"node_modules": folder / "node_modules"},
    )


def _ask(*command: str, environment: Mapping[str, str] | None = None) -> str:
    """Return the first line that a program prints, wherever it is called."""
    printed = subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        cwd=tempfile.gettempdir(),
        env={**os.environ, **(environment or {})},
    ).stdout
    return printed.strip().partition("\n")[0]
