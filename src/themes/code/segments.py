"""Code segments by a codebook: from the codebook alone, or also from segments that people have coded."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from themes.code.catalog import Scores
from themes.code.cues import STRONG, find_cues, plainly_denied, score_cues
from themes.code.frozen import fitted
from themes.code.labels import with_examples
from themes.code.layer import log_odds_of, logistic
from themes.code.noting import note
from themes.code.phrase_vectors import phrase_vectors
from themes.code.phrases import phrases_of
from themes.code.spread import spread
from themes.code.stack import VERSION, Judgement, judge_by_codebook
from themes.code.tone import tone
from themes.code.wording import own_words, says_nothing
from themes.embedding import Vectors, embed, per_encoder
from themes.records.codebook import Code, Codebook
from themes.records.coding import MACHINE_ID, Coder, CoderKind, Coding, LabelledSegment
from themes.records.segment import Segment
from themes.records.span import Span

MACHINE = Coder(MACHINE_ID, CoderKind.MACHINE, VERSION)
UNCLEAR_WITHIN = 0.15
"""A coding so near the cut-off, on either side, is unclear."""
MOST_UNCLEAR = 3
"""Of the codes that do not apply to a segment, at most so many are kept, and only if they are unclear."""
_AT_ONCE = 5_000
"""So many segments are judged at once, that memory grows with their number slowly."""
_CONTEXT_WEIGHS = 0.2
"""Of log-odds; chosen on the sample corpus."""
_DENIED = 0.2
"""By this factor the learned probability of a code that is plainly denied is lowered."""
_GOOD_ACCOUNT = 0.4
"""By this factor a good account lowers the score of a negative-only code that has no cue: it is not what is meant."""


def code(
    segments: Sequence[Segment],
    codebook: Codebook,
    *,
    labelled: Sequence[LabelledSegment] | None = None,
    seed: int,
    frozen: Path | None = None,
) -> list[Coding]:
    """The machine's codings, segment by segment in the order given, the likeliest code first.

    Kept are all codes that apply, and at most three a segment that do not but are unclear; what is not kept was
    judged not to apply. Segments that repeat somebody else's words or say nothing ("n/a") get none. A segment's
    codings depend on the segment, its document's other segments (for the speaker), codebook and labels alone.

    Args:
        segments: Whole documents, so that the speaker is suggested from all that a writer says.
        codebook: The codes.
        labelled: Segments that people have coded. From 30 on, codes that any of them takes get calibrated
            probabilities; the others keep ranked scores (`calibrated=False`), to be worded "suggested". Fewer count as
            examples of their codes.
        seed: For the folds of the labelled segments.
        frozen: A folder of coders frozen earlier; one that has to be fitted now is frozen there.
    """
    judgement = judge(segments, codebook, labelled=labelled, seed=seed, frozen=frozen)
    kept = [(row, column) for row in range(len(segments)) for column in _kept(judgement, row)]
    taking = [segments[row] for row, _ in kept]
    taken = [codebook.codes[column] for _, column in kept]
    codings: list[Coding] = []
    for (row, column), noted in zip(kept, note(taking, taken, codebook, documents=segments), strict=True):
        one = codebook.codes[column]
        probability, cut_off = float(judgement.probabilities[row, column]), float(judgement.cut_offs[column])
        codings.append(
            Coding(
                segment_id=segments[row].segment_id,
                code_id=one.code_id,
                coder_id=MACHINE.coder_id,
                applies=probability >= cut_off,
                probability=round(probability, 4),
                calibrated=bool(judgement.calibrated[column]),
                unclear=abs(probability - cut_off) < UNCLEAR_WITHIN,
                polarity=noted.polarity,
                modality=noted.modality,
                speaker=noted.speaker,
                service=noted.service,
                codebook_version=codebook.version,
                reason=reason(segments[row], one, codebook),
            )
        )
    return codings


def judge(
    segments: Sequence[Segment],
    codebook: Codebook,
    *,
    labelled: Sequence[LabelledSegment] | None = None,
    seed: int,
    frozen: Path | None = None,
    together: bool = False,
    with_context: bool = False,
) -> Judgement:
    """Every code of every segment, shape (n_segments, n_codes): what `code` chooses from.

    Args:
        segments: Any number; they are judged some thousands at a time.
        codebook: The codes.
        labelled: Segments that people have coded.
        seed: For the folds.
        frozen: A folder of coders frozen earlier.
        together: The segments also learn from one another (`spread`), so that none is judged by itself.
        with_context: A segment that has words before or after it is judged by itself and, once more, among them. The
            second judgement counts a fifth. One without is judged as ever.
    """
    stack = fitted(labelled, codebook, seed=seed, folder=frozen) if labelled else None
    if labelled and stack is None:
        codebook = with_examples(codebook, labelled)
    heeded = _heeded(labelled or ()) if stack else set()
    parts = [segments[at : at + _AT_ONCE] for at in range(0, max(1, len(segments)), _AT_ONCE)]

    def judge_part(part: Sequence[Segment]) -> Judgement:
        return stack.judge(part, codebook) if stack else judge_by_codebook(part, codebook)

    judged = [judge_part(part) for part in parts]
    if with_context:
        judged = [_in_context(own, part, judge_part) for own, part in zip(judged, parts, strict=True)]
    judgement = replace(judged[0], probabilities=np.concatenate([one.probabilities for one in judged]))
    if together:
        judgement = spread(judgement, segments, codebook, (labelled or ()) if stack else ())
    factors = [_factors(part, codebook, judgement, heeded) for part in parts]
    return replace(judgement, probabilities=judgement.probabilities * np.concatenate(factors))


def _in_context(
    own: Judgement, segments: Sequence[Segment], judge_part: Callable[[Sequence[Segment]], Judgement]
) -> Judgement:
    rows = [row for row, segment in enumerate(segments) if segment.before or segment.after]
    if not rows:
        return own
    among = judge_part([among_its_neighbours(segments[row]) for row in rows]).probabilities
    told = own.probabilities.copy()
    mixed = (1 - _CONTEXT_WEIGHS) * log_odds_of(told[rows]) + _CONTEXT_WEIGHS * log_odds_of(among)
    told[rows] = logistic(mixed)
    return replace(own, probabilities=told)


def among_its_neighbours(segment: Segment) -> Segment:
    """The segment with the words before and after it, without the question, as it is itself a part of the answer.

    Whose words they repeat is known of the segment itself alone.

    >>> from themes.records.span import Span
    >>> among_its_neighbours(Segment("d:9-21", "d", "c", Span(9, 21), "They said no", before="I asked.")).text
    'I asked. They said no'
    """
    text = " ".join(filter(None, (segment.before, segment.text, segment.after)))
    at = len(segment.before) + 1 if segment.before else 0
    quoted = tuple(Span(span.start + at, span.end + at) for span in segment.quoted)
    return replace(segment, span=Span(0, len(text)), text=text, before="", after="", quoted=quoted, prompt=None)


def _factors(segments: Sequence[Segment], codebook: Codebook, judgement: Judgement, heeded: set[bool]) -> Scores:
    """By what to multiply probabilities: 0 for segments that say nothing themselves, less where all that speaks for a
    negative-only code is denied: what it means is near all the same, so that what was learned hardly hears that."""
    factors = np.ones((len(segments), len(codebook.codes)))
    if not judgement.calibrated.all():
        factors = np.where(judgement.calibrated, 1, _as_accounts(segments, codebook))
    for row, segment in enumerate(segments):
        denied = plainly_denied(segment, codebook)
        factors[row, [code.code_id in denied for code in codebook.codes] & judgement.calibrated] = _DENIED
        own = own_words(segment)
        if not own.strip() or (bool(segment.prompt) not in heeded and says_nothing(own, segment.prompt)):
            factors[row] = 0
    return factors


def _heeded(labelled: Sequence[LabelledSegment]) -> set[bool]:
    """Whether texts that say nothing take codes all the same, with a question (True) and without (False).

    Where people mostly gave "None" a code, say as an answer to "What could be better?", so does the machine.
    """
    empty = [one for one in labelled if says_nothing(own_words(one.segment), one.segment.prompt)]
    by_prompt = {asked: [bool(o.code_ids) for o in empty if bool(o.segment.prompt) == asked] for asked in (True, False)}
    return {asked for asked, coded in by_prompt.items() if 2 * sum(coded) > len(coded)}


def reason(segment: Segment, code: Code, codebook: Codebook) -> str:
    """The codebook's words that spoke for a code: its cues in the segment, or its nearest text.

    >>> from themes.records.codebook import Codebook
    >>> from themes.records.span import Span
    >>> waiting = Code("waiting", "Waiting", "", cues=("wait*",))
    >>> reason(Segment("d1:0-12", "d1", "c1", Span(0, 12), "I am waiting"), waiting, Codebook((waiting,)))
    'cue: wait*'
    """
    found = [one for one in find_cues(segment, codebook) if one.code_id == code.code_id and not one.denied]
    if found:
        strongest = sorted(found, key=lambda one: -one.strength)
        return "cue: " + ", ".join(dict.fromkeys(one.cue for one in strongest[:3]))
    kinds, texts, vectors = _own_texts(code)
    nearest = int(np.argmax(vectors @ embed([own_words(segment)])[0]))
    return f"{kinds[nearest]}: {texts[nearest]}"


def _kept(judgement: Judgement, row: int) -> list[int]:
    """Columns of the codes to keep for a segment, the likeliest first."""
    probabilities = judgement.probabilities[row]
    order = [int(at) for at in np.argsort(-probabilities, kind="stable")]
    applied = [at for at in order if probabilities[at] >= judgement.cut_offs[at]]
    floors = np.maximum(judgement.cut_offs - UNCLEAR_WITHIN, 1e-6)
    unclear = [at for at in order if floors[at] < probabilities[at] < judgement.cut_offs[at]]
    return applied + unclear[:MOST_UNCLEAR]


def _as_accounts(segments: Sequence[Segment], codebook: Codebook) -> Scores:
    """A factor for each pair: lower where a negative-only code without a cue meets good words and no bad ones."""
    negative_only = np.array([one.polarity == "negative_only" for one in codebook.codes], bool)
    tones = [tone(own_words(segment)) for segment in segments]
    good = np.array([good > 0 and not bad for good, bad in tones], bool).reshape(-1, 1)
    without_cue = score_cues(segments, codebook) < STRONG - 1e-9
    return np.where(good & negative_only & without_cue, _GOOD_ACCOUNT, 1.0)


@per_encoder(maxsize=64)
def _own_texts_of(texts: tuple[tuple[str, str], ...]) -> Vectors:
    return phrase_vectors([text for _, text in texts])


def _own_texts(code: Code) -> tuple[list[str], list[str], Vectors]:
    own = [phrase for phrase in phrases_of(Codebook((code,))) if phrase.kind not in {"exclude", "cue", "uncoded"}]
    vectors = _own_texts_of(tuple((phrase.kind, phrase.text) for phrase in own))
    return [phrase.kind for phrase in own], [phrase.text for phrase in own], vectors
