"""Tables of regulations, one module an aggregate."""

from msoko.cycle.regulations.models.register import DocumentBasis, RegisteredDocument

__all__ = ["DocumentBasis", "RegisteredDocument"]
