"""Wave against wave: what is compared, what is claimed, and what cannot be compared."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from citizen.cities.models import City
from citizen.core import clock
from citizen.core.audit import COMMAND_LINE
from citizen.core.db import db
from citizen.participation import running
from citizen.participation.models import ResultsRule
from citizen.participation.rules import may_see_results
from insights.differences import of_proportions
from surveys import drafting
from surveys.comparing import Obstacle, compare, number_of_waves, waves_to_compare
from surveys.models import Survey, SurveyWave
from surveys.questionnaire import loaded
from tests.surveys.makers import MODES, every_kind, fill, make_survey, make_wave, question, section
from tests.surveys.test_results import address, main_of


def asking(*questions: dict) -> dict:
    return {"title": every_kind()["title"], "sections": [section("s", *questions)]}


MODE = question("mode", "single", options=MODES)


@pytest.fixture
def survey(city: City) -> Survey:
    return make_survey(city, asking(MODE, question("nps", "nps"), question("why", "text"), question("old", "nps")))


def wave_of(survey: Survey, name: str, days: int, **values: object) -> SurveyWave:
    """A wave that opened so many days from now."""
    given = {"opens_at": clock.now() + timedelta(days=days), "results": ResultsRule.ALWAYS, "name": {"en": name}}
    return make_wave(survey.city, survey=survey, slug=name.lower(), **(given | values))


def answer(wave: SurveyWave, buses: int, cars: int, **values: object) -> None:
    for number in range(buses + cars):
        fill(wave, f"{wave.slug}-{number}", mode="bus" if number < buses else "car", **values)


@pytest.fixture
def waves(survey: Survey) -> list[SurveyWave]:
    """The bus fell from 28 of 35 to 24 of 40: half of the numbers of Newcombe's example."""
    before, after = wave_of(survey, "Before", -60), wave_of(survey, "After", -1)
    answer(before, 28, 7, nps=9)
    answer(after, 24, 16, nps=9)
    return [before, after]


def change(survey: Survey, *questions: dict) -> None:
    drafting.change_survey(survey, loaded(asking(*questions)), seen=survey.edition, by=COMMAND_LINE)
    db.session.commit()


def test_the_difference_of_each_share(waves: list[SurveyWave]) -> None:
    comparison = compare(waves)
    mode = comparison.questions[0]
    by_code = {row.measure.code: row for row in mode.rows}
    assert comparison.sheets == (35, 40)
    assert [measure.count for measure in by_code["bus"].measures] == [28, 24]
    assert by_code["bus"].difference == of_proportions(24, 40, 28, 35)
    assert by_code["bus"].difference.value == pytest.approx(-0.2)
    assert comparison.tests == 4


def test_what_chance_could_make_is_no_change(waves: list[SurveyWave]) -> None:
    bus = next(row for row in compare(waves).questions[0].rows if row.measure.code == "bus")
    assert bus.difference.p < bus.adjusted
    assert not bus.is_change


def test_a_clear_change_is_one(survey: Survey) -> None:
    before, after = wave_of(survey, "Before", -60), wave_of(survey, "After", -1)
    answer(before, 50, 10)
    answer(after, 10, 50)
    rows = {row.measure.code: row for row in compare([before, after]).questions[0].rows}
    assert (rows["bus"].is_change, rows["car"].is_change, rows["bike"].is_change) == (True, True, False)
    assert rows["bus"].difference.high < 0 < rows["car"].difference.low


def test_scores_are_compared_with_their_errors(survey: Survey) -> None:
    before, after = wave_of(survey, "Before", -60), wave_of(survey, "After", -1)
    for number in range(40):
        fill(before, f"a{number}", nps=10 if number < 10 else 3)
        fill(after, f"b{number}", nps=10 if number < 30 else 3)
    rows = {row.measure.code: row for row in compare([before, after]).questions[0].rows}
    score = rows["score"]
    assert (score.difference.value, score.is_change) == (100, True)
    assert rows["promoters"].difference is None


@pytest.mark.parametrize(
    ("then", "code", "obstacle"),
    [
        ([MODE, question("nps", "nps", "Anew?"), question("why", "text")], "nps", Obstacle.CHANGED),
        ([MODE, question("nps", "nps"), question("why", "text")], "old", Obstacle.ONCE),
        ([MODE, question("nps", "nps"), question("new", "nps"), question("why", "text")], "new", Obstacle.ONCE),
        ([MODE, question("nps", "nps"), question("why", "text")], "why", Obstacle.UNCOUNTED),
        ([MODE, question("nps", "nps"), question("why", "text"), question("old", "nps")], "old", Obstacle.UNANSWERED),
    ],
)
def test_what_was_asked_otherwise_is_not_compared(
    survey: Survey, then: list[dict], code: str, obstacle: Obstacle
) -> None:
    before = wave_of(survey, "Before", -60)
    answer(before, 3, 3, nps=5, why="So.", old=5)
    change(survey, *then)
    after = wave_of(survey, "After", -1)
    answer(after, 3, 3, nps=5, why="So.", **({"new": 5} if code == "new" else {}))
    comparison = compare([before, after])
    assert {one.found.question.code: one.obstacle for one in comparison.apart}[code] == obstacle
    assert code not in {one.question.question.code for one in comparison.questions}
    assert "mode" in {one.question.question.code for one in comparison.questions}


def test_a_changed_requirement_is_still_the_same_question(survey: Survey, waves: list[SurveyWave]) -> None:
    change(survey, MODE | {"is_required": True, "is_shuffled": True})
    third = wave_of(survey, "Third", 0)
    answer(third, 5, 5)
    assert [one.question.question.code for one in compare([*waves, third]).questions] == ["mode"]


def test_only_waves_whose_result_is_seen_are_compared(survey: Survey, waves: list[SurveyWave]) -> None:
    more = [
        wave_of(survey, "Later", 5),
        wave_of(survey, "Hidden", -2, results=ResultsRule.AFTER_CLOSE),
        wave_of(survey, "Answered", -3, results=ResultsRule.AFTER_ANSWER),
        wave_of(survey, "Closed", -90, results=ResultsRule.AFTER_CLOSE, closes_at=clock.now()),
        wave_of(survey, "Draft", -4, published=False),
        wave_of(survey, "Gone", -5),
    ]
    running.withdraw(more[-1], {"en": "A mistake."}, by=COMMAND_LINE)
    db.session.commit()
    seen = {wave.slug for wave in waves_to_compare(waves[0])}
    assert seen == {wave.slug for wave in (*waves, *more) if may_see_results(wave, has_answered=False)}
    assert number_of_waves(waves[0]) == len(seen) == 3
    early = [wave.slug for wave in waves_to_compare(waves[0], early=True)]
    assert early == ["closed", "before", "answered", "hidden", "after"]


def test_the_page_says_what_changed_and_what_did_not(client: FlaskClient, survey: Survey) -> None:
    before, after = wave_of(survey, "Before", -60), wave_of(survey, "After", -1)
    answer(before, 50, 10, nps=9)
    answer(after, 10, 50, nps=9, why="So.")
    page = main_of(client.get(address(after, "/comparison")).text)
    assert "How “After” differs from “Before”, among those who answered." in page.text
    assert (
        "Change among those who answered: “Car” rose from 17% to 83%; “Bus” fell from 83% to 17%."
        in page.select_one("#q-mode").text
    )
    assert "No clear change among those who answered." in page.select_one("#q-nps").text
    cells = [cell.get_text(" ", strip=True) for cell in page.select("#q-mode tbody tr")[0].select("th, td")]
    assert cells[:4] == ["Car", "17% 10", "83% 50", "+66.7"]
    assert "Texts, days and files cannot be compared in figures." in page.text
    assert "We tested 4 differences." in page.text
    assert not page.select("[data-chart]")


def test_the_result_leads_to_the_comparison_where_there_is_one(client: FlaskClient, survey: Survey, city: City) -> None:
    before = wave_of(survey, "Before", -60)
    fill(before, mode="bus")
    assert "/comparison" not in client.get(address(before)).text
    assert "only one wave" in client.get(address(before, "/comparison")).text
    wave_of(survey, "After", -1)
    assert "/comparison" in client.get(address(before)).text


def test_three_waves_have_a_curve_and_a_choice(client: FlaskClient, survey: Survey, waves: list[SurveyWave]) -> None:
    third = wave_of(survey, "Third", 0)
    answer(third, 40, 0)
    page = main_of(client.get(address(third, "/comparison?from=after&to=third")).text)
    assert "How “Third” differs from “After”" in page.text
    chart = page.select_one("#q-mode [data-chart=line]")
    assert [row.th.text for row in chart.select("tbody tr")] == ["Before", "After", "Third"]
    assert chart.select_one("td")["data-value"] == "80.0"
    for asked in ("from=nothing", "to=nothing", "from=third&to=before"):
        assert client.get(address(third, f"/comparison?{asked}")).status_code == 404


def test_a_new_answer_shows_in_the_comparison(client: FlaskClient, waves: list[SurveyWave]) -> None:
    path = address(waves[0], "/comparison")
    assert "40 responses" in client.get(path).text
    fill(waves[1], "late", mode="bus")
    assert "41 responses" in client.get(path).text


def test_a_hidden_wave_shows_no_comparison(client: FlaskClient, survey: Survey, waves: list[SurveyWave]) -> None:
    hidden = wave_of(survey, "Hidden", -1, results=ResultsRule.AFTER_CLOSE)
    text = BeautifulSoup(client.get(address(hidden, "/comparison")).text, "html.parser").main.text
    assert "You will find the result here after" in text
    assert "responses" not in text
