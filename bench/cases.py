"""What is compared with what, and how: in turns, A B A B, so that a busy moment hits both sides."""

from dataclasses import dataclass
from statistics import median
from urllib.request import Request, urlopen

from bench import ideas, reference, sample, surveys
from bench.load import CONNECTIONS, Load, Run, drive

PAGES = {
    "poll page": f"/{sample.CITY}/polls/{sample.ANSWERED}",
    "result page": f"/{sample.CITY}/polls/{sample.FEW}/results",
    "city page": f"/{sample.CITY}/",
}
RESULT = "/{}/surveys/{}/results"
FEW_SHEETS, MANY_SHEETS = (RESULT.format(sample.CITY, slug) for slug in (surveys.FEW, surveys.MANY))
SHEETS = f"/{sample.CITY}/surveys/{surveys.OPEN}/answers"


@dataclass(frozen=True)
class Case:
    """One line of the table: `ours` beside `theirs`, and the least ratio that the budget asks for, if it names one."""

    name: str
    ours: Load
    theirs: Load
    budget: float | None = None


@dataclass(frozen=True)
class Finding:
    """The runs of a case. Every figure is the median over them."""

    case: Case
    ours: list[Run]
    theirs: list[Run]

    @property
    def ratio(self) -> float:
        """Of each pair of neighbouring runs, then the median: both sides had the same weather."""
        return median(our.rate / their.rate for our, their in zip(self.ours, self.theirs, strict=True))

    @property
    def is_met(self) -> bool:
        return self.case.budget is None or self.ratio >= self.case.budget

    @property
    def errors(self) -> int:
        return sum(run.errors for run in (*self.ours, *self.theirs))


def cases(plaza: str, rendering: str, bare: str, fields: sample.Fields) -> list[Case]:
    """The lines, from the addresses of three servers: Plaza, Plaza that keeps no pages, and the reference."""
    page, reply = (Load(f"{bare}/pages/{reference.SLUG}", kind, fields.answer) for kind in ("read", "answer"))
    lines = [case for name, path in PAGES.items() for case in _page_cases(name, path, plaza, rendering, page)]
    answered = plaza + PAGES["poll page"]
    lines.append(Case("answer accepted", Load(answered, "answer", fields.answer), reply, 0.5))
    lines.append(
        Case("answer accepted, with the result in the reply", Load(answered, "fragment", fields.answer), reply)
    )
    few, many = (Load(f"{rendering}/{sample.CITY}/polls/{slug}/results") for slug in (sample.FEW, sample.MANY))
    lines.append(Case("result of 100,000 ÷ result of 100", many, few, 0.5))
    return lines + survey_cases(plaza, rendering, bare, fields.sheet) + idea_cases(rendering, fields.campaigns)


def survey_cases(plaza: str, rendering: str, bare: str, fields: str) -> list[Case]:
    """Surveys of thirty questions, beside a reference page as long as their results."""
    page, page_apart = (Load(f"{bare}/pages/{reference.LONG}", kind) for kind in ("read", "apart"))
    reply = Load(f"{bare}/pages/{reference.SLUG}", "answer", "choice=a")
    sheet = Load(plaza + SHEETS, "answer", fields, plaza + SHEETS.removesuffix("/answers"))
    split = f"{MANY_SHEETS}?by={surveys.SPLIT}"
    few, many = (Load(rendering + path, "apart") for path in (FEW_SHEETS, MANY_SHEETS))
    return [
        Case("survey result of 100,000, cached", Load(plaza + MANY_SHEETS), page, 2),
        Case("survey result of 100,000, compared", Load(plaza + MANY_SHEETS, "distinct apart"), page_apart, 0.5),
        Case("survey result, rendered: 100,000 ÷ 100", many, few, 0.5),
        Case("survey split of 100,000, cached", Load(plaza + split), page, 2),
        Case("survey split of 100,000, compared", Load(plaza + split, "distinct apart"), page_apart, 0.5),
        Case("survey sheet of 30 questions accepted", sheet, reply, 0.5),
    ]


def idea_cases(rendering: str, pairs: list[ideas.Pair]) -> list[Case]:
    """As JSON, of which nothing is kept. Each comes from a network of its own, because the API asks haste to wait."""
    return [
        Case(
            f"ideas, {pair.name}: 10,000 ÷ 100",
            Load(rendering + pair.many, "anywhere"),
            Load(rendering + pair.few, "anywhere"),
            0.5 if pair.is_list else None,
        )
        for pair in pairs
    ]


def _page_cases(name: str, path: str, plaza: str, rendering: str, page: Load) -> list[Case]:
    """Kept by its address; a new address, so that the database says whether the kept page still holds; rendered."""
    return [
        Case(f"{name}, cached", Load(plaza + path), page, 2),
        Case(f"{name}, compared", Load(plaza + path, "distinct"), page, 0.5),
        Case(f"{name}, rendered", Load(rendering + path), page, 0.5),
    ]


def measure(case: Case, rounds: int, seconds: int) -> Finding:
    """The reference first, then ours, and again."""
    _expect_page(case.ours)
    _expect_page(case.theirs)
    pairs = [(drive(case.theirs, seconds), drive(case.ours, seconds)) for _ in range(rounds)]
    return Finding(case, [ours for _, ours in pairs], [theirs for theirs, _ in pairs])


def check_answers(findings: list[Finding], stored: int, path: str = "") -> None:
    """Every answer that was accepted at this path is stored; perhaps a few more, whose reply came after a run's end."""
    sent = [finding for finding in findings if finding.case.ours.fields and finding.case.ours.url.endswith(path)]
    runs = [run for finding in sent for run in finding.ours]
    accepted = sum(run.requests for run in runs)
    if not accepted <= stored <= accepted + CONNECTIONS * len(runs):
        raise RuntimeError(f"{accepted} answers were accepted, but {stored} are stored.")


def page_size(url: str) -> int:
    """Bytes of the page before compression."""
    with urlopen(Request(url), timeout=20) as reply:
        return len(reply.read())


def _expect_page(load: Load) -> None:
    """An error page would be served quickly too. urlopen raises for a status of 400 and more."""
    for _ in range(8):
        page_size(load.page or load.url)
