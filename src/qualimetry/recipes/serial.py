"""Results as JSON dictionaries and back, exactly."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_dict(value: Any) -> Any:
    """Plain dictionaries, lists, numbers and strings, ready for `json.dumps`; keys of mappings become strings."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [to_dict(entry) for entry in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_dict(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_dict(entry) for key, entry in value.items()}
    return value


def from_dict(kind: type[T], data: Any) -> T:
    """The value of dataclass `kind` that `to_dict` wrote. Unknown keys are ignored, absent ones take their default.

    Raises TypeError when a field without default is absent.
    """
    return _read(kind, data)  # type: ignore[no-any-return]


def _read(kind: Any, data: Any) -> Any:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if data is None else _read_union(arguments, data)
    if origin is Sequence:
        return tuple(_read(arguments[0], entry) for entry in data)
    if origin is tuple:
        inner = arguments if arguments[-1] is not ... else [arguments[0]] * len(data)
        return tuple(_read(part, entry) for part, entry in zip(inner, data, strict=True))
    if origin is dict:
        return {_key(arguments[0], key): _read(arguments[1], entry) for key, entry in data.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _read(hint, data[name]) for name, hint in hints.items() if name in data})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return float(data) if kind is float else data


def _read_union(arguments: tuple[Any, ...], data: Any) -> Any:
    """Plain values stand as they are; one structured member is read as such."""
    structured = [part for part in arguments if part not in (type(None), int, float, str, bool)]
    if structured:
        return _read(structured[0], data)
    return float(data) if set(arguments) == {float, type(None)} else data


def _key(kind: Any, key: str) -> Any:
    return int(key) if kind is int else key


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}
