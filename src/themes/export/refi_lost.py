"""What another program will not show of a run, told beside the file it is given."""

from collections.abc import Sequence

from themes.export.refi_xml import Profile
from themes.reader_words import number
from themes.records.coding import Coding
from themes.records.project import Release
from themes.withholding import BLOCK

PLACES = {
    "spec": "Places are counted in Unicode code points, ends exclusive, as the examples of the standard have it.",
    "nvivo": "Places are counted in UTF-16 units, as NVivo is said to do: an emoji counts as two.",
    "maxqda": "Line ends are two characters, CR and LF, and count as one, as MAXQDA is said to want it.",
}


def what_is_lost(release: Release, given: Sequence[Coding], profile: Profile) -> list[str]:
    """Lines in plain English, with counts of what the file has and what it cannot hold.

    Args:
        release: What was exported.
        given: The codings in the file.
        profile: How it was written.
    """
    there = frozenset(given)
    left_out = [coding for coding in release.codings if coding.applies and coding not in there]
    scores = sum(coding.probability is not None for coding in given)
    noted = sum(any((coding.polarity, coding.modality, coding.speaker, coding.service)) for coding in given)
    texts, cases = number(len(release.documents), "text"), number(len(release.cases), "case")
    made = f"{number(len(given), 'coding')} by {number(len({coding.coder_id for coding in given}), 'coder')}"
    return [
        f"Run {release.run.run_id} in REFI-QDA: for the team, not for publication.",
        f"It holds {texts}, {cases}, {number(len(release.codebook.codes), 'code')} and {made}.",
        PLACES[profile.name],
        "",
        "What the file cannot say, and the sidecar beside it does:",
        f"- how sure the machine was: {scores:,} scores, and which of the codings were too close to call",
        f"- what was noted of a coding, such as whether it is a good or a bad account: {number(noted, 'coding')}",
        f"- that a code does not apply: {sum(not c.applies for c in release.codings):,} noes",
        f"- codings that a person's word replaced, or that a language model advised: {len(left_out):,}",
        "- of the codebook: cues, polarity, close codes, its version",
        "- why somebody saw an excerpt: by chance, or on purpose",
        "",
        "What neither says, and the run does: themes that were found, counts, agreement, what was replaced where.",
        "",
        "What some programs drop when they open the file:",
        "- the research questions, which are sets of codes",
        "- whose text it is, where a case refers to it; so attributes stand on texts as well as on cases",
        "- who coded: some give all codings to whoever opens the file",
        f"Blocks ({BLOCK}) stand for excerpts that may tell of risk to life: {len(release.withheld):,} are withheld.",
    ]
