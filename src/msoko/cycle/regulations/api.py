"""Contents page of the step «Нормативная база»."""

from msoko.cycle.regulations.attention import trouble_counts, troubled, troubled_any, warnings_of
from msoko.cycle.regulations.enums import DocumentLevel, DocumentStatus
from msoko.cycle.regulations.lifecycle import (
    put_in_force,
    register_document,
    repeal_document,
    restore_document,
    return_to_draft,
    send_to_discussion,
    start_edition,
    take_back_force,
)
from msoko.cycle.regulations.models import DocumentBasis, RegisteredDocument
from msoko.cycle.regulations.queries import (
    default_level,
    documents_visible,
    history_of,
    list_rows,
    public_documents,
    with_bases,
)
from msoko.cycle.regulations.registering import (
    BasisEntry,
    DocumentEntry,
    add_document,
    attach_file,
    attach_scan,
    change_document,
    mark_public,
    remove_draft,
    set_bases,
)
from msoko.cycle.regulations.rules import OPEN, PAST, TROUBLE_TITLES, DocumentWarning, Trouble, may_become, review_day
from msoko.cycle.regulations.searching import snippet, words_filter

__all__ = [
    "OPEN",
    "PAST",
    "TROUBLE_TITLES",
    "BasisEntry",
    "DocumentBasis",
    "DocumentEntry",
    "DocumentLevel",
    "DocumentStatus",
    "DocumentWarning",
    "RegisteredDocument",
    "Trouble",
    "add_document",
    "attach_file",
    "attach_scan",
    "change_document",
    "default_level",
    "documents_visible",
    "history_of",
    "list_rows",
    "mark_public",
    "may_become",
    "public_documents",
    "put_in_force",
    "register_document",
    "remove_draft",
    "repeal_document",
    "restore_document",
    "return_to_draft",
    "review_day",
    "send_to_discussion",
    "set_bases",
    "snippet",
    "start_edition",
    "take_back_force",
    "trouble_counts",
    "troubled",
    "troubled_any",
    "warnings_of",
    "with_bases",
    "words_filter",
]
