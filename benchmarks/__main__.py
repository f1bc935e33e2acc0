"""All benchmarks, each in a process of its own: `python -m benchmarks [reading statistics documents plans]`.

Figures are ratios to a baseline measured in the same process beside the work, so that they hold on any machine.
"""

from __future__ import annotations

import subprocess
import sys

BENCHMARKS = ("reading", "statistics", "documents", "plans")


def main(names: tuple[str, ...]) -> int:
    """Run the named benchmarks in order; the status of the worst."""
    worst = 0
    for name in names:
        sys.stdout.write(f"== {name}\n")
        sys.stdout.flush()
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)  # noqa: S603 -- own command
        worst = max(worst, done.returncode)
    return worst


if __name__ == "__main__":
    chosen = tuple(name for name in sys.argv[1:] if name in BENCHMARKS)
    raise SystemExit(main(chosen or BENCHMARKS))
