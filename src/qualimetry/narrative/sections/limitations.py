"""What the figures cannot say, remarks of reading the files, how and when it was computed."""

from __future__ import annotations

from qualimetry.narrative.blocks import Block
from qualimetry.narrative.rulebook import Sentence
from qualimetry.narrative.russian import date_digits
from qualimetry.narrative.scene import Scene, bullets, paragraph
from qualimetry.recipes.contracts import Estimate

_UNKNOWN = Estimate(None)


def blocks(scene: Scene) -> tuple[Block, ...]:
    return (
        *bullets("limitations.list", _limitations(scene)),
        *_problems(scene),
        *paragraph("limitations.computed", _computed(scene)),
    )


def _limitations(scene: Scene) -> tuple[Sentence | None, ...]:
    result, context = scene.result, scene.context
    alpha = result.alpha or _UNKNOWN
    small = sum(group.is_small for group in result.organizations)
    return (
        scene.say("limit_closed_totals", closed="yes" if context.has_closed_totals else "no"),
        scene.say("limit_counted", counted="yes" if context.is_counted else "no"),
        scene.say("limit_intervals"),
        scene.say("limit_small", organizations=small, n_present=scene.subject.participants),
        scene.say("limit_inferred", inferred="yes" if result.blueprint.is_inferred else "no"),
        scene.say(
            "limit_scale",
            kind=str(scene.kind),
            known="yes" if result.blueprint.cut_scores else "no",
            confirmed="yes" if context.is_scale_confirmed else "no",
        ),
        scene.say("limit_reliability", n=alpha.n, alpha=alpha.value, alpha_low=alpha.low, alpha_high=alpha.high),
        scene.say("limit_causes"),
        scene.say("limit_journal", has_journal="yes" if scene.subject.journal else "no", kind=str(scene.kind)),
    )


def _problems(scene: Scene) -> tuple[Block, ...]:
    problems = scene.context.problems if scene.context.is_internal else ()
    return (
        *paragraph("limitations.problems", scene.say("problems_intro", problems=len(problems))),
        *bullets("limitations.problems.list", (scene.say("problem", text=text.rstrip(".")) for text in problems)),
    )


def _computed(scene: Scene) -> Sentence | None:
    moment = scene.context.data_time
    return scene.say(
        "computed",
        version=scene.context.method_version or scene.result.method_version,
        moment=f"{date_digits(moment.date())} {moment:%H:%M}" if moment else None,
    )
