"""The list of organizations of the demo municipality: where they stand, how large they are, what they are like."""

from __future__ import annotations

from dataclasses import dataclass

from qualimetry.synthetic.entities import Place, PlaceKind

CITY = Place("Заречный", "г.", "города Заречный", PlaceKind.CITY)
LESNOY = Place("Лесной", "пос.", "посёлка Лесной", PlaceKind.SETTLEMENT)
KLYUCHEVOY = Place("Ключевой", "пос.", "посёлка Ключевой", PlaceKind.SETTLEMENT)
SOLNECHNY = Place("Солнечный", "пос.", "посёлка Солнечный", PlaceKind.SETTLEMENT)
VERKHNEE_POLE = Place("Верхнее Поле", "с.", "села Верхнее Поле", PlaceKind.VILLAGE)
DALNEE = Place("Дальнее", "с.", "села Дальнее", PlaceKind.VILLAGE)
OZERKI = Place("Озерки", "с.", "села Озерки", PlaceKind.VILLAGE)
NIKOLSKOE = Place("Никольское", "с.", "села Никольское", PlaceKind.VILLAGE)
MALAYA_RECHKA = Place("Малая Речка", "д.", "деревни Малая Речка", PlaceKind.VILLAGE)
RODNIKI = Place("Родники", "д.", "деревни Родники", PlaceKind.VILLAGE)
STEPNOY = Place("Степной", "х.", "хутора Степной", PlaceKind.VILLAGE)

#: type → (words of the full name, first grade, last grade)
SCHOOL_TYPES = {
    "СОШ": ("Средняя общеобразовательная школа", 1, 11),
    "Гимназия": ("Гимназия", 1, 11),
    "Лицей": ("Лицей", 1, 11),
    "ООШ": ("Основная общеобразовательная школа", 1, 9),
    "НОШ": ("Начальная общеобразовательная школа", 1, 4),
}


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """`number` None = named by the place alone. `effect` None = drawn; milli-logits. `disadvantage` in thousandths."""

    number: int | None
    type_name: str
    place: Place
    pupils_per_grade: int
    disadvantage: int
    effect: int | None = None


#: In order of organization keys from 1. Effects written here are the planted truths of `truths`.
SCHOOLS = (
    SchoolLine(1, "Гимназия", CITY, 50, -1100, 300),
    SchoolLine(2, "Лицей", CITY, 50, -1200, 400),
    SchoolLine(3, "СОШ", CITY, 75, -500, 0),
    SchoolLine(4, "СОШ", CITY, 52, -300),
    SchoolLine(5, "СОШ", CITY, 75, -200, 0),
    SchoolLine(6, "СОШ", CITY, 50, 0, 0),
    SchoolLine(7, "СОШ", CITY, 48, 300, -1100),
    SchoolLine(8, "СОШ", CITY, 50, 100, 0),
    SchoolLine(9, "СОШ", CITY, 26, 500, -1100),
    SchoolLine(10, "ООШ", CITY, 25, 400),
    SchoolLine(11, "НОШ", CITY, 26, -100),
    SchoolLine(12, "СОШ", LESNOY, 25, 200),
    SchoolLine(13, "СОШ", LESNOY, 22, 600),
    SchoolLine(14, "СОШ", KLYUCHEVOY, 21, 500, -1100),
    SchoolLine(15, "ООШ", KLYUCHEVOY, 13, 900),
    SchoolLine(16, "СОШ", SOLNECHNY, 20, 1900, 1150),
    SchoolLine(17, "СОШ", SOLNECHNY, 18, 700),
    SchoolLine(None, "СОШ", VERKHNEE_POLE, 12, 300),
    SchoolLine(None, "СОШ", NIKOLSKOE, 10, 800),
    SchoolLine(None, "ООШ", OZERKI, 9, 1000),
    SchoolLine(None, "СОШ", DALNEE, 11, 600),
    SchoolLine(None, "ООШ", MALAYA_RECHKA, 5, 1100),
    SchoolLine(None, "ООШ", STEPNOY, 4, 1300),
    SchoolLine(None, "НОШ", RODNIKI, 4, 900),
)

#: (number, name, place) of kindergartens
KINDERGARTENS = (
    (1, "Ромашка", CITY), (2, "Солнышко", CITY), (3, "Теремок", CITY), (4, "Сказка", CITY), (5, "Берёзка", CITY),
    (6, "Журавушка", CITY), (7, "Радуга", CITY), (8, "Колокольчик", LESNOY), (9, "Лесовичок", LESNOY),
    (10, "Родничок", KLYUCHEVOY), (11, "Лучик", SOLNECHNY), (12, "Колосок", VERKHNEE_POLE), (13, "Зёрнышко", DALNEE),
    (14, "Ручеёк", NIKOLSKOE),
)  # fmt: skip

#: (words of the full name, short name, place) of organizations of supplementary education
SUPPLEMENTARY = (
    ("Центр детского творчества «Созвездие»", "ЦДТ «Созвездие»", CITY),
    ("Станция юных натуралистов", "СЮН", CITY),
    ("Спортивная школа «Старт»", "СШ «Старт»", CITY),
    ("Детская школа искусств", "ДШИ", LESNOY),
)
STREETS = ("Учебная", "Школьная", "Садовая", "Условная", "Примерная", "Центральная", "Образцовая", "Вымышленная")
