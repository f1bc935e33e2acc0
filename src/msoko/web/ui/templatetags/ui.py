"""Icons, statuses and parts of a page. Loaded as built-ins: templates need no `{% load %}`."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from msoko.foundation.documents.language import typography
from msoko.web.ui.tones import Tone, status_look

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A drawing of the sprite; without `label` it is decoration beside a word."""
    extra = format_html(' role="img" aria-label="{}"', label) if label else mark_safe(' aria-hidden="true"')
    return format_html('<svg class="icon {}"{}><use href="{}#{}"/></svg>', css, extra, static("vendor/icons.svg"), name)


@register.filter
def bind(text: str) -> str:
    """No line break inside «№ 5», «г. Заречный», «5 класс»."""
    return typography.bind(text)


@register.filter
def place_of(problem: object) -> str:
    """Where a remark about a file stands: «лист «Класс», строка 7, столбец C»; takes a `Problem` or its dictionary."""
    names = ("sheet", "row", "column")
    found = problem if isinstance(problem, dict) else {name: getattr(problem, name, None) for name in names}
    sheet, row, column = (found.get(name) for name in names)
    parts = (sheet and f"лист «{sheet}»", row and f"строка {row}", column and f"столбец {column}")
    return ", ".join(part for part in parts if part)


@register.simple_tag
def status(text: object, tone: str = "", sign: str = "", *, fill: bool = True) -> SafeString:
    """A state as icon, word and colour. `tone`: good, warn, bad, info, wait; `sign` replaces its icon."""
    look = status_look(Tone(tone or Tone.WAIT))
    fill_class = " status-fill" if fill else ""
    return format_html(
        '<span class="status status-{}{}">{}{}</span>', tone or "wait", fill_class, icon(sign or look.icon), text
    )


@register.simple_tag
def empty(title: str, text: str = "", url: str = "", action: str = "", sign: str = "folder") -> SafeString:
    """An empty state: what will be here, why it is empty, one button to the next step."""
    button = format_html('<a class="btn btn-primary" href="{}">{}</a>', url, action) if url and action else ""
    return format_html(
        '<div class="empty-state">{}<h2>{}</h2><p>{}</p>{}</div>', icon(sign, css="icon-large"), title, text, button
    )


@register.simple_tag
def figure(label: str, value: object, note: object = "", url: str = "") -> SafeString:
    """One of the large figures of a page; `url` leads to its grounds."""
    grounds = format_html(' · <a href="{}">Откуда цифра?</a>', url) if url else ""
    return format_html(
        '<div class="figure"><div class="figure-label">{}</div><div class="figure-value">{}</div>'
        '<div class="figure-note">{}{}</div></div>',
        label, value, note, grounds,
    )  # fmt: skip


@register.simple_block_tag
def note(content: str, tone: str = "info", title: str = "") -> SafeString:
    """`{% note "warn" "Заголовок" %}…{% endnote %}`: a remark to the whole page or section."""
    look = status_look(Tone(tone))
    heading = format_html("<strong>{}</strong> ", title) if title else ""
    return format_html(
        '<div class="note note-{}">{}<div class="note-body">{}{}</div></div>', tone, icon(look.icon), heading, content
    )


@register.simple_block_tag
def table(content: str, label: str, css: str = "") -> SafeString:
    """`{% table "Организации" %}<thead>…</thead><tbody>…</tbody>{% endtable %}`: scrolls inside its own box."""
    return format_html(
        '<div class="table-box" role="region" aria-label="{}" tabindex="0"><table class="data {}">{}</table></div>',
        label, css, content,
    )  # fmt: skip


@register.simple_block_tag
def menu(content: str, title: str, sign: str = "dots", css: str = "btn btn-plain") -> SafeString:
    """`{% menu "Выгрузить" "download" %}<a class="menu-item">…</a>{% endmenu %}`: a drop-down list of actions."""
    return format_html(
        '<details class="menu"><summary class="{}">{}{}{}</summary><div class="menu-list">{}</div></details>',
        css, icon(sign), title, icon("chevron-down"), content,
    )  # fmt: skip


@register.simple_block_tag
def dialog(content: str, name: str, title: str, css: str = "") -> SafeString:
    """`{% dialog "grant" "Выдать роль" %}…{% enddialog %}`, opened by `<button data-open="#grant">`."""
    return format_html(
        '<dialog id="{0}" class="{1}" aria-labelledby="{0}-title"><div class="dialog-head"><h2 id="{0}-title">{2}</h2>'
        '<button type="button" class="icon-button" data-close aria-label="Закрыть">{3}</button></div>{4}</dialog>',
        name, css, title, icon("x"), content,
    )  # fmt: skip
