"""The specification by which the accepted results of a campaign are computed."""

from __future__ import annotations

from django.db import transaction

from msoko.cycle.collection.models import CurrentBatch
from msoko.cycle.procedures.api import BlueprintVersion, Campaign, campaign_title, choose_blueprint
from msoko.foundation.jobs.api import Job, enqueue
from msoko.foundation.kernel.acts import Act
from msoko.foundation.kernel.errors import RefusedError


@transaction.atomic
def change_blueprint(act: Act, *, campaign: Campaign, version: BlueprintVersion) -> Job | None:
    """Choose a version for a campaign; where there are results they are computed anew by the returned job.

    Raises:
        RefusedError: the version is of another work, or the accepted results have other items.
    """
    if (version.procedure, version.subject, version.grade_level) != (
        campaign.procedure, campaign.subject, campaign.grade_level,
    ):  # fmt: skip
        raise RefusedError("Спецификация относится к другой работе.", "Выберите спецификацию этого предмета и класса.")
    batches = [row.batch for row in CurrentBatch.objects.filter(campaign=campaign).select_related("batch")]
    labels = list(version.items.values_list("label", flat=True))
    if any(batch.item_labels != labels for batch in batches):
        raise RefusedError(
            "Состав или порядок заданий версии не совпадает с принятыми результатами.",
            "Выберите версию с теми же заданиями или отзовите результаты и загрузите их снова.",
        )
    known = campaign.blueprint
    if known is not None and any(batch.gives_levels for batch in batches) and known.level_names != version.level_names:
        raise RefusedError(
            "Уровни взяты из файлов, а в этой версии уровни названы иначе.",
            "Назовите уровни в спецификации так же, как в файлах, или загрузите результаты снова.",
        )
    choose_blueprint(act, campaign=campaign, version=version)
    if not batches:
        return None
    return enqueue(
        act, "analysis.compute", title=f"Расчёт: {campaign_title(campaign)}", organization=campaign.owner,
        payload={"campaign": campaign.pk},
    )  # fmt: skip
