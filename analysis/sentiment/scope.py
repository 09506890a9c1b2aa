"""Chinese negation, degree, wish and question: what stands before a term, and how far it reaches."""

from __future__ import annotations

from .clause import WISHED, Sentences

_REACH = 8  # characters between a negation or degree word and the term it changes
_FLIP_GOOD, _FLIP_BAD = -0.8, -0.45  # "not good" is bad; "not bad" is only a little good
_SOFT_GOOD, _SOFT_BAD = -0.6, -0.3  # "not very good", "not too bad"
_TWICE = 0.7  # "not without …"
_SUPPOSED = 0.3  # "if it were …"
_VERY_GOOD = 1.3  # 好 before another term is "very"
_ADJECTIVES = frozenset(
    "差慢贵脏吵乱烂臭坑难烦冷凶棒赞帅美香快爽热舒干方便满开贴温细亲专耐认周"
)  # after 好 as "very"
_JOINED = frozenset("、和与及或也又且并")  # a negation reaches over these to the next term


class Scope:
    """Reads a comment's tokens in order and hands the weighted terms on."""

    def __init__(self, text: str, sentences: Sentences) -> None:
        self._text = text
        self._sentences = sentences
        self._wished = self._supposed = self._asked = False
        self._last: tuple[int, float] | None = None  # end and factor of the clause's last term
        self._begun = 0  # where the running sentence begins
        self._forget()

    def _forget(self) -> None:
        self._negations = 0
        self._soft = False
        self._degree = 1.0
        self._since = 0  # where the last of these words ended

    def read(self, start: int, end: int, kind: str, weight: float) -> None:
        if kind == "term":
            self._term(start, end, weight)
        elif kind == "comma":
            self._end_clause()
        elif kind in {"stop", "asked"}:
            self._asked |= kind == "asked"
            self.end_sentence()
            self._begun = end
        else:
            self._modify(start, end, kind, weight)

    def _modify(self, start: int, end: int, kind: str, weight: float) -> None:
        sentences = self._sentences
        if kind == "degree":
            self._near(start)
            self._soft |= self._negations == 1  # "not very …"
            self._degree, self._since = self._degree * weight, end
        elif kind in {"negation", "soft_negation"}:
            self._near(start)
            self._negations, self._since = self._negations + 1, end
            self._soft |= kind == "soft_negation"
        elif kind in {"after", "after_negation"}:
            self._afterwards(start, weight if kind == "after" else _FLIP_GOOD)
        elif kind == "contrast":
            sentences.spoken |= start - self._begun > 1
            sentences.contrast()
            self._wished = self._supposed = False
        elif kind == "concession":
            sentences.concede()
        elif kind == "summary":
            sentences.sum_up()
        elif kind != "filler":
            self._wished |= kind == "request"
            self._supposed |= kind == "hypothesis"
            self._asked |= kind == "question"
            sentences.add(start, end, weight)

    def _near(self, start: int) -> None:
        if start - self._since > _REACH:
            self._forget()

    def _term(self, start: int, end: int, weight: float) -> None:
        self._near(start)
        if self._is_very(start, end):
            self._degree, self._since = self._degree * _VERY_GOOD, end
            return
        factor = self._factor(weight, start)
        if self._wished and weight > 0 and factor > 0:
            factor *= WISHED
        if self._supposed:
            factor *= _SUPPOSED
        if weight:
            self._sentences.add(start, end, weight * factor)
            self._last = (end, factor)
            self._forget()

    def _is_very(self, start: int, end: int) -> bool:
        return self._text[start:end] == "好" and self._text[end : end + 1] in _ADJECTIVES

    def _factor(self, weight: float, start: int) -> float:
        """What the words before the term make of it."""
        good = weight > 0
        if self._negations == 0:
            return self._degree if not self._joins(start) else self._last[1] if self._last else 1.0
        if self._negations % 2 == 0:
            return _TWICE
        if self._soft:
            return _SOFT_GOOD if good else _SOFT_BAD
        return (_FLIP_GOOD if good else _FLIP_BAD) * self._degree

    def _joins(self, start: int) -> bool:
        """Whether only "and" parts the term from a negated one: "没有热情、耐心"."""
        if self._last is None or self._last[1] >= 0 or self._degree != 1.0:
            return False
        between = self._text[self._last[0] : start]
        return bool(between) and all(letter in _JOINED for letter in between)

    def _afterwards(self, start: int, factor: float) -> None:
        """ "好极了", "差得要命": a degree that follows its term."""
        if self._last is not None and start - self._last[0] <= 1:
            hits = self._sentences.hits
            begin, end, weight = hits[-1]
            hits[-1] = (begin, end, weight * factor)

    def _end_clause(self) -> None:
        self._forget()
        self._last = None
        self._sentences.end_clause()

    def end_sentence(self) -> None:
        self._end_clause()
        self._sentences.end_sentence(asked=self._asked)
        self._wished = self._supposed = self._asked = False
