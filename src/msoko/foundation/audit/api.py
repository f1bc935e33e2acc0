"""Contents page of the journal."""

from msoko.foundation.audit.actions import record
from msoko.foundation.audit.models import AuditEvent
from msoko.foundation.audit.presenters import event_title, event_titles

__all__ = ["AuditEvent", "event_title", "event_titles", "record"]
