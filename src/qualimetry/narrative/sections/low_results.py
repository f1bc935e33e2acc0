"""Organizations that need help, worded as help: no rating, no blame."""

from __future__ import annotations

from qualimetry.narrative.blocks import Block
from qualimetry.narrative.scene import Scene, paragraph
from qualimetry.narrative.sections.findings import told_findings


def blocks(scene: Scene) -> tuple[Block, ...]:
    told = told_findings(scene, "low_results")
    if not told:
        return () if scene.is_school else paragraph("low_results.none", scene.say("low_results_none"))
    return (*paragraph("low_results.intro", scene.say("low_results_intro")), *told)
