"""What is compared with what, and how: in turns, A B A B, so that a busy moment hits both sides."""

from dataclasses import dataclass
from statistics import median
from urllib.request import Request, urlopen

from bench import reference, sample
from bench.load import CONNECTIONS, Load, Run, drive


@dataclass(frozen=True)
class Case:
    """One line of the table: `ours` beside `theirs`, and the least ratio that the budget asks for."""

    name: str
    ours: Load
    theirs: Load
    budget: float


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
        return self.ratio >= self.case.budget

    @property
    def errors(self) -> int:
        return sum(run.errors for run in (*self.ours, *self.theirs))


def cases(plaza: str, bare: str, fields: str) -> list[Case]:
    """`plaza` and `bare` are the addresses of the two servers, `fields` the form fields of an answer."""
    city = f"{plaza}/{sample.CITY}/"
    poll = f"{city}polls/{sample.ANSWERED}"
    few, many = (f"{city}polls/{slug}/results" for slug in (sample.FEW, sample.MANY))
    page = Load(f"{bare}/pages/{reference.SLUG}")
    lines = []
    for name, url in (("poll page", poll), ("result page", few), ("city page", city)):
        lines.append(Case(f"{name}, cached", Load(url), page, 2))
        lines.append(Case(f"{name}, not cached", Load(url, "distinct"), page, 0.5))
    answer = Load(f"{bare}/pages/{reference.SLUG}", "answer", fields)
    lines.append(Case("answer accepted", Load(poll, "answer", fields), answer, 0.5))
    lines.append(Case("result of 100,000 ÷ of 100", Load(many, "distinct"), Load(few, "distinct"), 0.5))
    return lines


def measure(case: Case, rounds: int, seconds: int) -> Finding:
    """The reference first, then ours, and again."""
    _expect_page(case.ours)
    _expect_page(case.theirs)
    pairs = [(drive(case.theirs, seconds), drive(case.ours, seconds)) for _ in range(rounds)]
    return Finding(case, [ours for _, ours in pairs], [theirs for theirs, _ in pairs])


def check_answers(finding: Finding, stored: int) -> None:
    """Every answer that was accepted is stored. A few more may be: those whose reply came after the end."""
    accepted = sum(run.requests for run in finding.ours)
    if not accepted <= stored <= accepted + CONNECTIONS * len(finding.ours):
        raise RuntimeError(f"{accepted} answers were accepted, but {stored} are stored.")


def page_size(url: str) -> int:
    """Bytes of the page before compression."""
    with urlopen(Request(url), timeout=20) as reply:
        return len(reply.read())


def _expect_page(load: Load) -> None:
    """An error page would be served quickly too. urlopen raises for a status of 400 and more."""
    for _ in range(8):
        page_size(load.url)
