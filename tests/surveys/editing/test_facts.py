"""What a part says, as labelled texts: for two versions side by side."""

from surveys.editing.facts import differences, question_facts, section_facts, settings_facts
from surveys.editing.words import Told
from surveys.questionnaire import Picture, Question, loaded
from tests.surveys.makers import every_kind

ASKED = loaded(every_kind())
TOLD = Told(ASKED, {"north": {"en": "North"}})


def changed(code: str, **values) -> list[tuple[str, str, str]]:
    """How a question and the same one with other values differ."""
    one = ASKED.question(code)
    other = Question.model_validate(one.model_dump() | values)
    found = differences(question_facts(one, TOLD), question_facts(other, TOLD))
    return [(difference.label, difference.one, difference.other) for difference in found]


def test_equal_parts_do_not_differ(app):
    assert changed("mode") == []
    assert differences(settings_facts(ASKED), settings_facts(ASKED)) == []


def test_each_language_is_a_text_of_its_own(app):
    assert changed("mode", text={"en": "How do you travel most?", "de": "Wie?"}) == [
        ("Question (Deutsch)", "How do you travel most? (de)", "Wie?")
    ]


def test_answers_stand_below_each_other_with_their_role_and_picture(app):
    option = {"code": "1", "label": {"en": "Tram"}, "role": "other", "picture_alt": {"en": "A tram"}}
    picture = Picture(name="0" * 32 + ".webp", width=4, height=3)
    found = changed("mode", options=[option | {"picture": picture.model_dump()}])
    assert found[0][2] == "Tram (Something else, with a line to write on) (with a picture: A tram)"
    assert found[0][1].startswith("Bus / Bus (de)\nBike")


def test_numbers_conditions_ways_and_checks_are_told(app):
    that = ["=", ["answer", "rate"], "dont_know"]
    values = {"least": 0.5, "show_if": that, "skips": [{"when": that, "to": "end"}]}
    values |= {"checks": [{"that": that, "message": {"en": "Really?"}}]}
    assert changed("age", **values) == [
        ("Smallest number", "0", "0.5"),
        ("Shown only if", "", "“How good is it?” is “I don't know”"),
        ("Where to go on", "", "If “How good is it?” is “I don't know”: go to the end"),
        ("Checks", "", "“How good is it?” is “I don't know”: Really?"),
    ]


def test_what_is_gone_says_nothing(app):
    assert question_facts(None, TOLD) == {}
    assert section_facts(None, TOLD) == {}


def test_what_a_condition_names_and_nobody_knows_is_called_by_its_code(app):
    assert TOLD.subject("gone") == "gone"
    assert TOLD.place("gone") == "gone"
    assert TOLD.place("views") == "“Views”"
    assert TOLD.condition(["=", ["answer", "talk", "s1"], "agree"]) == "“What do you say?: More trees” is “Agree”"
