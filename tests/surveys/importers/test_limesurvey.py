"""LimeSurvey files of three generations: every type of question, its texts and its languages."""

import pytest

from surveys.questionnaire import Kind, OptionRole, dumped
from tests.surveys.importers.brought import bring, codes, option_codes, question, said
from tests.surveys.importers.limesurvey_files import GENERATIONS, ROWS, ask, brought, file_of
from tests.surveys.shared import questionnaire_file

pytestmark = pytest.mark.usefixtures("speaking")

PARTS = {"SQ001": "Bus", "SQ002": "Bike"}
ANSWERS = {"A1": "Bad", "A2": "Good"}
CELLS = PARTS | {"C1/1": "2024", "C2/1": "2025"}

EVERY_TYPE = [
    ask("L1", "L", answers=ANSWERS),
    ask("D1", "!", answers=ANSWERS),
    ask("O1", "O", answers=ANSWERS),
    ask("Y1", "Y"),
    ask("G1", "G"),
    ask("P5", "5"),
    ask("M1", "M", subquestions=PARTS),
    ask("P1", "P", subquestions=PARTS),
    ask("R1", "R", answers=ANSWERS),
    ask("A", "A", subquestions=PARTS),
    ask("B", "B", subquestions=PARTS),
    ask("C", "C", subquestions=PARTS),
    ask("E", "E", subquestions=PARTS),
    ask("F", "F", subquestions=PARTS, answers=ANSWERS),
    ask("H", "H", subquestions=PARTS, answers=ANSWERS),
    ask("Dual", "1", subquestions=PARTS, answers=ANSWERS | {"B1/1": "Low", "B2/1": "High"}),
    ask("Numbers", ":", subquestions=CELLS),
    ask("Texts", ";", subquestions=CELLS),
    ask("N1", "N"),
    ask("K1", "K", subquestions=PARTS),
    ask("S1", "S"),
    ask("T1", "T"),
    ask("U1", "U"),
    ask("Q1", "Q", subquestions=PARTS),
    ask("Day", "D"),
    ask("X1", "X"),
    ask("File", "|"),
    ask("I1", "I"),
    ask("Sum", "*", "{N1 + 1}"),
]

KINDS = {
    "L1": "single",
    "D1": "single",
    "O1": "single",
    "O1_comment": "text",
    "Y1": "single",
    "G1": "single",
    "P5": "scale",
    "M1": "multiple",
    "P1": "multiple",
    "P1_SQ001comment": "line",
    "R1": "ranking",
    "A": "matrix",
    "Dual_1": "matrix",
    "Dual_2": "matrix",
    "Numbers_SQ001_C2": "number",
    "Texts_SQ002_C1": "line",
    "N1": "number",
    "K1_SQ002": "number",
    "S1": "line",
    "T1": "text",
    "U1": "text",
    "Q1_SQ001": "line",
    "Day": "date",
    "X1": "note",
    "File": "file",
}


@pytest.mark.parametrize("version", GENERATIONS)
def test_every_type_comes_over_from_every_generation(version):
    found = brought(*EVERY_TYPE, version=version)
    kinds = {asked.code: asked.kind.value for asked in found.questionnaire.questions}
    assert kinds | KINDS == kinds


def test_all_generations_give_the_same_questionnaire():
    found = [dumped(brought(*EVERY_TYPE, version=version).questionnaire) for version in GENERATIONS]
    assert found[0] == found[1] == found[2]


def test_what_is_ranked_may_stand_among_the_subquestions_of_an_old_file_too():
    found = brought(ask("Rank", "R", subquestions=ANSWERS), version=ROWS)
    assert option_codes(question(found, "Rank")) == ["A1", "A2"]


def test_each_question_has_one_outcome():
    report = brought(*EVERY_TYPE).report
    assert [outcome.name for outcome in report.outcomes[2:]] == [asked.code for asked in EVERY_TYPE]
    assert (report.questions_imported, report.questions_skipped) == (26, 0)


def test_texts_stand_in_both_languages():
    asked = question(brought(ask("Q", "L", "How?", answers=ANSWERS)), "Q")
    assert asked.text == {"en": "How?", "de": "How? (de)"}
    assert asked.options[0].label == {"en": "Bad", "de": "Bad (de)"}


def test_other_has_its_own_words_and_stands_last():
    words = {"other_replace_text": {"en": "Something else", "de": "Etwas anderes"}}
    found = brought(ask("Q", "L", answers=ANSWERS, values={"other": "Y"}, translated=words))
    last = question(found, "Q").options[-1]
    assert (last.role, last.label["de"]) == (OptionRole.OTHER, "Etwas anderes")


def test_an_answer_that_excludes_all_others_is_none_of_these():
    found = brought(ask("Q", "M", subquestions=PARTS, attributes={"exclude_all_others": "SQ001"}))
    assert [option.code for option in question(found, "Q").options if option.role is OptionRole.NONE] == ["SQ001"]


def test_amounts_and_order():
    attributes = {"min_answers": "1", "max_answers": "2", "random_order": "1"}
    asked = question(brought(ask("Q", "M", subquestions=PARTS, attributes=attributes)), "Q")
    assert (asked.choose_min, asked.choose_max, asked.is_shuffled) == (1, 2, True)


def test_an_amount_that_is_computed_is_said():
    found = brought(ask("Q", "M", subquestions=PARTS, attributes={"max_answers": "{N1}"}))
    assert question(found, "Q").choose_max == 0
    assert "computed" in said(found, "Q")


def test_answers_that_are_sorted_come_sorted():
    answers = {"A1": "Zoo", "A2": "Art"}
    found = brought(ask("Q", "L", answers=answers, attributes={"answer_order": "alphabetical"}))
    assert option_codes(question(found, "Q")) == ["A2", "A1"]
    assert "alphabet" in said(found, "Q")


def test_a_comment_is_a_question_of_its_own():
    found = brought(ask("Q", "P", subquestions=PARTS, values={"mandatory": "Y"}))
    comment = question(found, "Q_SQ001comment")
    assert comment.show_if == ["has", ["answer", "Q"], "SQ001"]
    assert (question(found, "Q").is_required, comment.is_required) == (True, False)


def test_both_scales_of_an_array_are_tables():
    answers = ANSWERS | {"B1/1": "Low", "B2/1": "High"}
    header = {"dualscale_headerB": {"en": "Price", "de": "Preis"}}
    found = brought(ask("Q", "1", "Rate it:", subquestions=PARTS, answers=answers, translated=header))
    assert [option_codes(question(found, f"Q_{n}")) for n in (1, 2)] == [["A1", "A2"], ["B1", "B2"]]
    assert question(found, "Q_2").text["en"] == "Rate it – Price"


def test_boxes_in_a_table_are_one_question_a_row():
    found = brought(ask("Q", ":", subquestions=CELLS, attributes={"multiflexible_checkbox": "1"}))
    assert codes(found) == ["Q_SQ001", "Q_SQ002"]
    assert option_codes(question(found, "Q_SQ001")) == ["C1", "C2"]


def test_a_table_of_too_many_cells_is_lost():
    many = {f"R{n}": f"Row {n}" for n in range(30)} | {"C1/1": "A", "C2/1": "B"}
    found = brought(ask("Q", ";", subquestions=many), ask("Last", "S"))
    assert codes(found) == ["Last"]
    assert "60 cells" in said(found, "Q")


def test_numbers_have_bounds_unit_and_decimals():
    attributes = {"min_num_value_n": "0", "max_num_value_n": "120", "num_value_int_only": "1"}
    unit = {"suffix": {"en": "years", "de": "Jahre"}}
    asked = question(brought(ask("Age", "N", attributes=attributes, translated=unit)), "Age")
    assert (asked.least, asked.most, asked.decimals, asked.unit["de"]) == (0, 120, 0, "Jahre")


def test_a_sum_is_checked_where_all_parts_are_filled_in():
    asked = question(brought(ask("K", "K", subquestions=PARTS, attributes={"equals_num_value": "100"})), "K_SQ002")
    missing = [["not", ["answered", ["answer", f"K_SQ00{n}"]]] for n in (1, 2)]
    total = ["+", ["answer", "K_SQ001"], ["answer", "K_SQ002"]]
    assert asked.checks[0].that == ["or", *missing, ["=", total, 100]]


@pytest.mark.parametrize(
    ("attributes", "kind"),
    [({"numbers_only": "1"}, Kind.NUMBER), ({"location_mapservice": "100"}, Kind.PLACE), ({}, Kind.LINE)],
)
def test_a_short_text_may_ask_for_something_else(attributes, kind):
    assert question(brought(ask("Q", "S", attributes=attributes)), "Q").kind is kind


def test_dates_have_bounds():
    attributes = {"date_min": "2020", "date_max": "today", "date_format": "dd.mm.yyyy HH:MM"}
    found = brought(ask("Q", "D", attributes=attributes))
    assert (question(found, "Q").earliest, question(found, "Q").latest) == ("2020-01-01", None)
    assert "“today”" in said(found, "Q")
    assert "time" in said(found, "Q")


def test_codes_that_do_not_fit_are_changed_and_said():
    found = brought(ask("1st answer", "S"), ask("1st answer", "S"), ask("end", "S"))
    assert codes(found) == ["q_1st_answer", "q_1st_answer_2", "end_2"]
    assert "“q_1st_answer”" in said(found, "1st answer")


def test_two_answers_with_one_code_stay_two():
    found = brought(ask("Q", "L", answers={"A1": "One", "A 1": "Two"}))
    assert len(set(option_codes(question(found, "Q")))) == 2


def test_what_has_no_counterpart_is_said():
    attributes = {"array_filter": "Q0", "time_limit": "30", "random_group": "g"}
    values = {"mandatory": "S"}
    found = brought(ask("Q", "M", subquestions=PARTS, attributes=attributes, values=values))
    sentences = said(found, "Q")
    for part in ("chosen earlier", "little time", "shuffles", "asks again"):
        assert part in sentences


def test_quotas_points_and_answers_filled_in_are_counted():
    more = {"quota": [{"id": 1}], "assessments": [{"id": 1}, {"id": 2}], "defaultvalues": [{"qid": 101}]}
    sentences = [note.sentence for note in brought(ask("Q", "S"), more=more).report.notes]
    for part in ("1 quota", "2 rules", "1 answer is filled in"):
        assert any(part in sentence for sentence in sentences)


def test_an_unknown_type_is_lost_alone():
    found = brought(ask("Q", "?"), ask("Last", "S"))
    assert codes(found) == ["Last"]
    assert "“?”" in said(found, "Q")


def test_a_group_file_takes_its_title_from_the_group():
    found = brought(ask("Q", "S"), kind="Group")
    assert found.questionnaire.title == {"en": "First", "de": "First (de)"}


def test_a_question_file_has_one_question():
    file = file_of(ask("Q", "F", subquestions=PARTS, answers=ANSWERS), kind="Question")
    xml = file.xml(ROWS).replace(b"<groups>", b"<nothing>").replace(b"</groups>", b"</nothing>")
    found = bring(xml)
    assert found.questionnaire.title["en"] == "What about Q?"
    assert codes(found) == ["Q"]


def test_a_real_survey_comes_over():
    found = bring(questionnaire_file("citric_survey.lss"))
    kinds = [(asked.code, asked.kind.value, asked.is_required) for asked in found.questionnaire.questions]
    assert kinds == [
        ("G01Q01", "text", False),
        ("G01Q02", "scale", True),
        ("G02Q03", "file", False),
        ("G02Q04", "single", True),
    ]
    assert found.questionnaire.questions.__next__().hint == {"en": "This is a question help text."}
    assert found.report.questions_skipped == 0


def test_a_real_group_comes_over():
    found = bring(questionnaire_file("citric_group.lsg"), ("de", "en"))
    assert codes(found) == ["G01Q02", "G01Q01"]
    assert question(found, "G01Q01").text == {"en": "Second question"}


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        (ask("Q", "|", attributes={"max_num_of_files": "3"}), "takes one"),
        (ask("Q", "|", attributes={"allowed_filetypes": "png,pdf"}), "png,pdf"),
        (ask("Q", "N", attributes={"max_num_value_n": "{N0 * 2}"}), "“{N0 * 2}”"),
        (ask("Q", "K", subquestions=PARTS, attributes={"min_num_value": "{N0}"}), "sum"),
        (ask("Q", "L", answers={f"A{n}": "x" for n in range(201)}), "more than 200 answers"),
        (ask("Q", "L", answers={f"A{n}": "x" for n in range(401)}), "more answers or rows"),
        (ask("Q", "F", answers=ANSWERS, subquestions={f"S{n}": "x" for n in range(61)}), "60 rows"),
        (
            ask("Q", ":", subquestions={f"S{n}": "x" for n in range(41)}, attributes={"multiflexible_checkbox": "1"}),
            "41",
        ),
        (ask("Q", "5", values={"script": "alert(1)"}), "script"),
        (ask("Q", "*", "{N0 + }"), "formula"),
    ],
)
def test_what_cannot_come_as_it_is_is_said(asked, part):
    assert part in said(brought(ask("N0", "N"), asked, version=ROWS), "Q")


def test_a_unit_in_front_holds_in_all_languages():
    assert question(brought(ask("Q", "N", attributes={"prefix": "€"})), "Q").unit == {"en": "€", "de": "€"}


def test_a_slider_has_its_own_bounds():
    attributes = {"slider_layout": "1", "slider_min": "1", "slider_max": "9", "slider_accuracy": "0.5"}
    asked = question(brought(ask("Q", "K", subquestions=PARTS, attributes=attributes)), "Q_SQ001")
    assert (asked.least, asked.most, asked.decimals) == (1, 9, 6)
