"""The documentation is true: what it names exists, what it shows is what happens."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from intake.layouts import LAYOUTS
from msoko.cli.main import app
from qualimetry.descriptive.proportions import newcombe_difference, wilson

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TEXT = {page.relative_to(ROOT).as_posix(): page.read_text(encoding="utf-8") for page in PAGES}
EVERYTHING = "\n".join(TEXT.values())
POLICY = tomllib.loads((ROOT / "definitions/policies/analysis.toml").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
COMMANDS = typer.main.get_command(app)


def fences(language: str, text: str) -> list[str]:
    """Code blocks of a language, without their indent in lists."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL)
    return ["\n".join(line.removeprefix(indent) for line in body.splitlines()) for indent, body in found]


def spans(text: str) -> list[str]:
    """Inline code outside of blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL))


# --- links, names, sizes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", TEXT)
def test_links_lead_somewhere(page: str):
    folder = (ROOT / page).parent
    links = re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", TEXT[page])
    local = [link.partition("#")[0] for link in links if not link.startswith(("http://", "https://", "#"))]
    assert [link for link in local if not (folder / link).exists()] == []


@pytest.mark.parametrize("page", TEXT)
def test_files_named_exist(page: str):
    named = [span for span in spans(TEXT[page]) if re.match(r"(src|docs|definitions|tools|tests|requirements)/", span)]
    built = {"src/msoko/web/ui/static/vendor"}
    assert [name for name in named if name not in built and not list(ROOT.glob(name.rstrip("/")))] == []


def test_packages_named_in_the_architecture_exist():
    text = TEXT["docs/architecture.md"]
    dotted = re.findall(r"`((?:msoko|qualimetry|intake)(?:\.\w+)+)`", text)
    assert [name for name in dotted if not _module(name)] == []


def _module(name: str) -> bool:
    path = ROOT / "src" / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").exists()


def test_every_page_can_be_reached_from_the_readme():
    seen, waiting = set(), ["README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page not in TEXT:
            continue
        seen.add(page)
        linked = ((ROOT / page).parent / link for link in re.findall(r"\]\(([^)#\s]+\.md)", TEXT[page]))
        waiting += [path.resolve().relative_to(ROOT).as_posix() for path in linked]
    assert sorted(set(TEXT) - seen) == []


def test_pictures_are_small_and_used():
    pictures = sorted((ROOT / "docs/images").glob("*"))
    assert [picture.name for picture in pictures if picture.stat().st_size > 250_000] == []
    assert [picture.name for picture in pictures if picture.name not in EVERYTHING] == []


# --- commands, variables, targets ------------------------------------------------------------------------------------


def test_commands_and_options_exist():
    lines = [line for block in fences("sh", EVERYTHING) for line in block.replace("\\\n", " ").splitlines()]
    lines += spans(EVERYTHING)
    called = [line for line in lines if re.match(r"(\S*/)?msoko [a-z]", line)]
    assert len(called) > 10
    assert [line for line in called if _fault(shlex.split(line, comments=True)[1:])] == []


def test_every_option_of_analyze_is_explained():
    options = {name for one in COMMANDS.commands["analyze"].params for name in one.opts if name.startswith("--")}  # type: ignore[attr-defined]
    assert options - {"--help"} <= set(spans(TEXT["docs/manual/terminal.md"]))


def _fault(words: list[str]) -> str:
    """What a command line names that is not there."""
    command = COMMANDS
    for word in words:
        if hasattr(command, "commands"):
            if word not in command.commands:
                return word
            command = command.commands[word]
        elif word.startswith("--") and word not in {name for one in command.params for name in one.opts}:
            return word
    return ""


def test_environment_variables_are_those_that_are_read():
    source = (ROOT / "src/msoko/config/environment.py").read_text(encoding="utf-8")
    read = set(re.findall(r'environ\.get\("(\w+)"', source))
    operations = TEXT["docs/operations/running.md"]
    assert set(re.findall(r"^\| `(\w+)` \|", operations, re.MULTILINE)) == read
    assert set(re.findall(r"\bMSOKO_\w+", EVERYTHING)) <= read


def test_make_targets_exist():
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {word for line in (*spans(EVERYTHING), *"\n".join(fences("sh", EVERYTHING)).splitlines())
             for word in re.findall(r"^make ([a-z-]+)", line)}  # fmt: skip
    assert named
    assert named <= targets


# --- words of the screen ---------------------------------------------------------------------------------------------


def test_words_in_bold_stand_on_the_screen():
    """Bold text of the manual is a label: of a page, a form, a menu, a role."""
    sources = [*(ROOT / "src/msoko").rglob("*.html"), *(ROOT / "src/msoko").rglob("*.py")]
    screen = "\n".join(path.read_text(encoding="utf-8") for path in sources if "documents" not in path.parts).casefold()
    pages = {name: text for name, text in TEXT.items() if name.startswith("docs/manual/") and "README" not in name}
    bold = {" ".join(label.split()) for text in pages.values() for label in re.findall(r"\*\*([^*]+)\*\*", text)}
    assert len(bold) > 50
    assert [label for label in sorted(bold) if label.rstrip(".:").casefold() not in screen] == []


# --- examples --------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder where the commands of the documentation work as in the checkout."""
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    return tmp_path


def run(command: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """A command line of the documentation, by this interpreter."""
    words = shlex.split(command.replace("\\\n", " "))
    line = [sys.executable, "-m", "msoko.cli.main", *words[1:], *more]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=True)


def example(page: str, start: str) -> str:
    return next(block for block in fences("sh", TEXT[page]) if block.partition("msoko ")[2].startswith(start))


def test_analyze_of_the_readme_prints_and_writes_what_is_shown(desk: Path):
    printed, written = fences("text", TEXT["README.md"])[:2]
    said = run(example("README.md", "analyze"), desk, "--format", "docx,json").stdout
    assert said.replace("\xa0", " ").strip() == printed
    shown = {line for line in written.splitlines() if line.endswith((".json", ".docx"))}
    files = {path.relative_to(desk).as_posix() for path in (desk / "итоги").rglob("*") if path.is_file()}
    assert files - shown == {name for name in files if name.startswith("итоги/Организации/")}
    assert len(files - shown) == 7
    document = json.loads((desk / "итоги/result.json").read_text(encoding="utf-8"))
    table = TEXT["docs/manual/terminal.md"].partition("## result.json")[2]
    named = {name for name in spans(table) if re.fullmatch(r"[a-z_]+", name)}
    (campaign,) = document["campaigns"]
    inner = {*campaign["organizations"][0], *campaign["items"][0]}
    of_other_kinds = {"test_scores", "below_minimum", "mean_test_score", "levels", "null"}
    of_problems = {"file", "sheet", "row", "column", "severity", "code", "message"}
    assert named - of_other_kinds - of_problems <= set(campaign) | inner
    assert set(campaign) | set(campaign["items"][0]) <= named | {"organizations", "items"}


def test_inspect_of_the_manual_prints_what_is_shown(desk: Path):
    document = json.loads(run(example("docs/manual/terminal.md", "results inspect"), desk).stdout)
    (shown,) = (json.loads(block) for block in fences("json", TEXT["docs/manual/terminal.md"]))
    (campaign,) = document["campaigns"]
    assert {name: campaign[name] for name in shown} == shown


def test_init_of_the_installation_chapter_prints_what_is_shown(tmp_path: Path):
    (shown,) = fences("text", TEXT["docs/operations/install.md"])
    line = [sys.executable, "-m", "msoko.cli.main", "init"]
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "MSOKO_DEMO")}
    environment = {**kept, "MSOKO_HOME": str(tmp_path)}
    said = subprocess.run(line, env=environment, capture_output=True, text=True, check=True).stdout
    said = re.sub(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}", "XXXX-XXXX-XXXX-XXXX", said.replace(str(tmp_path), "/srv/msoko"))
    assert said.strip() == shown


def test_example_files_are_those_that_the_tool_writes(tmp_path: Path):
    tool: dict[str, object] = {"__name__": "example", "__file__": str(ROOT / "tools/example.py")}
    exec(compile((ROOT / "tools/example.py").read_text(encoding="utf-8"), "example.py", "exec"), tool)
    for path in tool["write_examples"](tmp_path):  # type: ignore[operator]
        assert path.read_bytes() == (ROOT / "docs/examples" / path.name).read_bytes(), "run tools/example.py"


# --- methodology -----------------------------------------------------------------------------------------------------


def test_every_threshold_is_documented_with_its_value_and_source():
    rows = dict(_rows(TEXT["docs/methodology/policy.md"]))
    entries = {name: entry for name, entry in POLICY.items() if isinstance(entry, dict)}
    assert set(rows) == set(entries)
    for name, entry in entries.items():
        assert _value(name, entry) == rows[name][0], name
        assert entry["source"] == rows[name][2], name


def test_every_threshold_is_explained_where_it_acts():
    chapters = [text for name, text in TEXT.items() if re.match(r"docs/methodology/(?!policy)", name)]
    explained = set(spans("\n".join(chapters)))
    assert [name for name, entry in POLICY.items() if isinstance(entry, dict) and name not in explained] == []


def _rows(text: str) -> Iterator[tuple[str, list[str]]]:
    for line in re.findall(r"^\| `.*\|$", text, re.MULTILINE):
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        yield cells[0].strip("` "), cells[1:]


def _value(name: str, entry: dict[str, object]) -> str:
    if name == "sou":
        return "; ".join(f"«{mark}» – {_number(value)}" for mark, value in entry["coefficients"].items())  # type: ignore[attr-defined]
    if name == "item_norms":
        levels = entry["levels"].items()  # type: ignore[attr-defined]
        return "; ".join(f"{level} – {_number(n['sufficient'])} и {_number(n['insufficient'])}" for level, n in levels)
    if name == "test_score_bands":
        bands = entry["bands"]
        return "; ".join(str(low) if low == high else f"{low}–{high}" for low, high in bands)  # type: ignore[attr-defined]
    return _number(entry["value"])


def _number(value: object) -> str:
    return str(value).replace(".", ",")


def test_every_rule_of_findings_is_documented():
    rules = tomllib.loads((ROOT / "definitions/reports/rules_findings.toml").read_text(encoding="utf-8"))["rule"]
    assert sorted(name for name, _ in _rows(TEXT["docs/methodology/findings.md"])) == sorted(
        rule["id"] for rule in rules
    )


def test_worked_figures_of_the_methodology():
    intervals, marks = TEXT["docs/methodology/intervals.md"], TEXT["docs/methodology/marks.md"]
    low, high = (float(bound) for bound in wilson(81 / 263, 263, confidence=0.95))
    assert f"81 из 263 – от {_number(round(low * 100, 1))} до {_number(round(high * 100, 1))} %" in intervals
    bounds = newcombe_difference(56 / 70, 70, 48 / 80, 80, confidence=0.95)
    value, least, most = (_number(round(float(bound), 3)) for bound in bounds)
    assert f"56/70 − 48/80 = {value}, интервал от {least} до {most}" in intervals
    weights = {int(mark): weight for mark, weight in POLICY["sou"]["coefficients"].items()}
    sou = sum(weights[mark] for mark in (2, 3, 3, 4, 5)) / 5
    assert f"= {_number(round(sou * 100, 1))} %" in marks


def test_every_layout_is_listed():
    listed = set(re.findall(r"\| `([\w.]+)`", TEXT["docs/formats.md"]))
    modules = {type(layout).__module__.rpartition(".")[2] for layout in LAYOUTS}
    assert modules <= listed
    assert {name for name in listed if not _module(name if "." in name else f"intake.layouts.{name}")} == set()


def test_numbers_of_layouts_in_the_code_are_listed():
    table = TEXT["docs/formats.md"]
    known = {number for low, high in re.findall(r"^\| (\d\.\d+)(?:(?:, |–)(\d\.\d+))? \|", table, re.MULTILINE)
             for number in _between(low, high)}  # fmt: skip
    said = {number for path in (ROOT / "src/intake").rglob("*.py")
            for number in re.findall(r"formats\.md (\d\.\d+)", ast.get_docstring(_parsed(path)) or "")}  # fmt: skip
    assert said <= known


def _between(low: str, high: str) -> list[str]:
    chapter, _, first = low.partition(".")
    return [f"{chapter}.{number}" for number in range(int(first), int((high or low).partition(".")[2]) + 1)]


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


# --- the project about itself ----------------------------------------------------------------------------------------


def test_map_of_modules_is_current():
    shown = subprocess.run(
        [sys.executable, "-c", "import sys; sys.path.insert(0, 'tools'); import map; print(map.render(), end='')"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert TEXT["docs/map.md"] == shown, "run: .venv/bin/python tools/map.py"


def test_every_dependency_has_its_notice():
    notices = TEXT["docs/third-party.md"]
    extras = PROJECT["project"]["optional-dependencies"].values()
    wanted = [*PROJECT["project"]["dependencies"], *(name for extra in extras for name in extra)]
    names = {re.split(r"[\[<>=~ ]", name)[0] for name in wanted}
    packages = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert [name for name in sorted({*names, *packages}) if name not in notices] == []


def test_version_and_licence_agree():
    version, licence = PROJECT["project"]["version"], PROJECT["project"]["license"]
    assert f"## {version} " in TEXT["CHANGELOG.md"]
    assert f"[{licence}](LICENSE)" in TEXT["README.md"]
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence == "AGPL-3.0-or-later"
