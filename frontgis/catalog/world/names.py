"""Names that no map has, in two scripts: (Latin, Ukrainian letters, Russian letters)."""

from random import Random

Name = tuple[str, str, str]

FIRST: tuple[Name, ...] = (
    ("Vel", "Вел", "Вел"),
    ("Tor", "Тор", "Тор"),
    ("Kas", "Кас", "Кас"),
    ("Bren", "Брен", "Брен"),
    ("Lum", "Лум", "Лум"),
    ("Ard", "Ард", "Ард"),
    ("Shel", "Шел", "Шел"),
    ("Fen", "Фен", "Фен"),
    ("Hal", "Гал", "Гал"),
    ("Zhor", "Жор", "Жор"),
    ("Ost", "Ост", "Ост"),
    ("Dun", "Дун", "Дун"),
)
LAST: tuple[Name, ...] = (
    ("emis", "еміс", "емис"),
    ("avert", "аверт", "аверт"),
    ("unde", "унде", "унде"),
    ("ityn", "ітин", "итын"),
    ("okarra", "окарра", "окарра"),
    ("eshta", "ешта", "ешта"),
    ("imolt", "імольт", "имольт"),
    ("anzor", "анзор", "анзор"),
)
UNITS: tuple[Name, ...] = (
    ("Ashmere", "Ашмере", "Ашмере"),
    ("Belvarra", "Бельварра", "Бельварра"),
    ("Corundel", "Корундель", "Корундель"),
    ("Dalmerin", "Дальмерін", "Дальмерин"),
    ("Eskmoor", "Ескмур", "Эскмур"),
    ("Farholm", "Фархольм", "Фархольм"),
    ("Gelvane", "Гельване", "Гельване"),
    ("Hestria", "Гестрія", "Гестрия"),
    ("Irisk Cape", "Мис Іриск", "Мыс Ириск"),
    ("North Tarsk", "Північний Тарск", "Северный Тарск"),
    ("Middle Tarsk", "Середній Тарск", "Средний Тарск"),
    ("East Tarsk", "Східний Тарск", "Восточный Тарск"),
    ("Quessel", "Квессель", "Квессель"),
)


def settlement_names(count: int, random: Random) -> list[Name]:
    """Return that many different names, in an order that depends on the random numbers alone."""
    pairs = [(first, last) for first in FIRST for last in LAST]
    ranked = sorted((random.random(), pair) for pair in pairs)
    return [(first[0] + last[0], first[1] + last[1], first[2] + last[2]) for _, (first, last) in ranked[:count]]
