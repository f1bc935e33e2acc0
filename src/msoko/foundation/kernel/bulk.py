"""Many plain rows into a table at once: what `bulk_create` does for objects, without the objects.

A plan in force deals out hundreds of thousands of rows; building a model instance and an expression for every value of
them takes twenty times longer than the database does. No signals, no keys given back, no checks but the database's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connections, models, router

_AT_ONCE = 5_000
#: values of these fields are what the database takes
_PLAIN = (models.ForeignKey, models.IntegerField, models.CharField, models.TextField)


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Insert rows with values of the fields `names` (attribute names: `occurrence_id`); the rest have their defaults.

    Returns how many were inserted. Call it inside the transaction of the act.
    """
    connection = connections[router.db_for_write(model)]
    known = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    given = [known.pop(name) for name in names]
    fixed = [field.get_db_prep_save(field.get_default(), connection) for field in known.values()]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in (*given, *known.values()))
    places = ", ".join(["%s"] * (len(given) + len(fixed)))
    statement = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 -- names of our own models, values are parameters
    tail = tuple(fixed)
    complete = _completing(given, tail, connection)
    count = 0
    source = iter(rows)
    with connection.cursor() as cursor:
        while batch := [complete(row) for row in islice(source, _AT_ONCE)]:
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


def _completing(
    given: Sequence[models.Field[Any, Any]], tail: tuple[Any, ...], connection: Any
) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """How a row becomes parameters: values that the database does not take as they are, are prepared."""
    special = [(place, field) for place, field in enumerate(given) if not isinstance(field, _PLAIN)]
    if not special:
        return lambda row: (*row, *tail)

    def complete(row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for place, field in special:
            values[place] = field.get_db_prep_save(values[place], connection)
        return (*values, *tail)

    return complete
