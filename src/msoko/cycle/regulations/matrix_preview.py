"""A draft of a matrix with what is to be asked: every row as it would be stored. Nothing is stored here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from intake.matrices import same_words
from msoko.cycle.regulations.matrix_posts import KnownPosts, known_posts
from msoko.cycle.regulations.models import MatrixDraft

Json = dict[str, Any]
_SHORT, _LONG = 12, 700


@dataclass(frozen=True, slots=True)
class PreviewFunction:
    """A function as it would be; `questions` are Russian sentences that a person answers by a correction or a word;
    posts and documents may be the same as those of the function above."""

    row: Json
    questions: tuple[str, ...]
    is_skipped: bool
    has_same_posts: bool = False
    has_same_documents: bool = False

    @property
    def is_corrected(self) -> bool:
        return bool(self.row["raw"]) and self.row["raw"] != self.row["text"]


@dataclass(frozen=True, slots=True)
class PreviewGroup:
    """A group with its functions."""

    row: Json
    questions: tuple[str, ...]
    functions: tuple[PreviewFunction, ...]
    is_skipped: bool


@dataclass(frozen=True, slots=True)
class MatrixPreview:
    """`posts`: unknown ones with the nearest names, `kinds`: documents of no known kind; each is asked once."""

    groups: tuple[PreviewGroup, ...]
    posts: tuple[tuple[str, tuple[str, ...]], ...]
    kinds: tuple[str, ...]
    known: KnownPosts

    @property
    def functions(self) -> list[PreviewFunction]:
        """Functions that would be stored."""
        return [one for group in self.groups if not group.is_skipped for one in group.functions if not one.is_skipped]

    @property
    def question_count(self) -> int:
        """Open questions of all kinds."""
        rows = sum(len(group.questions) for group in self.groups if not group.is_skipped)
        return rows + sum(len(one.questions) for one in self.functions) + len(self.posts) + len(self.kinds)


def matrix_preview_of(draft: MatrixDraft) -> MatrixPreview:
    """Rows with their questions; a constant number of queries. Only files ask: samples and editions are known."""
    content, answers = draft.content, draft.answers
    known = known_posts(draft.owner, answers.get("posts", {}).values())
    asks = bool(draft.file_name)
    confirmed, skipped = set(answers.get("confirmed", ())), set(answers.get("skipped", ()))
    counts = Counter(same_words(one["text"]) for one in content["functions"] if one["key"] not in skipped)
    functions: dict[str, list[PreviewFunction]] = {}
    for one in content["functions"]:
        questions = _of_function(one, counts) if asks and one["key"] not in confirmed else ()
        rows = functions.setdefault(one["group"], [])
        above = rows[-1].row if rows else {}
        rows.append(
            PreviewFunction(
                one, questions, one["key"] in skipped, bool(one["posts"]) and above.get("posts") == one["posts"],
                bool(one["documents"]) and above.get("documents") == one["documents"],
            )
        )  # fmt: skip
    groups = tuple(
        PreviewGroup(
            group, _of_group(group) if asks and group["key"] not in confirmed else (),
            tuple(functions.get(group["key"], ())), group["key"] in skipped,
        )
        for group in content["groups"]
    )  # fmt: skip
    kept = [group.row for group in groups if not group.is_skipped]
    kept += [one.row for group in groups if not group.is_skipped for one in group.functions if not one.is_skipped]
    unknown = [post for post in dict.fromkeys(p for row in kept for p in row["posts"]) if not known.knows(post)]
    settled = answers.get("kinds", {})
    titles = dict.fromkeys(one["title"] for row in kept for one in row["documents"] if one["kind"] == "other")
    return MatrixPreview(
        groups,
        tuple((post, tuple(known.suggestions(post))) for post in unknown) if asks else (),
        tuple(title for title in titles if same_words(title) not in settled) if asks else (),
        known,
    )


def _of_group(row: Json) -> tuple[str, ...]:
    found = []
    if row["is_lost"]:
        found.append("Начало группы в файле утрачено: какие у неё номер и название?")
    elif not row["title"].strip():
        found.append("Как называется группа?")
    return tuple(found)


def _of_function(row: Json, counts: Counter[str]) -> tuple[str, ...]:
    text = row["text"].strip()
    found = []
    if not text:
        found.append("В чём состоит функция?")
    elif text[:1].islower() or len(text) < _SHORT:
        found.append("Это вся функция? Похоже, её начало осталось в другой строке.")
    if len(text) > _LONG:
        found.append("Это одна функция? Текст необычно длинный.")
    if text and counts[same_words(text)] > 1:
        found.append("Функция повторяется. Какая из строк лишняя?")
    if not row["posts"]:
        found.append("Кто отвечает за функцию?")
    if not row["documents"]:
        found.append("Какими документами обеспечена функция?")
    return tuple(found)
