"""Laws that import contracts cannot see: foreign keys, doors of steps, sizes, paths."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
#: From the ground up: a model may point at its own app and at those before it.
ORDER = ("audit", "orgs", "access", "roster", "jobs", "regulations", "planning", "procedures", "collection", "analysis",
         "publication")  # fmt: skip


def _own_models() -> Iterator[type]:
    return (model for model in apps.get_models() if model.__module__.startswith("msoko."))


def test_foreign_keys_point_only_at_earlier_apps() -> None:
    wrong = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in _own_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
        and field.related_model._meta.app_label in ORDER
        and ORDER.index(field.related_model._meta.app_label) > ORDER.index(model._meta.app_label)
    ]
    assert wrong == []


def test_every_app_with_models_has_its_place() -> None:
    assert {model._meta.app_label for model in _own_models()} <= set(ORDER)


def test_relations_between_apps_have_no_way_back() -> None:
    wrong = [
        f"{model.__name__}.{field.name}"
        for model in _own_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
        and field.related_model._meta.app_label != model._meta.app_label
        and field.related_model._meta.app_label in ORDER
        and not field.remote_field.related_name.endswith("+")
        and not (model.__name__ == "Membership" and field.name == "user")
    ]
    assert wrong == []


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_steps_are_entered_through_their_contents_page() -> None:
    wrong = []
    for path in (SOURCE / "msoko").rglob("*.py"):
        for module in _imports(path):
            found = re.fullmatch(r"msoko\.cycle\.(\w+)\.(\w+).*", module)
            if not found:
                continue
            step, name = found.groups()
            is_inside = f"/cycle/{step}/" in path.as_posix()
            is_foreign_key = name == "models" and "/models" in path.as_posix() and "/cycle/" in path.as_posix()
            if not is_inside and name != "api" and not is_foreign_key:
                wrong.append(f"{path.relative_to(ROOT)}: {module}")
    assert wrong == []


def test_the_open_portal_knows_nothing_of_the_cycle_but_what_is_released() -> None:
    found = {module for path in (SOURCE / "msoko" / "web" / "public").rglob("*.py") for module in _imports(path)}
    assert {module for module in found if module.startswith("msoko.cycle")} == {"msoko.cycle.publication.api"}
    assert not {module for module in found if module.startswith("msoko.web.office")}


def test_modules_stay_small() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in SOURCE.rglob("*.py")
        if "migrations" not in path.parts and (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def _committed() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


@pytest.mark.parametrize(
    "pattern",
    [
        rb"python" + rb"hosted[.]",
        rb"npm" + rb"js[.]org",
        rb"pypi" + rb"[.]org/",
        rb'"' + rb'resolved":',
    ],
)
def test_nothing_committed_names_a_registry(pattern: bytes) -> None:
    files = [path for path in _committed() if path.is_file() and path.suffix not in {".ttf", ".png", ".woff2"}]
    assert [path.name for path in files if re.search(pattern, path.read_bytes())] == []


def test_lock_files_are_hashed() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        pinned = re.findall(r"^[A-Za-z0-9_.\-\[\]]+==\S+", text, flags=re.MULTILINE)
        assert pinned
        assert text.count("--hash=sha256:") >= len(pinned)
