"""Where the report says what two checklists for qualitative research ask for, and what is left to the researcher.

Sources: COREQ, items 24 to 32 (Tong, Sainsbury and Craig, 2007, Int J Qual Health Care 19(6), 349-357); SRQR, items 1
to 21 (O'Brien and others, 2014, Acad Med 89(9), 1245-1251). The names of the items are theirs, the words ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from themes.reader_words import number
from themes.records.coding import is_machine
from themes.records.project import Audience, Release

YOURS = "This is for the researcher to say."
YOURS_TOO = "The rest is for the researcher to say."


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a checklist."""

    number: str
    """ "COREQ 24", "SRQR 4"."""
    topic: str
    says: str
    place: str = ""
    """The id of the section that says more; empty if none does."""


def checklist(release: Release) -> tuple[Item, ...]:
    """The items in their order, answered from the release as far as it goes."""
    return (*_coreq(release), *_srqr(release))


def _coreq(release: Release) -> Iterator[Item]:
    coders = {coding.coder_id for coding in release.codings}
    people = sum(not is_machine(coder) for coder in coders)
    who = f"One machine, and {number(people, 'person', 'people')}." if people else "One machine, and no person yet."
    codes, groups = len(release.codebook.codes), len(release.codebook.groups)
    yield Item("COREQ 24", "Number of data coders", who, "methods")
    yield Item(
        "COREQ 25",
        "Description of the coding tree",
        f"{number(codes, 'code')} in {number(groups, 'group')}; each says what counts.",
        "themes",
    )
    derived = "The themes are the codes, set out before the texts were read."
    if release.audience is Audience.TEAM:
        yield Item("COREQ 26", "Derivation of themes", f"{derived} Others came from the texts.", "emergent")
    else:
        yield Item("COREQ 26", "Derivation of themes", derived, "themes")
    yield Item("COREQ 27", "Software", "Named below, with versions and models.", "methods")
    yield Item("COREQ 28", "Participant checking", f"Those who wrote were not shown the findings by us. {YOURS}")
    yield Item(
        "COREQ 29", "Quotations presented", "Yes, each with its id and what may be said of who wrote it.", "themes"
    )
    yield Item("COREQ 30", "Data and findings consistent", "Each number leads to its excerpts.", "themes")
    yield Item("COREQ 31", "Clarity of major themes", "The themes that most people speak of come first.", "short")
    yield Item(
        "COREQ 32",
        "Clarity of minor themes",
        "Themes of few people are shown too. Excerpts that go against a claim stand beside those for it.",
        "questions" if release.codebook.questions else "sides",
    )


def _srqr(release: Release) -> Iterator[Item]:
    asked = bool(release.codebook.questions)
    rows = (
        ("Title", "The title above. The study reads free texts.", ""),
        ("Abstract", "In short.", "short"),
        ("Problem formulation", YOURS, ""),
        ("Purpose or research question", "The research questions." if asked else YOURS, "questions" if asked else ""),
        ("Qualitative approach and research paradigm", f"{_approach(release)} {YOURS_TOO}", "methods"),
        ("Researcher characteristics and reflexivity", YOURS, ""),
        ("Context", YOURS, ""),
        ("Sampling strategy", f"Those who wrote chose to write. {YOURS}", "limits"),
        ("Ethical issues", f"Personal details were replaced by tags. {YOURS_TOO}", "masks"),
        ("Data collection methods", YOURS, ""),
        ("Data collection instruments", "Each excerpt shows the question that it answers.", "themes"),
        ("Units of study", "People and texts, and what became of each.", "read"),
        ("Data processing", "How the texts were read, cleaned and masked.", "methods"),
        ("Data analysis", "How excerpts were coded and people counted.", "methods"),
        ("Trustworthiness", _trust(release), "shares" if _has_shares(release) else "methods"),
        ("Synthesis and interpretation", f"Excerpts and numbers, theme by theme. {YOURS_TOO}", "themes"),
        ("Links to empirical data", "Excerpts with ids, below each theme.", "themes"),
        ("Integration with prior work", YOURS, ""),
        ("Limitations", "What these texts cannot tell.", "limits"),
        ("Conflicts of interest", YOURS, ""),
        ("Funding", YOURS, ""),
    )  # fmt: skip
    for place, (topic, says, section) in enumerate(rows, 1):
        yield Item(f"SRQR {place}", topic, says, section)


def _approach(release: Release) -> str:
    if release.run.tells_agreement:
        return "Coding by a codebook."
    return (
        "Coding by a codebook, read reflexively: agreement between readers is not its aim, and no figure of it is told."
    )


def _has_shares(release: Release) -> bool:
    return any(p.share is not None for p in release.prevalences)


def _trust(release: Release) -> str:
    if _has_shares(release):
        return "People reviewed a sample drawn by chance. Shares come with intervals."
    if any(not is_machine(coding.coder_id) for coding in release.codings):
        return "People checked some excerpts, not a sample drawn by chance."
    return "No person has checked the coding yet."
