"""What makes a scale impossible. The message is for a developer; `code` chooses the words for people."""

from __future__ import annotations


class RaschError(ValueError):
    """No scale can be estimated from these responses.

    code: `no_data`, `few_items`, `negative`, `counts_disagree`, `disconnected`, `no_middle`,
    `no_estimate`, `no_convergence`.
    """

    def __init__(self, code: str, message: str, **details: object) -> None:
        super().__init__(message)
        self.code = code
        self.details = details
