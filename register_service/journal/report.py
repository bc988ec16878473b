"""What a check of the journal found."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

# What is being done, in Dutch; how much of it is done; how much there is.
Progress = Callable[[str, int, int], None]

KEPT_FINDINGS = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed. `kind` is stable, `message` is Dutch and holds no personal data."""

    kind: str
    message: str
    journal_id: int | None = None
    position: int | None = None


@dataclass(slots=True)
class Report:
    """The outcome of a check. `findings` are in the order of the journal, the first `KEPT_FINDINGS` of `found`."""

    rows: int = 0
    checkpoints: int = 0
    waiting: int = 0
    last_checkpoint: datetime | None = None
    found: int = 0
    findings: list[Finding] = field(default_factory=list)

    def add(self, kind: str, message: str, *, journal_id: int | None = None, position: int | None = None) -> None:
        """Note a finding."""
        self.found += 1
        if len(self.findings) < KEPT_FINDINGS:
            self.findings.append(Finding(kind, message, journal_id, position))
