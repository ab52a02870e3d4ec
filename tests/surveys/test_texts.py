"""The texts of a questionnaire under names that stay, and putting them back."""

import pytest
from pydantic import ValidationError

from surveys.questionnaire import Questionnaire, loaded
from surveys.texts import languages_of, limited_to, texts_of, with_texts
from tests.surveys.makers import ENDS, MODES, PARTS, choice, every_kind, question, section

DOT = {"name": f"{'0' * 32}.webp", "width": 40, "height": 30}


def names(*questions: dict[str, object]) -> list[str]:
    return [wording.name for wording in texts_of(asking(*questions))][4:-1]


def asking(*questions: dict[str, object]) -> Questionnaire:
    return loaded({"sections": [section("all", *questions)]})


def test_names_are_made_of_codes_in_the_order_of_the_pages() -> None:
    found = [wording.name for wording in texts_of(asking(question("mode", "single", options=MODES[:1])))]
    assert found == [
        *("title", "intro", "section.all.title", "section.all.text"),
        *("mode.text", "mode.hint", "mode.options.bus.label", "thanks"),
    ]


def test_each_kind_has_its_own_texts() -> None:
    assert names(question("q", "scale", **ENDS)) == ["q.text", "q.hint", "q.low_label", "q.high_label"]
    assert names(question("q", "number")) == ["q.text", "q.hint", "q.unit"]
    assert names(question("q", "statements", rows=PARTS))[2:] == ["q.rows.a.label", "q.rows.b.label"]
    checked = question("q", "line", checks=[{"that": True, "message": {}}], options=MODES)
    assert names(checked)[2:] == ["q.checks.1.message"]
    pictured = question("q", "single", options=[choice("p", "Park", picture=DOT)])
    assert names(pictured)[2:] == ["q.options.p.label", "q.options.p.picture_alt"]


def test_no_two_texts_have_one_name_even_where_codes_repeat() -> None:
    twice = question("q", "single", options=[*MODES, *MODES])
    found = [wording.name for wording in texts_of(asking(twice, twice))]
    assert len(found) == len(set(found))
    assert "q#2.options.bus#2.label" in found


def test_paths_lead_to_the_texts_in_the_document() -> None:
    questionnaire = loaded(every_kind())
    document = questionnaire.model_dump(mode="json")
    for wording in texts_of(questionnaire):
        place = document
        for step in wording.path:
            place = place[step]
        assert place == wording.texts


def test_putting_texts_back_changes_nothing_else() -> None:
    questionnaire = loaded(every_kind())
    german = {wording.name: wording.texts["de"] for wording in texts_of(questionnaire) if "de" in wording.texts}
    assert with_texts(questionnaire, "de", german) == questionnaire
    french = with_texts(questionnaire, "fr", german)
    assert languages_of(french) == ["de", "en", "fr"]
    assert limited_to(french, ["en", "de"]) == questionnaire


def test_an_empty_text_is_taken_out_and_an_unknown_name_is_left() -> None:
    questionnaire = loaded(every_kind())
    changed = with_texts(questionnaire, "de", {"mode.text": "", "gone.text": "Weg"})
    assert changed.question("mode").text == {"en": "How do you travel most?"}
    assert with_texts(changed, "de", {"mode.text": questionnaire.question("mode").text["de"]}) == questionnaire


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValidationError):
        with_texts(loaded(every_kind()), "de", {"title": "x" * 501})


def test_only_whole_languages_count() -> None:
    assert languages_of(loaded(every_kind())) == ["de", "en"]
    assert languages_of(with_texts(loaded(every_kind()), "de", {"job.text": ""})) == ["en"]
    assert languages_of(loaded({})) == []


def test_conditions_keep_their_words_when_languages_go() -> None:
    questionnaire = asking(question("a", "line"), question("b", "line", show_if=["=", ["answer", "a"], "label"]))
    assert limited_to(questionnaire, ["en"]).question("b").show_if == ["=", ["answer", "a"], "label"]
