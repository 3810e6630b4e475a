"""How the report was made: stages, models, masks, and what cannot be concluded."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from themes.reader_words import number
from themes.records.codebook import Codebook
from themes.records.coding import is_machine
from themes.records.corpus import Document
from themes.records.project import Audience, Release
from themes.report.counts import Counts
from themes.report.words import day, listed, plain

# What each label of a mask is called; the others go by their own name in lower case.
MASKED = {
    "PERSON": "names of people",
    "LOCATION": "places",
    "POSTCODE": "postcodes",
    "ADDRESS": "addresses",
    "PHONE": "phone numbers",
    "EMAIL": "email addresses",
    "URL": "web addresses",
    "HANDLE": "user names",
    "NINO": "National Insurance numbers",
    "NHS_NUMBER": "NHS numbers",
    "DOB": "dates of birth",
    "DATE": "dates",
    "AGE": "ages",
    "BRANCH": "offices and branches",
    "HOSPITAL": "hospitals",
    "SCHOOL": "schools",
    "EMPLOYER": "employers",
    "CONDITION": "rare conditions",
    "JOB": "rare jobs",
    "EVENT": "events",
    "DEMOG": "background",
    "CASE_REF": "case references",
    "BANK": "bank details",
    "VEHICLE": "number plates",
    "IP": "internet addresses",
    "ORG": "organisations",
    "CODE": "codes and passwords",
    "SCRIPT": "words in other scripts",
    "DATETIME": "years and lengths of time",
    "QUANTITY": "large sums of money",
    "DEM": "nationality, descent or belief",
    "MISC": "other telling details",
}

MODELS = {
    "spacy": "spaCy, English: finds names, places and sentences",
    "encoder": "MiniLM: compares the meaning of sentences",
    "encoder_tokenizer": "MiniLM's word list",
    "chosen_encoder": "the encoder that corpus.toml names: compares the meaning of sentences in its place",
    "pieces": "MiniLM: pieces of words for our own tagger",
    "coder": "the coder: it learned from excerpts whose codes were known, and then learned no more",
}


@dataclass(frozen=True, slots=True)
class Masks:
    """What was taken out of the texts."""

    sentence: str
    by_label: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Methods:
    """The facts of a run, for whoever wants to check or repeat it."""

    facts: tuple[tuple[str, str], ...]
    models: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    masks: Masks
    calibrated: bool
    """Whether the scores were fitted on examples or decisions."""
    people: int
    """How many people have decided on excerpts."""

    @property
    def fitted(self) -> str:
        """On what the scores were fitted, if they were: examples come with a codebook, and may be of other texts."""
        if not self.calibrated:
            return "Its scores only rank excerpts; they are not chances."
        own = ", and on what people decided here" if self.people else ""
        return f"Its scores were fitted on excerpts whose codes were known{own}."


def methods(release: Release) -> Methods:
    """The facts of the release's run."""
    run = release.run
    machines = sorted({coding.coder_id for coding in release.codings if is_machine(coding.coder_id)})
    people = len({coding.coder_id for coding in release.codings} - set(machines))
    return Methods(
        facts=(
            ("Run", run.run_id),
            ("Started", day(run.started_at)),
            ("Corpus", run.corpus),
            ("Codebook", " ".join(part for part in (release.codebook.name, run.codebook_version) if part)),
            ("Seed", str(run.seed)),
            ("Coder", listed([*machines, *([number(people, "person", "people")] if people else [])])),
            ("Numbers hidden below", f"{release.fewest_cases} people"),
        ),
        models=tuple((MODELS.get(name, name), digest) for name, digest in sorted(run.models.items())),
        versions=tuple(sorted(run.versions.items())),
        masks=masks(release.documents, fewest=release.fewest_cases if release.audience is Audience.PUBLIC else 1),
        calibrated=any(coding.calibrated for coding in release.codings),
        people=people,
    )


def masks(documents: Iterable[Document], *, fewest: int = 1) -> Masks:
    """How much of the texts stands behind tags, and of which sorts; those replaced fewer than `fewest` times left out.

    Words as received are reckoned from the text that is left and the length of what was taken out, at six
    characters a word; so the share is given in round numbers.
    """
    labels: Counter[str] = Counter()
    left = masked = 0.0
    for document in documents:
        tags = sum(len(replacement.surrogate.split()) for replacement in document.replacements)
        left += len(document.text.split()) - tags
        for replacement in document.replacements:
            labels[MASKED.get(replacement.label, plain(replacement.label.casefold()))] += 1
            masked += max(1, round((replacement.span.end - replacement.span.start) / 6))
    shown = [item for item in labels.items() if item[1] >= fewest]
    by_label = tuple(sorted(shown, key=lambda item: (-item[1], item[0])))
    return Masks(_share_sentence(masked, left + masked), by_label)


def _share_sentence(masked: float, words: float) -> str:
    if not masked:
        return "No word was replaced by a tag."
    in_a_hundred = round(100 * masked / words)
    if in_a_hundred < 1:
        return "Fewer than 1 word in 100 was replaced by a tag."
    return f"About {in_a_hundred} {'word' if in_a_hundred == 1 else 'words'} in 100 were replaced by tags."


def not_heard(codebook: Codebook, counts: Counts) -> tuple[str, ...]:
    """The speakers that the codebook knows of and "Who spoke" has no number for: none, or too few to name."""
    # A survey may have words of its own for them: "carer or family" is the codebook's carer_family.
    heard = {plain(value) for value in counts.values("speaker") if counts.people(group=f"speaker={value}")}
    speakers = codebook.dimensions.get("speaker", ())
    return tuple(name for speaker in speakers if speaker != "unknown" and (name := plain(speaker)) not in heard)
