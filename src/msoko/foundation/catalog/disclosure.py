"""What may be shown to those who do not see single organizations, from `definitions/policies/disclosure.toml`."""

from __future__ import annotations

from msoko.foundation.catalog.files import tables


def fewest_organizations() -> int:
    """So many organizations a total or a slice must hold."""
    return int(tables("policies")["disclosure"]["fewest_organizations"]["value"])
