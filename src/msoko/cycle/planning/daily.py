"""What the product does by itself once a day: reminders, letters, files that no row names."""

from __future__ import annotations

from django.utils import timezone

from msoko.cycle.planning.evidence import PREFIX
from msoko.cycle.planning.letters import compose, hand_over
from msoko.cycle.planning.models import Evidence
from msoko.cycle.planning.reminders import remind
from msoko.foundation.catalog.execution import execution_policy
from msoko.foundation.kernel.acts import Act, SystemActor
from msoko.foundation.kernel.storage import default_storage

#: an act names its file long before a day has passed
_SAFE_AGE = 24 * 3600.0


def remind_people() -> dict[str, int]:
    """Reminders of today and, from the hour of letters on, letters. May be called often: nobody is told twice."""
    act = Act(actor=SystemActor(), at=timezone.now())
    told = remind(act)
    letters = 0
    if timezone.localtime(act.at).hour >= execution_policy().letters_from_hour:
        letters = compose(timezone.localdate(act.at), act.at)
        hand_over(act)
    return {"reminders": told, "letters": letters}


def sweep_evidence(*, older_than: float = _SAFE_AGE) -> int:
    """Remove files of proofs that no row names; returns how many."""
    storage = default_storage()
    if not storage.path(PREFIX).is_dir():
        return 0
    named = set(Evidence.objects.exclude(file_key="").values_list("file_key", flat=True))
    orphans = [
        name for name in storage.names(PREFIX, with_hidden=True) if name not in named and storage.age(name) > older_than
    ]
    for name in orphans:
        storage.delete(name)
    return len(orphans)
