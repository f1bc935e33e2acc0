"""What waits for a person: each step of the ring adds its source to `SOURCES`."""

from __future__ import annotations

from collections.abc import Callable

from msoko.web.office.home.analysis_tasks import analysis_tasks
from msoko.web.office.home.collection_tasks import delivery_tasks, import_tasks
from msoko.web.office.home.order_tasks import discussion_tasks, moderation_tasks, order_tasks
from msoko.web.office.home.plan_tasks import plan_tasks
from msoko.web.office.home.registry_tasks import job_tasks, registry_tasks
from msoko.web.office.home.regulation_tasks import regulation_tasks
from msoko.web.office.home.schedule_tasks import schedule_tasks
from msoko.web.office.home.task import Task
from msoko.web.ui.middleware import WorkplaceRequest

Source = Callable[[WorkplaceRequest], list[Task]]

SOURCES: tuple[Source, ...] = (
    job_tasks,
    import_tasks,
    delivery_tasks,
    plan_tasks,
    schedule_tasks,
    analysis_tasks,
    regulation_tasks,
    order_tasks,
    discussion_tasks,
    moderation_tasks,
    registry_tasks,
)


def tasks_of(request: WorkplaceRequest) -> list[Task]:
    """Tasks of all steps, in the order of the ring."""
    return [task for source in SOURCES for task in source(request)]
