"""Places and population figures from a table: all of it, or nothing and every reason why."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenraad.ledger.models import Entry
from samenraad.people.actions import import_places, import_population
from samenraad.people.models import Place, Population
from samenraad.people.rules import coordinate, day_of, kind_of, lies_in, whole_number
from samenraad.refusals import Refusal
from samenraad.texts import explain

PLACES = """code;naam;soort;ligt in;lat;lon
LV;Lindenveld;gemeente;;52,1;5,2
LV01;Centrum;wijk;LV;;
LV0101;Oud-Linden;buurt;LV01;;
"""
FIGURES = """gebied;kenmerk;waarde;aantal;bron;peildatum
LV;leeftijd;16-24;4.210;CBS;1-1-2026
oud-linden;leeftijd;16-24;121;CBS;2026-01-01
"""


def problems(read, text: str) -> dict[int, list[str]]:
    """Row -> codes."""
    with pytest.raises(Refusal) as caught:
        read(content=text.encode())
    found: dict[int, list[str]] = {}
    for problem in caught.value.facts["problems"]:
        found.setdefault(problem.row, []).append(problem.refusal.code)
        assert str(problem.row) in explain(problem.refusal)
    return found


@pytest.mark.django_db
class TestPlaces:
    def test_a_tree_is_read_whatever_the_order_of_its_lines(self):
        head, *lines = PLACES.strip().splitlines()
        done = import_places(content="\n".join([head, *reversed(lines)]).encode("windows-1252"))
        assert (done.added, done.changed) == (3, 0)
        assert Place.objects.get(code="LV0101").parent.parent.name == "Lindenveld"
        assert Place.objects.get(code="LV").latitude == 52.1

    def test_reading_it_again_changes_names_and_adds_nothing(self):
        import_places(content=PLACES.encode())
        done = import_places(content=PLACES.replace("Centrum", "Binnenstad").encode("utf-8-sig"))
        assert (done.added, done.changed) == (0, 3)
        assert Place.objects.get(code="LV01").name == "Binnenstad"
        assert [entry.facts["rows"] for entry in Entry.objects.filter(act="places.imported")] == [3, 3]

    def test_every_bad_line_is_named_and_nothing_is_written(self):
        found = problems(
            import_places,
            PLACES
            + "LV02;;wijk;LV;;\n"
            + "LV03;Kamp;plein;LV;;\n"
            + "LV01;Nog eens;wijk;LV;;\n"
            + "LV04;Beek;wijk;NERGENS;;\n"
            + "LV05;Los;wijk;;;\n"
            + "LV06;Om;wijk;LV0101;91;oost\n"
            + "LV07;Stad;gemeente;LV;;\n"
            + "LV08;Te veel;wijk;LV;;;x\n"
            + f"LV09;{'x' * 121};wijk;LV;;\n",
        )
        assert found == {
            5: ["sheet.empty_cells"],
            6: ["places.unknown_kind"],
            7: ["places.twice"],
            8: ["places.unknown_parent"],
            9: ["places.needs_parent"],
            10: ["places.no_coordinate", "places.no_coordinate", "places.wrong_parent"],
            11: ["places.wrong_parent"],
            12: ["sheet.extra_cells"],
            13: ["sheet.too_long"],
        }
        assert not Place.objects.exists()
        assert not Entry.objects.exists()

    def test_a_known_place_keeps_its_kind(self, place):
        text = "code,name,kind,parent\nX,Boven,town,\nLV,Lindenveld,wijk,X\n"
        assert problems(import_places, text) == {3: ["places.other_kind"]}

    def test_a_table_without_its_columns_is_refused_as_a_whole(self):
        with pytest.raises(Refusal, match=r"sheet\.missing_columns"):
            import_places(content=b"a;b\n1;2\n")
        with pytest.raises(Refusal, match=r"sheet\.empty"):
            import_places(content=b"code;name;kind;parent\n")


@pytest.mark.django_db
class TestPopulation:
    @pytest.fixture(autouse=True)
    def places(self):
        import_places(content=PLACES.encode())

    def test_figures_are_read_with_their_source_and_date(self):
        assert import_population(content=FIGURES.encode()).added == 2
        figure = Population.objects.get(place__code="LV")
        assert (figure.count, figure.source, str(figure.date)) == (4210, "CBS", "2026-01-01")

    def test_reading_them_again_replaces_them(self):
        import_population(content=FIGURES.encode())
        done = import_population(content=FIGURES.replace("121", "122").encode())
        assert (done.added, done.changed) == (0, 2)
        assert Population.objects.get(place__code="LV0101").count == 122

    def test_every_bad_line_is_named_and_nothing_is_written(self):
        found = problems(
            import_population,
            FIGURES
            + "Nergens;leeftijd;16-24;12;CBS;2026-01-01\n"
            + "LV;leeftijd;25-34;12,5;CBS;2026-01-01\n"
            + "LV;leeftijd;35-44;12;;2026-01-01\n"
            + "LV;leeftijd;45-54;-3;CBS;gisteren\n"
            + "LV;leeftijd;16-24;9;CBS;2026-01-01\n",
        )
        assert found == {
            4: ["population.unknown_place"],
            5: ["population.no_count"],
            6: ["sheet.empty_cells"],
            7: ["population.no_count", "population.no_date"],
            8: ["population.twice"],
        }
        assert not Population.objects.exists()

    def test_the_command_prints_every_bad_line_and_fails(self, tmp_path):
        file, err = tmp_path / "figures.csv", StringIO()
        file.write_text(FIGURES + "Nergens;a;b;1;CBS;2026-01-01\nLV;a;b;x;CBS;2026-01-01\n", encoding="utf-8")
        with translation.override("en"), pytest.raises(CommandError, match="2 lines need a correction"):
            call_command("import_population", str(file), stderr=err)
        assert [line.split(":")[0] for line in err.getvalue().splitlines()] == ["Row 4", "Row 5"]

    def test_the_command_reads_a_good_file(self, tmp_path):
        file, out = tmp_path / "figures.csv", StringIO()
        file.write_text(FIGURES, encoding="utf-8")
        with translation.override("en"):
            call_command("import_population", str(file), stdout=out)
        assert out.getvalue() == "2 added, 0 changed.\n"
        with pytest.raises(CommandError):
            call_command("import_population", str(tmp_path / "nowhere.csv"))

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
    @given(
        st.lists(
            st.lists(
                st.sampled_from(["LV", "Oud-Linden", "", "12", "1.000", "2026-01-01", "x", '"', ";", "é"]),
                min_size=1,
                max_size=7,
            ),
            max_size=5,
        )
    )
    def test_whatever_stands_in_the_lines_it_is_read_or_refused(self, lines):
        text = FIGURES.splitlines()[0] + "\n" + "\n".join(";".join(line) for line in lines)
        before = Population.objects.count()
        try:
            read = import_population(content=text.encode())
        except Refusal:
            assert Population.objects.count() == before
        else:
            assert read.added + read.changed == sum(1 for line in lines if any(cell.strip() for cell in line))


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("12345", 12345), ("12.345", 12345), ("1 234 567", 1234567), ("1'234", 1234)],
)
def test_a_count_is_read_as_a_spreadsheet_prints_it(text, number):
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", "12.5", "1.23", "-3", "1.234,567", "1e3", "²", "٣"])
def test_what_is_no_whole_number_is_no_count(text):
    assert whole_number(text) is None


def test_days_places_and_degrees():
    assert str(day_of("8-3-2027")) == str(day_of("2027-03-08")) == "2027-03-08"
    assert day_of("31-2-2027") is None
    assert (kind_of("Wijk"), kind_of("neighbourhood"), kind_of("plein")) == ("district", "neighbourhood", None)
    assert lies_in("town", None)
    assert not lies_in("district", None)
    assert not lies_in("district", "district")
    assert (coordinate("5,2", 180), coordinate("nan", 180), coordinate("-181", 180)) == (5.2, None, None)
