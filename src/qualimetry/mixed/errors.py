"""What makes a model impossible. The message is for a developer; `code` chooses the words for people."""

from __future__ import annotations


class MixedError(ValueError):
    """No model can be estimated from these data.

    code: `no_data`, `one_group`, `single_members`, `collinear`, `too_few`, `no_spread`, `no_convergence`, `not_nested`,
    `slope_not_fixed`.
    """

    def __init__(self, code: str, message: str, **details: object) -> None:
        super().__init__(message)
        self.code = code
        self.details = details
