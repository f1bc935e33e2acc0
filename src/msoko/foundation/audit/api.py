"""Contents page of the journal."""

from msoko.foundation.audit.actions import record
from msoko.foundation.audit.models import AuditEvent
from msoko.foundation.audit.presenters import event_title, event_titles
from msoko.foundation.audit.queries import events_under

__all__ = ["AuditEvent", "event_title", "event_titles", "events_under", "record"]
