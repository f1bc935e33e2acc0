"""Lines of an order → its parts. Never raises: what was not found is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from intake.orders import phrases
from intake.orders.addressees import circle_of, organizations_in, people_in
from intake.orders.contracts import OrderReading, ReadPoint
from intake.orders.terms import term_in


@dataclass(slots=True)
class _Open:
    """A point that is being read."""

    number: str
    text: str
    line: int
    children: int = 0
    parts: list[str] = field(default_factory=list)


def read_order(lines: Sequence[str]) -> OrderReading:
    """Requisites, preamble, points and control of an order. Appendices after the signature are not read."""
    texts = [" ".join(line.split()) for line in lines]
    command = next((place for place, text in enumerate(texts) if phrases.COMMAND.search(text)), None)
    if command is None:
        question = "Слово «ПРИКАЗЫВАЮ» не найдено: это не приказ или оно написано иначе. Впишите его отдельной строкой."
        return OrderReading(questions=(question,))
    title, preamble = _head(texts[: command + 1])
    head = " ".join(text for text in texts[:command] if not phrases.PREAMBLE.match(text))[:2000]
    opened, signer = _points(texts, command + 1)
    points = _resolved(opened)
    controls = [found for point in points if (found := phrases.CONTROL.search(point.text))]
    controller = "" if not controls else controls[-1].group("who") or "оставляю за собой"
    reading = OrderReading(
        title=title, number=phrases.number_in(_before_preamble(texts[:command])), signed_on=phrases.day_in(head),
        preamble=preamble, points=points, controller=_without_stop(controller)[:300], signer=signer,
    )  # fmt: skip
    return OrderReading(**{name: getattr(reading, name) for name in reading.__slots__ if name != "questions"},
                        questions=tuple(_questions(reading)))  # fmt: skip


def _before_preamble(texts: Sequence[str]) -> str:
    found = []
    for text in texts:
        if phrases.PREAMBLE.match(text):
            break
        found.append(text)
    return " ".join(found)


def _head(texts: Sequence[str]) -> tuple[str, str]:
    """Title: lines from «О …» to the preamble; preamble: all from its first words to the command."""
    title: list[str] = []
    preamble: list[str] = []
    for text in texts:
        if preamble or phrases.PREAMBLE.match(text):
            preamble.append(phrases.COMMAND.sub("", text))
        elif text and (phrases.TITLE.match(text) or title) and not phrases.COMMAND.search(text):
            title.append(text)
    return " ".join(title)[:500], " ".join(part for part in preamble if part).strip()[:5000]


def _points(texts: Sequence[str], start: int) -> tuple[list[_Open], str]:
    found: list[_Open] = []
    for place in range(start, len(texts)):
        text = texts[place]
        if not text:
            continue
        if (match := phrases.POINT.match(text)) and not (phrases.is_signature(text) and found):
            found.append(_Open(match.group(1), match.group(2), place + 1))
        elif found and phrases.END.match(text):
            return found, ""
        elif found and phrases.is_signature(text):
            return found, _signer(texts[place : place + 6])
        elif found:
            _continue(found, text, place + 1)
        else:
            found.append(_Open("", text, place + 1))
    return found, ""


def _continue(found: list[_Open], text: str, line: int) -> None:
    dashed = phrases.DASHED.match(text)
    owner = found[-1]
    if dashed and (owner.text.endswith((":", ";")) or owner.children):
        parent = next((one for one in reversed(found) if one.text.endswith(":")), owner)
        parent.children += 1
        found.append(_Open(f"{parent.number}.{parent.children}", dashed.group(1), line))
    else:
        owner.text = f"{owner.text} {text}"


def _signer(texts: Sequence[str]) -> str:
    joined = " ".join(text for text in texts if text)
    match = phrases.SIGNER_NAME.search(" ".join(joined.split()[:12]))
    for text in texts:
        if found := phrases.SIGNER_NAME.search(text):
            return found.group(1)
    return match.group(1) if match else ""


def _resolved(opened: Sequence[_Open]) -> tuple[ReadPoint, ...]:
    numbers = [one.number for one in opened]
    addressees: dict[str, str] = {}
    points = []
    for one in opened:
        own = phrases.addressee_in(one.text)
        parent = one.number.rpartition(".")[0]
        inherited = addressees.get(parent, "")
        addressee = own or inherited
        addressees[one.number] = addressee
        is_parent = any(number.startswith(f"{one.number}.") for number in numbers) if one.number else False
        circle = "none" if is_parent else circle_of(addressee, one.text)
        if not own and inherited == "" and parent and _is_statement(opened, parent):
            circle = "none"
        term = term_in(one.text)
        named = () if circle == "none" else organizations_in(addressee)
        people = () if circle == "none" else people_in(addressee)
        points.append(ReadPoint(one.number, one.text, one.line, addressee, term, circle, is_parent, named, people))
    return tuple(points)


def _is_statement(opened: Sequence[_Open], number: str) -> bool:
    above = next((one.text for one in opened if one.number == number), "")
    return circle_of("", above) == "none"


def _questions(reading: OrderReading) -> list[str]:
    found = []
    if not reading.points:
        found.append("Пункты не найдены: они должны начинаться с номера («1.»).")
    if not reading.number:
        found.append("Номер приказа не найден: впишите его.")
    if reading.signed_on is None:
        found.append("Дата приказа не найдена: впишите её.")
    if not reading.title:
        found.append("Заголовок («О …») не найден: впишите его.")
    without = [one.number or f"строка {one.line}" for one in reading.points if one.circle != "none" and not one.term]
    if without:
        found.append(f"Срок не указан в пунктах: {', '.join(without)}. Назначьте его или оставьте без срока.")
    if reading.points and not reading.controller:
        found.append("Кто контролирует исполнение, не сказано.")
    return found


def _without_stop(text: str) -> str:
    """The end of the sentence goes, the point of initials stays: «Образцову Е.Е.»."""
    text = text.strip()
    return text if re.search(r"[А-ЯЁ]\.$", text) else text.rstrip(" .")
