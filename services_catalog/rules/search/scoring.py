"""评分: what each line of the catalogue shares with a question.

Two opinions are added. The one reads the question: known words of the town's table, the rest
letter for letter, how much of the question a line answers and how little it says beyond. The
other reads nothing: it counts rare characters, so that what the table misunderstands is not lost.
Their sum is weighed by what is to become of the thing asked for (wishes.py).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services_catalog.rules.search.concepts import Concept
from services_catalog.rules.search.lines import Line, told_in
from services_catalog.rules.search.nearly import Pairs, nearly
from services_catalog.rules.search.questions import Question, literal
from services_catalog.rules.search.weights import rarity
from services_catalog.rules.search.wishes import suiting

# Every figure below was chosen on the tune halves of bench/search/, never on the others.
#: how much answering all of the question counts, and saying nothing beyond it
ANSWERED, TO_THE_POINT = 0.8, 0.5
#: what is left of a line for each telling word that nobody asked for
UNASKED = 0.96
#: who asks for nothing in particular wants the thing itself, for the first time
FIRST = 1.05
FIRST_WORDS = ("设立", "新办", "首次", "初次", "核发", "申领", "新申请", "参保登记", "办理")
#: lines that share less than this part of the best one's are not looked at further
WORTH_JUDGING = 0.25
#: how many characters of a line a single one explains, and a pair
EXPLAINED = {1: 1.0, 3: 0.5}
#: two characters between which only empty words stood: 供多少水 is about 供水
JOINED = 1.0
#: a character of the question, whatever word it belongs to
CHARACTER = 0.55
#: Robertson's saturation and damping of long lines
K1, B = 1.2, 0.5

Scores = defaultdict[int, float]


@dataclass(frozen=True, slots=True)
class Scoring:
    """The lines of the catalogue with all that is asked of them; built once for an edition."""

    lines: tuple[Line, ...]
    places: Mapping[str, tuple[int, ...]]
    concepts: Mapping[str, Concept]
    #: the everyday words by their pairs of neighbours
    pairs: Pairs
    telling: tuple[str, ...]
    #: per line: what a shared character is worth in a line so long
    damping: tuple[float, ...]
    #: which lines are about having the thing for the first time
    first: frozenset[int]

    def worded(self, question: Question, wished: int) -> dict[int, float]:
        """Score lines by what they share with the question, and by what it wishes."""
        scores = self._understood(question)
        self._add_characters(question, scores)
        if not wished:
            return scores
        lines = self.lines
        return {line: worth * suiting(wished, lines[line].met) for line, worth in scores.items()}

    def _understood(self, question: Question) -> Scores:
        scores: Scores = defaultdict(float)
        explained: Scores = defaultdict(float)
        asked = self._told(question, scores, explained)
        for word in question.words:
            concept = self.concepts[word]
            asked += concept.worth
            for line, part, length in concept.lines:
                scores[line] += concept.worth * part
                explained[line] += length
        self._add_nearly(question, scores)
        wanted = self._wanted(question)
        least = WORTH_JUDGING * max(scores.values(), default=0.0)
        judged: Scores = defaultdict(float)
        for line, score in scores.items():
            if score > least:
                fit = self._fitting(line, score / (asked or score), explained[line])
                judged[line] = score * fit * self._leaning(line, wanted)
        return judged

    def _add_nearly(self, question: Question, scores: Scores) -> None:
        """Count words that the question has most of; a line with several of them has said one."""
        best: dict[int, float] = {}
        for word, trust in nearly(question, self.pairs).items():
            concept = self.concepts[word]
            for line, part, _ in concept.lines:
                best[line] = max(best.get(line, 0.0), concept.worth * part * trust)
        for line, worth in best.items():
            scores[line] += worth

    def _told(self, question: Question, scores: Scores, explained: Scores) -> float:
        """Count characters and sounds outside known words; return what all could give."""
        asked = 0.0
        for token, weight in literal(question, self.places).items():
            places = self.places.get(token, ())
            if not places:
                continue
            worth = weight * rarity(len(places), len(self.lines))
            asked += worth
            length = EXPLAINED.get(len(token), 0.0)
            for line in places:
                scores[line] += worth
                explained[line] += length
        return asked

    def _wanted(self, question: Question) -> int:
        """Return the telling words that were asked for, in whatever words."""
        wanted = told_in(question.content, self.telling)
        for word in question.words:
            wanted |= self.concepts[word].telling
        return wanted

    def _fitting(self, line: int, answered: float, explained: float) -> float:
        point = min(1.0, explained / max(len(self.lines[line].reading.units), 1))
        whole = 1 - ANSWERED + ANSWERED * min(1.0, answered)
        return whole * (1 - TO_THE_POINT + TO_THE_POINT * point)

    def _leaning(self, line: int, wanted: int) -> float:
        """Lean to the general: away from what nobody asked for, and to the first issue."""
        if not wanted and line in self.first:
            return FIRST
        unasked: int = (self.lines[line].telling & ~wanted).bit_count()
        return float(UNASKED**unasked)

    def _add_characters(self, question: Question, scores: Scores) -> None:
        """Count every character that is not of an empty word, and those these words parted."""
        for unit in {unit: None for stretch in question.stretches for unit in stretch.units}:
            places = self.places.get(unit, ())
            worth = CHARACTER * (K1 + 1) * rarity(len(places), len(self.lines))
            for line in places:
                scores[line] += worth * self.damping[line]
        for left, right in pairwise(question.stretches):
            places = self.places.get(f"{left.units[-1]}+{right.units[0]}", ())
            worth = JOINED * rarity(len(places), len(self.lines))
            for line in places:
                scores[line] += worth


def damping_of(lines: Sequence[Line]) -> tuple[float, ...]:
    """Return how much a shared character counts in each line: less in a long one."""
    lengths = [len(line.reading.units) for line in lines]
    mean = max(sum(lengths), 1) / max(len(lengths), 1)
    return tuple(1 / (1 + K1 * (1 - B + B * length / mean)) for length in lengths)


def first_issues(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that are about having the thing itself, for the first time."""
    return frozenset(
        number
        for number, line in enumerate(lines)
        if not line.telling and any(word in line.key for word in FIRST_WORDS)
    )
