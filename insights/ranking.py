"""From ranked ballots to an order: Borda counts and the Schulze method.

Sources: J.-C. de Borda (1781), with unranked options sharing the average of the remaining ranks; M. Schulze,
"A new monotonic, clone-independent, reversal symmetric, and condorcet-consistent single-winner election method",
Social Choice and Welfare 36 (2011).
"""

from collections.abc import Mapping, Sequence

Pairs = Mapping[tuple[str, str], int]


def borda(
    options: Sequence[str], places: Mapping[tuple[str, int, int], int], lengths: Mapping[int, int]
) -> dict[str, float]:
    """Borda points of each option: the first of k gets k − 1, the last 0.

    `places[option, place, length]` counts the ballots that rank the option at `place` (1 is best) among `length`
    ranked ones; `lengths[length]` counts all ballots that rank so many. On a ballot that ranks L of k options, each
    unranked one gets the average of the remaining points, (k − L − 1) / 2.
    """
    count = len(options)
    points = dict.fromkeys(options, 0.0)
    ranked: dict[tuple[str, int], int] = {}
    for (option, place, length), n in places.items():
        points[option] += n * (count - place)
        ranked[option, length] = ranked.get((option, length), 0) + n
    for option in options:
        for length, ballots in lengths.items():
            points[option] += (ballots - ranked.get((option, length), 0)) * (count - length - 1) / 2
    return points


def schulze(options: Sequence[str], preferred: Pairs) -> list[list[str]]:
    """The Schulze order, best first; options that tie share a group.

    `preferred[a, b]` counts the ballots that rank a above b. Strength of a pair is its winning votes; the strongest
    path between two options decides between them (Floyd and Warshall, O(k³)).
    """
    strength = {
        (a, b): preferred.get((a, b), 0) if preferred.get((a, b), 0) > preferred.get((b, a), 0) else 0
        for a in options
        for b in options
        if a != b
    }
    for via in options:
        for start in options:
            for end in options:
                if len({via, start, end}) == 3:
                    around = min(strength[start, via], strength[via, end])
                    strength[start, end] = max(strength[start, end], around)
    wins = {a: sum(strength[a, b] > strength[b, a] for b in options if b != a) for a in options}
    return [[a for a in options if wins[a] == number] for number in sorted(set(wins.values()), reverse=True)]
