"""Sentences that stand in every report, whatever its format."""

from themes.reader_words import number
from themes.records.project import Audience
from themes.report.document import NO_QUOTES, Report

MASKED = "Personal details taken out."
"""The stage that links on masks lead to."""
TAG = "[adviser K7]"
"""An example of what stands for somebody."""
AT_RISK = "May tell of a risk to life: a person must read it in the raw file now."
"""Stands before the reason why a text was set aside."""
FIRST_LIMITS = 4
"""So many of the limits stand where there is no room for all."""

SIDES = (
    "Here stands what people lived through or saw. What they wish, fear or argue is left out. A person who tells both "
    "good and bad of a theme is in neither number."
)


def quotes_anybody(report: Report) -> bool:
    """Whether any excerpt may be shown at all."""
    return any(segment.segment_id not in report.release.withheld for segment in report.release.segments)


def caution(report: Report) -> str:
    """What the numbers are worth."""
    told = bool(report.shares and report.shares.told)
    if told:
        checked = (
            "People have read a sample of them, drawn by chance. Where it says how many in 10 or in 100 speak of a "
            "theme, that rests on what they found. All other numbers are what the computer suggests."
        )
    elif report.methods.people:
        checked = "People have checked some of its work, not all of it."
    else:
        checked = "Nobody has checked its work yet."
    what = "what it suggests" if report.release.reading_edition else "these others" if told else "the numbers"
    return (
        f"A computer read every text and suggested which themes it speaks of. It makes mistakes. {checked} So take "
        f"{what} as a guide to where to look, not as findings."
    )


def limits(report: Report) -> dict[str, str]:
    """What these texts cannot tell: the beginning of each point, and the rest."""
    left = {"Whether anything is left to find.": " ".join(report.saturation)} if report.saturation else {}
    return {
        "How many people in general.": (
            "Those who wrote chose to write. People who had a bad time, or a very good one, write more often. Those "
            "who are too ill, too busy or not online write less."
        ),
        "What caused what.": (
            "A person can tell what happened and how they felt. Whether the one led to the other, a text alone cannot "
            "show."
        ),
        "Whether it is true.": (
            "Nobody has checked what is told here against records. It is what people say of their own lives."
        ),
        "What nobody said.": (
            "A theme without excerpts may be rare, or may be hard to talk about, or the computer may have missed it."
        ),
        **left,
        "How things are now.": "Rules and programmes change. Look at the month of each excerpt.",
    }


def stages(report: Report) -> dict[str, str]:
    """How the report was made: each stage, and what was done."""
    public = report.release.audience is Audience.PUBLIC
    masked = (
        "In this edition, organisations, exact dates and most places are tags too."
        if public
        else report.methods.masks.sentence
    )
    coded = f"The computer held each excerpt against what the codebook says of each code. {report.methods.fitted}"
    emergent = "" if public else " What else people have in common was looked for without the codebook."
    quoted = "Only people who agreed to it are quoted, each at most twice." if quotes_anybody(report) else NO_QUOTES
    return {
        "Read.": (
            "Each comment, story and survey answer became one text. Its date, its kind and the question asked were "
            "kept."
        ),
        "Cleaned.": (
            "Menus, adverts and other page furniture were taken off. Words quoted from somebody else were marked and "
            "not coded as the writer’s own."
        ),
        MASKED: (
            f"Names, places, numbers and other details were replaced by tags such as {TAG}. The same person "
            f"keeps the same tag. {masked} Some details may have been missed."
        ),
        "Cut into excerpts.": "A sentence each, or a short answer as a whole.",
        "Coded.": coded,
        "Themes.": f"Codes are shown as themes.{emergent}",
        "Counted.": (
            "People are counted, not excerpts: somebody who speaks of a theme ten times counts once. If two texts say "
            "the same, both writers count."
        ),
        "Made safe to show.": (
            f"A number of fewer than {report.release.fewest_cases} people is hidden, and so are others from which it "
            "could be worked out. The theme itself is never hidden. Excerpts that may tell of risk to life are not "
            f"shown.{f' {quoted} Numbers are rounded to the nearest five.' if public else ''}"
        ),
    }


def ending(report: Report) -> str:
    """What the last page says of how to treat the paper."""
    run = report.release.run.run_id
    if report.release.audience is Audience.PUBLIC:
        quoted = "Only people who agreed to it are quoted." if quotes_anybody(report) else NO_QUOTES
        return (
            f"Run {run}. Personal details were replaced by tags. {quoted} Please do not try to find out who they are."
        )
    return (
        f"Run {run}. Personal details were replaced by tags before anything was coded. Even so, these are people’s "
        "own words about their health and money: keep this file as safe as the texts."
    )


def who_wrote(report: Report) -> list[str]:
    """ "30 people", "35 texts read": parts of the line below the title."""
    people = [number(report.people, "person", "people")] if report.people else []
    return [*people, *([f"{number(report.texts, 'text')} read"] if report.texts else [])]
