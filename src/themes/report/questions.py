"""The research questions: what speaks for, against and beside each claim, and what is missing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from themes.records.codebook import Claim, Code, Codebook, Question
from themes.records.theme import Theme
from themes.report.counts import Counts
from themes.report.excerpts import Excerpt, Said, by_code, choose
from themes.report.who_says import WhoSays, who_says
from themes.report.words import named

STANCES = ("for", "against", "context")
MOST_PER_STANCE = 3


@dataclass(frozen=True, slots=True)
class WeighedClaim:
    """A claim with the excerpts that bear on it."""

    text: str
    speaks_for: tuple[Excerpt, ...]
    speaks_against: tuple[Excerpt, ...]
    context: tuple[Excerpt, ...]
    people_for: str
    """ "suggested in texts from 43 people, unchecked"; empty where nothing is counted."""
    people_against: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One research question, answered as far as the texts go."""

    question_id: str
    text: str
    short: str
    people: str
    claims: tuple[WeighedClaim, ...]
    excerpts: tuple[Excerpt, ...]
    """What bears on a question that has no claims."""
    themes: tuple[tuple[str, str, str], ...]
    """(theme_id, name, how many people) of the codes that bear on it and that somebody speaks of."""
    who: WhoSays
    gaps: tuple[str, ...]


def weigh(claim: Claim, said: Iterable[Said]) -> Mapping[str, list[Said]]:
    """What was said, by its bearing on the claim: "for", "against", "context".

    An excerpt that speaks both for and against, by two of its codes, is context: it cuts both ways.
    """
    bearings: dict[str, set[str]] = defaultdict(set)
    first: dict[str, Said] = {}
    for one in said:
        bearing = claim.table.get((one.code_id, one.polarity))
        if bearing is not None:
            bearings[one.segment.segment_id].add(bearing)
            first.setdefault(one.segment.segment_id, one)
    weighed: dict[str, list[Said]] = {stance: [] for stance in STANCES}
    for segment_id, found in bearings.items():
        sides = found - {"context"}
        weighed[sides.pop() if len(sides) == 1 else "context"].append(first[segment_id])
    return weighed


def question_pages(
    codebook: Codebook,
    said: Sequence[Said],
    counts: Counts,
    show: Callable[[Said], Excerpt],
    *,
    themes: Sequence[Theme] = (),
) -> list[QuestionPage]:
    """A page for each question of the codebook, in its order.

    Args:
        codebook: Its questions, and which codes bear on which.
        said: What people said, no organisations.
        counts: Of the release.
        show: Makes what was said into what a reader sees.
        themes: The guided themes, of which each is a code that a page can lead to.
    """
    spoken_of = by_code(said)
    theme_of = {code_id: theme for theme in themes for code_id in theme.code_ids}
    return [_page(question, codebook, spoken_of, counts, show, theme_of) for question in codebook.questions]


def _page(
    question: Question,
    codebook: Codebook,
    spoken_of: Mapping[str, list[Said]],
    counts: Counts,
    show: Callable[[Said], Excerpt],
    theme_of: Mapping[str, Theme],
) -> QuestionPage:
    codes = [code for code in codebook.codes if question.question_id in code.questions]
    shown: set[str] = set()

    def excerpts(candidates: Iterable[Said]) -> tuple[Excerpt, ...]:
        chosen = choose(candidates, MOST_PER_STANCE, shown=shown)
        shown.update(one.segment.segment_id for one in chosen)
        return tuple(show(one) for one in chosen)

    claims, gaps = [], []
    for claim in question.claims:
        bearing_codes = dict.fromkeys(code_id for code_id, _ in claim.table)
        weighed = weigh(claim, (one for code_id in bearing_codes for one in spoken_of.get(code_id, ())))
        claims.append(
            WeighedClaim(
                claim.text,
                excerpts(weighed["for"]),
                excerpts(weighed["against"]),
                excerpts(weighed["context"]),
                *(
                    counts.suggested(claim.claim_id, group=f"stance={side}", found=bool(weighed[side]))
                    for side in ("for", "against")
                ),
            )
        )
        gaps += _one_sided(claim, weighed)
    silent = [code.name for code in codes if not spoken_of.get(code.code_id)]
    if silent:
        gaps.append(f"Nobody in these texts was found to speak about: {named(silent)}.")
    who = who_says(counts, question.question_id)
    if who and who.hidden:
        gaps.append(f"No number can be given for {named(who.hidden)}: too few people, or too few of the others.")
    loose = () if question.claims else excerpts(one for code in codes for one in spoken_of.get(code.code_id, ()))
    return QuestionPage(
        question.question_id,
        question.text,
        question.short,
        counts.suggested(question.question_id),
        tuple(claims),
        loose,
        tuple(_bearing(codes, spoken_of, counts, theme_of)),
        who,
        tuple(gaps),
    )


def _bearing(
    codes: Iterable[Code], spoken_of: Mapping[str, Sequence[Said]], counts: Counts, theme_of: Mapping[str, Theme]
) -> Iterator[tuple[str, str, str]]:
    """The themes of a question, the most spoken of first, each with its number or its share."""
    themes = {
        theme_of[code.code_id].theme_id: theme_of[code.code_id].name
        for code in codes
        if spoken_of.get(code.code_id) and code.code_id in theme_of
    }
    for theme_id in counts.largest_first(themes):
        yield theme_id, themes[theme_id], counts.suggested(theme_id)


def _one_sided(claim: Claim, weighed: Mapping[str, Sequence[Said]]) -> list[str]:
    possible = set(claim.table.values())
    if not weighed["for"] and not weighed["against"]:
        return [f"Nothing was found for or against “{claim.text}”"]
    if not weighed["against"] and "against" in possible:
        return [f"Nothing was found against “{claim.text}” That does not mean that nobody would say it."]
    if not weighed["for"] and "for" in possible:
        return [f"Nothing was found for “{claim.text}” That does not mean that nobody would say it."]
    return []
