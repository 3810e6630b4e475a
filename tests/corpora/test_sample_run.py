"""The sample corpus through the whole chain, measured against its key."""

import json
import shutil
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from themes.clean.document import clean
from themes.deidentify.vault.vault import Vault
from themes.read.corpus import read_corpus
from themes.read.spec import read_spec
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document, DocumentKind
from themes.records.raw import RawDocument
from themes.records.residual import Measure, Residual
from themes.records.segment import Segment
from themes.release_text import released_text
from themes.store.run_folder import RunFolder

pytestmark = [pytest.mark.prefect, pytest.mark.slow, pytest.mark.xdist_group("prefect")]

LIGHT = {"mr", "mrs", "ms", "miss", "dr", "the", "a", "of", "in", "at", "our"}


@pytest.fixture(scope="module")
def chain(sample_run):
    """The run, the key by text, and (key line, raw text, document) of every text of the key that became a document."""
    run, corpus, private = sample_run
    key = {}
    for part in sorted((corpus / "key").glob("*.jsonl")):
        for line in part.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            key.setdefault(_same(entry["text"]), []).append(entry)
    folder = RunFolder(run)
    documents = {d.document_id: d for d in folder.read(Document)}
    vault = Vault(Path(private["THEMES_VAULT"]), Path(private["THEMES_KEY_FILE"]).read_bytes().strip())
    pairs = []
    for raw in read_corpus(read_spec(corpus)):
        cleaned = clean(raw) if isinstance(raw, RawDocument) else None
        if isinstance(cleaned, RawDocument) and (entries := key.get(_same(cleaned.text))):
            document = documents.get(vault.keyed_id("document", cleaned.document_key))
            if document is not None:
                pairs.append((entries[0], cleaned, document))
    vault.close()
    return folder, key, pairs


def _same(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def test_every_text_is_accounted_for(sample_run):
    counts = json.loads((sample_run[0] / "manifest.json").read_text())["counts"]
    fates = ("coded", "no_code", "empty", "quarantined", "duplicate", "withdrawn")
    assert counts["read"] == sum(counts[fate] for fate in fates)


def test_every_text_of_the_key_becomes_a_document(chain):
    _, key, pairs = chain
    met = {_same(entry["text"]) for entry, _, _ in pairs}
    # The article's words are joined in another way: title and byline apart.
    wanted = {
        text
        for text, entries in key.items()
        if entries[0]["fate"] in ("text", "off_topic") and entries[0]["kind"] != "article"
    }
    missed = {(key[text][0]["file"], key[text][0]["place"]) for text in wanted - met}
    assert missed == set()


def test_duplicates_are_linked(chain):
    _, key, pairs = chain
    # Two people who both say "Let me keep the same adviser." are two people: under eight words no text is a copy.
    planted = sum(
        entry["fate"] == "duplicate" and len(entry["text"].split()) >= 8
        for entries in key.values()
        for entry in entries
    )
    linked = sum(document.duplicate_of is not None for _, _, document in pairs)
    assert linked == planted > 0


def test_personal_details_are_masked_and_ordinary_words_left(chain):
    found = Counter()
    for entry, raw, document in chain[2]:
        shift = raw.text.find(entry["text"])
        if shift < 0:
            continue
        masked = bytearray(len(raw.text))
        for r in document.replacements:
            masked[r.span.start : r.span.end] = b"\1" * (r.span.end - r.span.start)
        gold = bytearray(len(raw.text))
        for detail in entry["details"]:
            start, end = detail["start"] + shift, detail["end"] + shift
            gold[start:end] = b"\1" * (end - start)
            if detail["must_mask"]:
                found["details"] += 1
                found["masked"] += all(
                    masked[start + a] for a, word in _words(detail["words"]) if word.lower() not in LIGHT
                )
        for at, word in _words(raw.text):
            if masked[at] and word.lower() not in LIGHT:
                found["masked words"] += 1
                found["rightly masked words"] += gold[at]
    recall = found["masked"] / found["details"]
    precision = found["rightly masked words"] / found["masked words"]
    print(f"sample corpus: recall {recall:.3f} of {found['details']} details, token precision {precision:.3f}")
    # The sample is written to be hard: rare jobs, events and houses without a telling word are half of what is missed.
    assert recall >= 0.68
    assert precision >= 0.80


def _words(text: str):
    import re

    return [(m.start(), m.group()) for m in re.finditer(r"\w+", text)]


def test_segments_meet_the_excerpts_and_codes_are_suggested_for_them(chain):
    folder, _, pairs = chain
    segments = {}
    for segment in folder.read(Segment):
        segments.setdefault(segment.document_id, []).append(segment)
    codings = {}
    for coding in folder.read(Coding):
        if coding.applies:
            codings.setdefault(coding.segment_id, set()).add(coding.code_id)
    met = total = right = suggested = wanted = 0
    for entry, raw, document in pairs:
        shift = raw.text.find(entry["text"])
        if document.kind is DocumentKind.ARTICLE or document.duplicate_of or shift < 0:
            continue
        for excerpt in entry["excerpts"]:
            start, end = (_moved(document, excerpt[edge] + shift) for edge in ("start", "end"))
            overlaps = {
                s: min(end, s.span.end) - max(start, s.span.start) for s in segments.get(document.document_id, [])
            }
            touching = {s: overlap for s, overlap in overlaps.items() if overlap > 0}
            total += 1
            met += sum(touching.values()) >= 0.9 * (end - start) and any(
                overlap >= 0.5 * (s.span.end - s.span.start) for s, overlap in touching.items()
            )
            codes = set().union(*(codings.get(s.segment_id, set()) for s, overlap in touching.items() if overlap >= 10))
            right += len(codes & set(excerpt["codes"]))
            suggested += len(codes)
            wanted += len(excerpt["codes"])
    f1 = 2 * right / (suggested + wanted)
    print(f"sample corpus: {met} of {total} excerpts met by segments; micro-F1 on excerpts {f1:.3f}")
    assert total >= 600
    assert met / total >= 0.9
    assert f1 >= 0.45


def _moved(document: Document, offset: int) -> int:
    """An offset of the cleaned text, in the text with surrogates."""
    shift = 0
    for r in document.replacements:
        if r.span.end <= offset:
            shift += len(r.surrogate) - (r.span.end - r.span.start)
    return offset + shift


def test_texts_that_tell_of_risk_to_life_are_flagged_and_not_shown(sample_run):
    run = RunFolder(sample_run[0])
    flagged = {flag.segment_id for flag in run.read(RiskFlag)}
    assert flagged
    page = (run.path / "report" / "index.html").read_text(encoding="utf-8")
    texts = [segment.text for segment in run.read(Segment) if segment.segment_id in flagged]
    assert [text for text in texts if len(text) > 20 and text in page] == []


def test_what_a_reader_holds_to_tell_of_risk_to_life_is_flagged_and_not_much_else(sample_run):
    read = tomllib.loads(Path(__file__).with_name("sample_risk.toml").read_text(encoding="utf-8"))
    run = RunFolder(sample_run[0])
    segments, flagged = list(run.read(Segment)), {flag.segment_id for flag in run.read(RiskFlag)}

    def found(words):
        return any(segment.segment_id in flagged for segment in segments if words in segment.text)

    assert [words for words in (*read["flagged"], *read["hard"]) if not any(words in s.text for s in segments)] == []
    assert [words for words in read["flagged"] if not found(words)] == []
    caught = sum(found(words) for words in read["hard"])
    print(f"sample corpus: {len(flagged)} of {len(segments)} segments flagged, {caught} of the hard ones")
    assert len(flagged) <= 0.05 * len(segments)


def test_every_run_leaves_what_others_rely_on(sample_run):
    run: Path = sample_run[0]
    tables = "documents segments codings themes memberships prevalences agreements quarantine residual_risk"
    for name in tables.split():
        assert list((run / name).glob("part-*.parquet")), name
    assert (run / "report" / "index.html").stat().st_size > 10_000
    assert (run / "report" / "residual-risk.html").stat().st_size > 10_000
    assert sorted(p.suffix for p in (run / "export").iterdir() if p.is_file())


def test_residual_risk_is_measured_without_a_word_of_a_text_or_an_answer(sample_run):
    run = RunFolder(sample_run[0])
    found = list(run.read(Residual))
    assert {finding.measure for finding in found} == set(Measure)
    assert len({finding.finding_id for finding in found}) == len(found)
    page = (run.path / "report" / "residual-risk.html").read_text(encoding="utf-8")
    answers = {value for case in run.read(Case) for value in case.attributes.values() if len(value) > 4}
    told = " ".join(finding.kind for finding in found)
    assert [answer for answer in sorted(answers) if answer in page or answer in told] == []
    again = [finding for finding in found if finding.measure is Measure.SECOND_LOOK and finding.span]
    texts = {document.document_id: released_text(document) for document in run.read(Document)}
    words = [finding.span.of(texts[finding.document_id]) for finding in again]
    assert [word for word in words if len(word) > 4 and word in page] == []


def accepted(obstacle):
    """An obstacle as it is accepted: with the number of texts it lets through, where it is about texts."""
    return obstacle["obstacle_id"] + (f"={obstacle['texts']}" if obstacle.get("texts") else "")


def test_the_public_edition_holds_nothing_that_only_the_coding_profile_keeps(sample_run, themes_command, tmp_path):
    run = tmp_path / sample_run[0].name
    shutil.copytree(sample_run[0], run)
    refused = themes_command("release", "approve", run, "--by", "Ann Example")
    assert (refused.returncode, (run / "release").exists()) == (1, False)
    standing = themes_command("release", "check", run, "--json")
    assert standing.returncode == 1
    yes = [
        word
        for obstacle in json.loads(standing.stdout)["stands"]
        for word in ("--accept", accepted(obstacle), "--reason", f"tried in a test of {obstacle['obstacle_id']}")
    ]
    themes_command("release", "approve", run, "--by", "Ann Example", *yes, check=True)
    themes_command("release", "check", run, check=True)
    written = [path.read_text(encoding="utf-8") for path in (run / "release").rglob("*") if path.is_file()]
    assert len(written) == 6
    blob = " ".join(" ".join(text.split()) for text in written)
    kept = []
    for document in RunFolder(run).read(Document):
        for replacement in document.release_replacements:
            span = replacement.span
            around = document.text[max(0, span.start - 15) : span.end + 15]
            if document.text[span.start] != "[":
                kept.append(" ".join(around.split()))
    assert len(kept) > 50
    assert [words for words in kept if words in blob] == []
