"""A search as a question to the index: strictly, every clause; or loosely, half of them and names with a slip in them."""

import re
from collections.abc import Collection, Sequence
from functools import cache
from uuid import UUID

import tantivy

from crm.search import folding, index
from crm.search.parsing import Clause, Phrase

NAME, SOUND, BEGINNING, TEXT, TEXT_BEGINNING, OTHER_WORDS = 3.0, 2.0, 1.5, 1.0, 0.3, 0.7
SINGLE, PAIR = 2.0, 1.0  # single signs weigh twice: recall@5 of 0.412 on the questions of ATEC, 0.40 if as pairs
SLIP, SLIPS = 4, 8  # letters of a name from which on one slip or two are forgiven
LEAST_BEGINNING = 2
Must, Should = tantivy.Occur.Must, tantivy.Occur.Should
Query = tantivy.Query


class Question:
    """Questions to one index."""

    def __init__(self, schema: tantivy.Schema, clauses: Sequence[Clause]) -> None:
        self._schema, self._clauses = schema, clauses

    def strict(self) -> Query:
        """Whatever holds every clause."""
        last = len(self._clauses) - 1
        return _all([self._clause(one, is_last=place == last) for place, one in enumerate(self._clauses)])

    def loose(self) -> Query:
        """Whatever holds half of them, with signs that are missing and slips in names."""
        parts = [(Should, self._clause(one, is_last=False, loosely=True)) for one in self._clauses]
        return Query.boolean_query(parts, minimum_number_should_match=(len(parts) + 1) // 2)

    def narrowed(
        self,
        asked: Query,
        kinds: Collection[str] | None,
        client_ids: Sequence[UUID] | None,
        person_ids: Sequence[UUID],
    ) -> Query:
        """Only these kinds, and only what is about these clients (None: all) or belongs to these people."""
        parts = [(Must, asked)]
        if kinds is not None:
            parts.append((Must, _uncounted(Query.term_set_query(self._schema, "kind", list(kinds)))))
        if client_ids is not None:
            seen = [(Should, self._one_of("client", client_ids)), (Should, self._one_of("person", person_ids))]
            parts.append((Must, _uncounted(Query.boolean_query(seen))))
        return Query.boolean_query(parts)

    def _one_of(self, field: str, ids: Sequence[UUID]) -> Query:
        return Query.term_set_query(self._schema, field, [str(one) for one in ids])

    def _clause(self, clause: Clause, *, is_last: bool, loosely: bool = False) -> Query:
        typed, *others = clause.phrases
        readings = [self._phrase(typed, is_last=is_last, loosely=loosely)]
        readings += [Query.boost_query(self._phrase(one, is_last=False, loosely=False), OTHER_WORDS) for one in others]
        if clause.code:
            readings.append(self._code(clause.code))
        return Query.disjunction_max_query(readings, 0.1)

    def _code(self, code: str) -> Query:
        grams = {code[place : place + index.GRAM] for place in range(len(code) - index.GRAM + 1)}
        if not grams:
            return Query.empty_query()
        return Query.boost_query(_all([self._term("codes", gram) for gram in sorted(grams)]), NAME)

    def _phrase(self, phrase: Phrase, *, is_last: bool, loosely: bool) -> Query:
        parts = [self._part(part, is_last=is_last, loosely=loosely) for part in phrase]
        if len(parts) == 1:
            return parts[0]
        words = [_stemmed(part) for part in phrase if not folding.RUNS.fullmatch(part)]
        together = _all(parts)
        if len(words) < len(phrase) or not all(words):
            return together
        return Query.boolean_query([(Must, together), (Should, Query.phrase_query(self._schema, "text", [*words]))])

    def _part(self, part: str, *, is_last: bool, loosely: bool) -> Query:
        if folding.RUNS.fullmatch(part):
            return self._run(part, loosely=loosely)
        return self._word(part, is_last=is_last, loosely=loosely)

    def _run(self, run: str, *, loosely: bool) -> Query:
        readings = [
            Query.boost_query(self._signs(field, run, loosely=loosely), boost)
            for field, boost in (("name_signs", NAME), ("text_signs", TEXT))
        ]
        return Query.disjunction_max_query(readings, 0.3)

    def _signs(self, field: str, run: str, *, loosely: bool) -> Query:
        occur = Should if loosely else Must
        singles = [(occur, Query.boost_query(self._term(field, sign), SINGLE)) for sign in dict.fromkeys(run)]
        pairs = dict.fromkeys(run[place : place + 2] for place in range(len(run) - 1))
        return Query.boolean_query(
            [*singles, *((Should, Query.boost_query(self._term(field, pair), PAIR)) for pair in pairs)]
        )

    def _word(self, word: str, *, is_last: bool, loosely: bool) -> Query:
        readings = [
            Query.boost_query(self._term("name", word), NAME),
            Query.boost_query(self._term("sound", word), SOUND),
        ]
        stem = _stemmed(word)
        if stem:
            readings.append(Query.boost_query(self._term("text", stem), TEXT))
        if len(word) >= LEAST_BEGINNING:
            begins = re.escape(word) + ".*"
            readings += [self._like("name", begins, BEGINNING), self._like("sound", begins, TEXT)]
            if is_last and len(word) >= SLIP:
                readings.append(self._like("text", begins, TEXT_BEGINNING))
        if loosely and len(word) >= SLIP and not word.isdigit():
            distance = 2 if len(word) >= SLIPS else 1
            near = Query.fuzzy_term_query(self._schema, "name", word, distance=distance)
            readings.append(Query.boost_query(near, BEGINNING))
        return Query.disjunction_max_query(readings, 0.1)

    def _term(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value)

    def _like(self, field: str, pattern: str, boost: float) -> Query:
        return Query.boost_query(Query.regex_query(self._schema, field, pattern), boost)


def _all(parts: Sequence[Query]) -> Query:
    return Query.boolean_query([(Must, part) for part in parts])


def _uncounted(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _stemmed(word: str) -> str:
    """A word as the texts have it; empty where they leave it out."""
    found = _analyzers()["stemmed"].analyze(word)
    return str(found[0]) if len(found) == 1 else ""


@cache
def _analyzers() -> dict[str, tantivy.TextAnalyzer]:
    return index.analyzers()
