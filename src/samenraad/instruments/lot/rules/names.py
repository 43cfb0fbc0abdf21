"""Names and streets for invented people: common ones from everywhere in the Low Countries, put together by chance."""

from __future__ import annotations

#: (how many in a hundred, first names of women, first names of men, family names)
NAMES: tuple[tuple[int, tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (
        52,
        (
            "Anna", "Anneke", "Bente", "Carla", "Daphne", "Els", "Esther", "Femke", "Fleur", "Greet", "Hanneke", "Ilse",
            "Ingrid", "Jet", "Joke", "Karin", "Lieke", "Lotte", "Maaike", "Marijke", "Nienke", "Petra", "Riet", "Roos",
            "Sanne", "Tineke", "Tess", "Wil", "Willemijn", "Yvonne",
        ),
        (
            "Arie", "Bart", "Bas", "Cees", "Daan", "Dirk", "Eelco", "Frank", "Gerrit", "Hans", "Henk", "Jan", "Jasper",
            "Jeroen", "Joost", "Kees", "Klaas", "Lars", "Maarten", "Niels", "Piet", "Rob", "Ruben", "Sjoerd", "Stijn",
            "Teun", "Thijs", "Tom", "Wim", "Wouter",
        ),
        (
            "de Jong", "Jansen", "de Vries", "van den Berg", "van Dijk", "Bakker", "Visser", "Smit", "Meijer",
            "de Boer", "Mulder", "de Groot", "Bos", "Vos", "Peters", "Hendriks", "van Leeuwen", "Dekker", "Brouwer",
            "de Wit", "Dijkstra", "Smits", "van der Meer", "Kok", "Jacobs", "Vermeulen", "Schouten", "Hoekstra",
            "Koster", "Willems", "van Vliet", "Postma", "Kuipers", "Veenstra", "ter Horst", "Wiersma", "Blom",
        ),
    ),
    (
        22,
        (
            "An", "Annelies", "Britt", "Carine", "Christel", "Elke", "Emma", "Griet", "Hilde", "Katrien", "Kim", "Leen",
            "Lien", "Louise", "Marleen", "Martine", "Nele", "Noor", "Sofie", "Tine", "Veerle", "Vera",
        ),
        (
            "Arne", "Bert", "Bram", "Dries", "Filip", "Geert", "Guido", "Hendrik", "Jef", "Jelle", "Joris", "Karel",
            "Kobe", "Koen", "Luc", "Marc", "Pieter", "Seppe", "Staf", "Tuur", "Wannes", "Wout",
        ),
        (
            "Peeters", "Janssens", "Maes", "Claes", "Wouters", "De Smet", "Goossens", "Mertens", "Van Damme",
            "De Backer", "Hermans", "Aerts", "Michiels", "Desmet", "Lemmens", "Cools", "Segers", "Verstraete",
            "Van de Velde", "De Clercq", "Coppens", "Thijs", "Baert", "Verhaeghe",
        ),
    ),
    (
        7,
        ("Amina", "Fatima", "Hanan", "Ikram", "Khadija", "Loubna", "Naima", "Salma", "Samira", "Yasmina"),
        ("Ahmed", "Bilal", "Hassan", "Ilyas", "Karim", "Mohamed", "Nabil", "Rachid", "Samir", "Youssef"),
        ("Amrani", "Azzouzi", "Bakkali", "Benali", "Boukhari", "Chaouch", "El Haddad", "Idrissi", "Mansouri", "Ouali"),
    ),
    (
        6,
        ("Aylin", "Ayşe", "Elif", "Emine", "Fatma", "Gül", "Merve", "Selin", "Sevgi", "Zeynep"),
        ("Ahmet", "Ali", "Can", "Emre", "Hakan", "Kemal", "Mehmet", "Mustafa", "Ömer", "Yusuf"),
        ("Aydın", "Çelik", "Demir", "Doğan", "Kaya", "Öztürk", "Şahin", "Yıldız", "Yılmaz", "Kılıç"),
    ),
    (
        5,
        ("Agnieszka", "Katarzyna", "Magda", "Oksana", "Olena", "Daria", "Elena", "Ioana"),
        ("Andriy", "Bogdan", "Ivan", "Marek", "Mihai", "Piotr", "Stefan", "Tomasz"),
        ("Kowalski", "Nowak", "Wójcik", "Zieliński", "Kovalenko", "Shevchuk", "Popescu", "Dimitrov"),
    ),
    (
        5,
        ("Cheryl", "Glenda", "Joyce", "Naomi", "Priya", "Rani", "Shanti", "Sharmila"),
        ("Clifton", "Dewi", "Errol", "Giovanni", "Marlon", "Ravi", "Romeo", "Winston"),
        ("Ramdin", "Baldew", "Pinas", "Kartosen", "Martina", "Doekhi", "Sumter", "Croes"),
    ),
    (
        3,
        ("Amal", "Hiba", "Lina", "Maryam", "Nour", "Rahel", "Selam", "Zahra"),
        ("Abdi", "Farid", "Khaled", "Omar", "Samuel", "Tesfay", "Yonas", "Ziad"),
        ("Haddad", "Khalil", "Nasser", "Tekle", "Ghebre", "Rahimi", "Warsame", "Issa"),
    ),
)  # fmt: skip

_STEMS = (
    "Beuken", "Berken", "Linden", "Eiken", "Wilgen", "Elzen", "Kersen", "Notelaar", "Meidoorn", "Vlinder", "Merel",
    "Zwaluw", "Leeuwerik", "Reiger", "Molen", "Kerk", "School", "Haven", "Touw", "Smids", "Bakkers", "Weide", "Akker",
    "Dijk", "Beek", "Heide",
)  # fmt: skip
_ENDINGS = ("straat", "laan", "weg", "hof", "plein", "pad", "dreef", "kade", "singel", "steeg")

#: 260 streets, no two neighbours alike
STREETS = tuple(stem + ending for ending in _ENDINGS for stem in _STEMS)

#: how a gender may be called in the figures -> whose first names fit
WOMEN = frozenset({"vrouw", "vrouwen", "v", "woman", "women", "female", "f", "femme"})
MEN = frozenset({"man", "mannen", "m", "men", "male", "homme"})
