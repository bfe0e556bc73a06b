"""A situation that a check found, written as a case file for an author to complete."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

import yaml

from mantelzorg.checks.findings import Finding
from mantelzorg.json_schemas import modeline

SOURCE = "te schrijven"
STORY = "Nog te schrijven: wie is dit, en wat is er aan de hand?"
_HEADER = "# Gevonden door de controle [{code}]: {what}\n# Vul het verhaal, de bron en de goede uitkomst (accept) in.\n"


def write(findings: Iterable[Finding], folder: Path) -> list[Path]:
    """Write every finding with an example as a case file; the new files. A file that is there stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for finding in findings:
        if finding.example:
            path = folder / f"{case_id(finding)}.yaml"
            if _write_new(path, as_yaml(finding)):
                written.append(path)
    return written


def case_id(finding: Finding) -> str:
    """The same for the same situation, so that checking again writes nothing twice."""
    whole = f"{finding.rule_set} {sorted(finding.example.items(), key=str)}"
    return f"{finding.problem.code}-{sha256(whole.encode()).hexdigest()[:8]}"


def as_yaml(finding: Finding) -> str:
    """The case file of a finding: a list of one."""
    case = {
        "id": case_id(finding),
        "story": STORY,
        "source": SOURCE,
        "verdict_by": "reasoning",
        "weight": "weak",
        "facts": dict(finding.example),
        "expect": {finding.rule_set: {"accept": [], "reject": []}},
    }
    header = _HEADER.format(code=finding.problem.code, what=" ".join(finding.problem.what.split()))
    return f"{modeline('cases')}\n{header}" + yaml.safe_dump([case], allow_unicode=True, sort_keys=False, width=120)


def _write_new(path: Path, text: str) -> bool:
    """Write a file whole or not at all, and never over another: a link fails where a rename would replace."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.link(name, path)
    except FileExistsError:
        return False
    finally:
        os.unlink(name)
    return True
