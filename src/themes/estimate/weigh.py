"""What speaks for and against the claims that each research question weighs."""

from collections.abc import Iterable, Sequence

from themes.estimate.mentions import cases_by_subject, mentions, standing
from themes.records.codebook import Codebook
from themes.records.coding import Coding
from themes.records.corpus import Document
from themes.records.estimate import ClaimWeight
from themes.records.segment import Segment

STANCES = ("for", "against", "context")


def weigh_claims(
    codebook: Codebook, segments: Sequence[Segment], codings: Iterable[Coding], documents: Sequence[Document]
) -> list[ClaimWeight]:
    """For each claim of each question, what speaks for it, against it and gives it context. Needs the whole corpus.

    The claim's table says which polarity of which code does which; what it lacks bears on nothing. A case that says
    both sides counts on both: the two do not add up to a number of people. Articles are passed over, duplicates'
    writers counted, and the last coding stands, as everywhere in `estimate`.

    Returns:
        Three weights per claim ("for", "against", "context"), in the codebook's order, zeros included: that nobody
        contradicts a claim is a finding. Segments by probability, the highest first, then by id.
    """
    codings = [coding for coding in standing(codings) if coding.polarity is not None]
    claims = [(question.question_id, claim) for question in codebook.questions for claim in question.claims]
    probability: dict[tuple[str, str, str], dict[str, float]] = {}
    for question_id, claim in claims:
        for coding in codings:
            stance = claim.table.get((coding.code_id, coding.polarity or ""))
            if stance is not None:
                own = probability.setdefault((question_id, claim.claim_id, stance), {})
                sure = 1.0 if coding.probability is None else coding.probability
                own[coding.segment_id] = max(sure, own.get(coding.segment_id, 0.0))

    weights = []
    for question_id, claim in claims:
        for stance in STANCES:
            spoken = probability.get((question_id, claim.claim_id, stance), {})
            found = mentions(((segment_id, stance) for segment_id in spoken), segments, documents)
            heard = {mention.document_id for mention in found}
            shown = [s.segment_id for s in segments if s.segment_id in spoken and s.document_id in heard]
            weights.append(
                ClaimWeight(
                    question_id=question_id,
                    claim_id=claim.claim_id,
                    stance=stance,
                    cases=len(cases_by_subject(found).get(stance, ())),
                    segment_ids=tuple(sorted(shown, key=lambda s: (-spoken[s], s))),
                )
            )
    return weights
