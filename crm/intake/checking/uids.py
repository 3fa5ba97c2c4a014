"""The UIDs of venues: text, whatever a spreadsheet took them for.

Spreadsheets keep fifteen digits of a number and write zeros behind them, programs seventeen. But of whole UIDs some end so,
too: of those of 18 digits one in a thousand. What tells is the column: of n different UIDs of one length, k end in z zeros; where
k or more of n would do so in less than one of a hundred columns (binomial, each by 10^-z), they were damaged, and those
that end so are refused. So 4 of 2,000 are whole, 2 of 2 are not, and a column of which half was damaged loses that half. A cell in
scientific notation, or cells that are numbers by their type, leave nothing to chance.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import exp, lgamma, log, log1p

from crm.ground.messages import Message
from crm.intake.checking import widths
from crm.intake.checking.parsed import Parsed, says_nothing, unless_nothing
from crm.intake.guesses import SAID, Guess, Topic
from crm.intake.mapping import Mapping
from crm.intake.staging import Staging

DAMAGED = r"^\d([.,]\d+)?[eE]\+?\d+$"
ROUNDED = r"^\d{15}0{3,}$"  # of a single UID, with no column to ask
DECIMAL = r"^\d+[.,]0+$"
GROUPED = r"^\d{1,3}([, .'\x{00a0}\x{202f}]\d{3}){2,}$"
# Every digit of fifteen is still there, behind which a program wrote “.0”, or a spreadsheet its separators of thousands.
UNHURT = r"^\d{1,15}[.,]0$|^[1-9]\d{0,2}((,\d{3}){2,4}|(\.\d{3}){2,4}|( \d{3}){2,4})$"
SPREADSHEET_ERROR = r"^#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)$"
BY_SPREADSHEETS, BY_PROGRAMS = 15, 17  # digits that are kept
LIKELY, LIKELY_BY_PROGRAMS, SURE = 0.01001, 0.001001, 0.1
WHOLE, CUT = "whole", "rounded"
_DAMAGED, _LONG = Message("was damaged by a spreadsheet; export it again with the UID as text"), "length({f}) > 120"
MOST_ADDED = 200  # terms of a binomial sum, which are close to nothing long before


@dataclass(frozen=True)
class Verdict:
    """Whether the UIDs of a column that end in zeros are whole, and by what that was told. `lengths`: digits -> kept ones."""

    lengths: dict[int, int]
    ending: int
    different: int
    because: Message
    sure: bool = True

    @property
    def patterns(self) -> list[str]:
        return [rf"^\d{{{kept}}}0{{{length - kept}}}$" for length, kept in self.lengths.items()]


def parsed(v: str, rounded: list[str] | None = None, *, are_digits: bool = False) -> Parsed:
    """`v` is SQL for the text of a cell; an apostrophe before a UID kept it a text in a spreadsheet.

    `are_digits`: all texts of the column are nothing else, and so most of what can befall a UID did not.
    """
    cut = [ROUNDED] if rounded is None else rounded
    if are_digits:
        ends = " OR ".join(_matches("{f}", pattern) for pattern in cut)
        return Parsed(
            v, _DAMAGED, f"CASE WHEN ends_with({{f}}, '0') THEN {ends} ELSE FALSE END OR {_LONG}" if ends else _LONG
        )
    patterns = [DAMAGED, DECIMAL, GROUPED, SPREADSHEET_ERROR, *cut]
    damaged = " OR ".join(_matches("{f}", pattern.replace("'", "''")) for pattern in patterns)
    # In a tenth of the time; a separator of thousands stands at the fourth place from the end.
    likely = "ends_with({f}, '0') OR contains({f}, 'e') OR contains({f}, 'E') OR {f}[-4] NOT BETWEEN '0' AND '9' OR {f}[1] = '#'"
    bare = f"ltrim({v}, '''\u2019')"
    return Parsed(
        unless_nothing(v, f"nullif({_as_number(bare)}, '')"),
        _DAMAGED,
        f"CASE WHEN {likely} THEN {damaged} ELSE FALSE END OR {_LONG}",
        nothing=says_nothing("{v}"),
    )


def _as_number(v: str) -> str:
    """Without what was written into a UID that is whole; most need no pattern."""
    digits = f"regexp_replace(regexp_replace({v}, '[.,]0$', ''), '\\D', '', 'g')"
    likely = f"{v}[-4] NOT BETWEEN '0' AND '9' OR {v}[-2] NOT BETWEEN '0' AND '9'"
    return f"CASE WHEN {likely} THEN CASE WHEN {_matches(v, UNHURT)} THEN {digits} ELSE {v} END ELSE {v} END"


def are_digits(staging: Staging, index: int) -> bool:
    """All cells of a column are digits and nothing else, as those of most venues."""
    return bool(
        staging.cached(f"SELECT bool_and(regexp_full_match(c{index}, '\\d+')) FROM raw WHERE c{index} <> ''")[0][0]
    )


def rounded_in(staging: Staging, index: int, mapping: Mapping) -> list[str]:
    """Patterns of the UIDs of a column that were rounded."""
    verdict = verdict_on(staging, index, mapping)
    return verdict.patterns if verdict else []


def guesses(staging: Staging, index: int, mapping: Mapping) -> Iterator[Guess]:
    """Of a column in which long UIDs end in zeros, or which was written as numbers."""
    written = f"SELECT bool_or({_matches(f'trim(c{index})', UNHURT)}) FROM raw"
    if not are_digits(staging, index) and staging.cached(written)[0][0]:
        because = Message("they were written as numbers, and every digit is still there")
        yield Guess(Topic.MEANING, staging.header[index], "uid", because, sure=True)
    verdict = verdict_on(staging, index, mapping)
    if verdict:
        read, other = (CUT, WHOLE) if verdict.lengths else (WHOLE, CUT)
        yield Guess(Topic.ROUNDED, staging.header[index], read, verdict.because, sure=verdict.sure, others=(other,))


def verdict_on(staging: Staging, index: int, mapping: Mapping) -> Verdict | None:
    """None where no long UID ends in zeros."""
    counted = _counts(staging, index)
    ending = sum(by_spreadsheets for *_, by_spreadsheets, _ in counted)
    different = sum(n for _, n, *_ in counted)
    rounded = {length: BY_SPREADSHEETS for length, _, k, _ in counted if k}
    said = mapping.answer(Topic.ROUNDED, staging.header[index])
    if said and ending:
        return Verdict(rounded if said == CUT else {}, ending, different, SAID)
    if ending and staging.figures.get(index) and not staging.table.is_exact:
        return Verdict(rounded, ending, different, Message("the cells are numbers by their type"))
    if ending and _has_notation(staging, index):
        return Verdict(rounded, ending, different, Message("other cells are in scientific notation"))
    return _by_chance(counted, ending, different)


def _by_chance(counted: list[tuple[int, int, int, int]], ending: int, different: int) -> Verdict | None:
    found, least = {}, 1.0
    for length, n, by_spreadsheets, by_programs in counted:
        chance = at_least(by_spreadsheets, n, length - BY_SPREADSHEETS)
        least = min(least, chance)
        if chance <= LIKELY:
            found[length] = BY_SPREADSHEETS
        if (
            length > BY_PROGRAMS
            and by_programs * 2 > n
            and at_least(by_programs, n, length - BY_PROGRAMS) <= LIKELY_BY_PROGRAMS
        ):
            found[length] = BY_PROGRAMS
    if found:
        ending = max(ending, sum(k for length, *_, k in counted if found.get(length) == BY_PROGRAMS))
        text = "{ending} of {different} different ones end in zeros, which is no chance"
        return Verdict(found, ending, different, Message(text, ending=ending, different=different))
    if not ending:
        return None
    text = "{ending} of {different} different ones end in zeros, which may be chance"
    return Verdict({}, ending, different, Message(text, ending=ending, different=different), sure=least >= SURE)


def at_least(k: int, n: int, zeros: int) -> float:
    """How likely it is that k or more of n whole UIDs end in so many zeros."""
    if k <= 0:
        return 1.0
    p = 10.0**-zeros
    odds, rest = log(p), log1p(-p)
    terms = (lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * odds + (n - i) * rest for i in range(k, n + 1))
    return min(1.0, sum(map(exp, islice(terms, MOST_ADDED))))


def _counts(staging: Staging, index: int) -> list[tuple[int, int, int, int]]:
    """Of each length beyond fifteen digits: how many different ones, and how many end in zeros as each rounds them."""
    bare = f"c{index}"
    if not are_digits(staging, index):
        bare = f"ltrim(trim({widths.plain(staging, index, bare)}), '''\u2019')"
    ends = "ends_with(v, repeat('0', CAST(greatest(length(v) - {0}, 0) AS INTEGER)))"
    by_programs = f"length(v) > {BY_PROGRAMS} AND {ends.format(BY_PROGRAMS)}"
    found = staging.cached(
        f"""SELECT length(v), count(*), count(*) FILTER (WHERE {ends.format(BY_SPREADSHEETS)}), count(*) FILTER (WHERE {by_programs})
            FROM (SELECT DISTINCT {bare} AS v FROM raw WHERE length(c{index}) > {BY_SPREADSHEETS})
            WHERE length(v) BETWEEN {BY_SPREADSHEETS + 1} AND 40 AND regexp_full_match(v, '\\d+') GROUP BY 1 ORDER BY 1"""
    )
    return [(length, n, by_spreadsheets, by_programs) for length, n, by_spreadsheets, by_programs in found]


def _has_notation(staging: Staging, index: int) -> bool:
    if are_digits(staging, index):
        return False
    looks = f"contains(c{index}, 'E') OR contains(c{index}, 'e')"
    damaged = f"CASE WHEN {looks} THEN {_matches(f'trim(c{index})', DAMAGED)} ELSE FALSE END"
    return bool(staging.cached(f"SELECT bool_or({damaged}) FROM raw")[0][0])


def _matches(v: str, pattern: str) -> str:
    return f"regexp_matches({v}, '{pattern}')"
