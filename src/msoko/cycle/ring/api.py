"""Contents page of what closes the circle."""

from msoko.cycle.ring.discussed import Discussed, discussed_of
from msoko.cycle.ring.signing import Approval, approval_of, sign_with_approval
from msoko.cycle.ring.subjects import SUBJECTS, subject_choices, subject_facts

__all__ = [
    "SUBJECTS",
    "Approval",
    "Discussed",
    "approval_of",
    "discussed_of",
    "sign_with_approval",
    "subject_choices",
    "subject_facts",
]
