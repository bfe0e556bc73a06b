"""The rule files as they are in a folder, or as they were in a git revision."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from mantelzorg.problems import ContentError, Mark, Problem
from mantelzorg.yaml_text import MAX_BYTES

SECONDS = 30
MAIN = ("main", "origin/main")


class RevisionError(ValueError):
    """A revision that cannot be read; the message says why."""


class Tree(Protocol):
    """A folder `rules/`, as it is or as it was. `name` is shown before a path, where it is not empty."""

    @property
    def name(self) -> str: ...

    def files(self) -> tuple[str, ...]:
        """The names of the YAML files."""

    def content(self, file: str) -> bytes:
        """One file. Raises ContentError."""


@dataclass(frozen=True)
class Folder:
    """The files that are there now."""

    path: Path
    name: str = ""

    def files(self) -> tuple[str, ...]:
        return tuple(sorted(path.name for path in self.path.glob("*.yaml")))

    def content(self, file: str) -> bytes:
        return read_bytes(self.path / file, f"{self.path.name}/{file}")


@dataclass(frozen=True)
class Revision:
    """The files of a commit, read without checking it out."""

    root: Path
    commit: str
    name: str

    def files(self) -> tuple[str, ...]:
        listed = git(self.root, "ls-tree", "--name-only", "-z", self.commit, "rules/").decode("utf-8", "replace")
        return tuple(sorted(Path(name).name for name in listed.split("\0") if name.endswith(".yaml")))

    def content(self, file: str) -> bytes:
        return git(self.root, "show", f"{self.commit}:./rules/{file}")[: MAX_BYTES + 1]


def read_bytes(path: Path, shown: str) -> bytes:
    """A file, never more than one byte over the limit. Raises ContentError."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        what = f"Dit bestand is niet te lezen ({error.strerror})."
        raise ContentError([Problem(shown, Mark(), "unreadable", what)]) from None


def git(root: Path, *command: str) -> bytes:
    """What git answers. Raises RevisionError."""
    try:
        done = subprocess.run(["git", "-C", str(root), *command], capture_output=True, timeout=SECONDS, check=False)
    except FileNotFoundError:
        raise RevisionError("Voor versies uit git is git nodig, en dat is hier niet geïnstalleerd.") from None
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise RevisionError(f"git gaf geen antwoord ({type(error).__name__}).") from None
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise RevisionError(f"git kon dit niet lezen: {reason}")
    return done.stdout


def revision(root: Path, name: str) -> Revision:
    """A commit by any name that git knows. Raises RevisionError."""
    try:
        git(root, "rev-parse", "--git-dir")
    except RevisionError as error:
        if "geïnstalleerd" in str(error):
            raise
        raise RevisionError(
            f"'{name[:60]}' is geen bestand, en hier is geen git-map om een versie te zoeken."
        ) from None
    commit = _commit(root, name)
    if commit is None:
        raise RevisionError(
            f"'{name[:60]}' is geen bestand, geen regelset en geen versie in git. "
            "Geef twee regelbestanden, of twee versies (een commit, tak of label)."
        )
    return Revision(root, commit, name)


def _commit(root: Path, name: str) -> str | None:
    try:
        found = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except RevisionError:
        return None
    return found.decode("ascii").strip()


def base(root: Path) -> Revision:
    """What a branch began from; on the main branch the commit before this one. Raises RevisionError."""
    head = revision(root, "HEAD")
    for name in MAIN:
        if _commit(root, name):
            try:
                common = git(root, "merge-base", "HEAD", name).decode("ascii").strip()
            except RevisionError:
                continue
            if common != head.commit:
                return Revision(root, common, common[:10])
    before = _commit(root, "HEAD~1")
    return Revision(root, before, "HEAD~1") if before else head
