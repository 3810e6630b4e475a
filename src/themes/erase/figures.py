"""Themes, counts and the manifest of a run, worked out from the texts that are left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from themes.erase.coding import codebook_of
from themes.erase.parts import Vectors
from themes.erase.repeated import TheirWords
from themes.erase.texts import Left
from themes.erase.theme_names import without_their_names
from themes.estimate.breakdowns import count_breakdowns
from themes.estimate.fates import fates
from themes.estimate.standing import standing
from themes.publication.quotes import agreed_to_be_quoted
from themes.records.codebook_work import CodebookProposal
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document, DocumentKind, Quarantined
from themes.records.estimate import Agreement, Difference, DriftFigure, Prevalence, SaturationPoint
from themes.records.residual import Residual
from themes.records.segment import Segment
from themes.records.spec import CorpusSpec
from themes.records.theme import Membership, Theme, ThemeOrigin
from themes.residual.measures import corpus_findings, published_words, with_ids
from themes.store.files import write_json
from themes.store.run_folder import RunFolder
from themes.theme.clusters import Floats
from themes.theme.describing import described_themes
from themes.theme.forgetting import relearned, without_their_words
from themes.theme.groups import nearest
from themes.theme.guided import guided_themes
from themes.theme.identity import Registry
from themes.theme.leaning import leanings
from themes.theme.registry_file import read_registry, write_registry


@dataclass(frozen=True)
class _Texts:
    """The people's segments of a run, before and now; articles apart."""

    before: Sequence[Segment]
    now: Sequence[Segment]


def work_out_themes(
    run: RunFolder,
    new: RunFolder,
    left: Left,
    vectors: Vectors,
    *,
    earlier: Registry | None,
    poles: Floats | None,
    theirs: TheirWords | None = None,
) -> Registry | None:
    """Write themes, memberships and the registry of a run; every text that stays belongs where it did.

    Args:
        poles: Of the run's encoder, for excerpts that dissent; without them there are none.
        theirs: What those who go said and are called: no theme keeps a name that repeats it.

    Returns:
        The registry, for the run that follows.
    """
    people = {d.document_id for d in left.before.values() if d.kind is not DocumentKind.ARTICLE}
    texts = _Texts(
        [s for s in run.read(Segment) if s.document_id in people],
        [s for s in new.read(Segment) if s.document_id in people],
    )
    old_themes, withheld = list(run.read(Theme)), {flag.segment_id for flag in new.read(RiskFlag)}
    guided, guided_members = guided_themes(
        codebook_of(run.path),
        texts.now,
        standing(new.read(Coding)),
        withheld=withheld,
        run_id=str(run.manifest["run_id"]),
        earlier=old_themes,
    )
    found = {theme.theme_id for theme in old_themes if theme.origin is ThemeOrigin.EMERGENT}
    old_members = [member for member in run.read(Membership) if member.theme_id in found]
    registry = relearned_registry(run, left, vectors, earlier=earlier, theirs=theirs)
    emergent: list[Theme] = []
    members: list[Membership] = []
    if registry is not None and found:
        members = _members(old_members, texts, registry, vectors)
        emergent, registry = _described(
            registry, old_members, members, texts, vectors, withheld, poles, seed=int(run.manifest["seed"])
        )
    if registry is not None:
        write_registry(new.path / "registry", registry)
    new.write(Theme, 0, [*guided, *emergent])
    new.write(Membership, 0, [*guided_members, *members])
    return registry


def relearned_registry(
    run: RunFolder, left: Left, vectors: Vectors, *, earlier: Registry | None, theirs: TheirWords | None = None
) -> Registry | None:
    """The registry of a run, learned anew from the texts that stay; None if there is none or no text stays.

    Args:
        run: The run as it was.
        left: Its documents once some are gone.
        vectors: Of all segments of the run.
        earlier: The registry of the run before, already learned anew.
        theirs: What those who go said and are called: no theme keeps a name that repeats it.
    """
    known = read_registry(run.path / "registry")
    if theirs is not None:
        known = without_their_names(known, theirs)
    people = {d.document_id for d in left.before.values() if d.kind is not DocumentKind.ARTICLE}
    segments = [s for s in run.read(Segment) if s.document_id in people]
    if known is None or not segments:
        return known
    matrix = np.array([vectors[s.segment_id] for s in segments])
    stays = np.array([s.document_id in left.now for s in segments])
    return relearned(known, matrix, stays, earlier=earlier, run_id=str(run.manifest.get("run_id", "")))


def _members(old: Sequence[Membership], texts: _Texts, registry: Registry, vectors: Vectors) -> list[Membership]:
    """The memberships as they were; what is coded only now goes where it lies nearest."""
    now, before = {s.segment_id for s in texts.now}, {s.segment_id for s in texts.before}
    members = {member.segment_id: member for member in old if member.segment_id in now}
    if fresh := sorted(now - before):
        matrix = np.array([vectors[segment_id] for segment_id in sorted(now)])
        labels, closeness = nearest(registry.groups, matrix)
        for segment_id, label, near in zip(sorted(now), labels.tolist(), closeness.tolist(), strict=True):
            if segment_id in fresh and label >= 0:
                weight = round(min(1.0, max(0.0, near)), 4)
                members[segment_id] = Membership(segment_id, registry.stands_for(label).theme_id, weight)
    return [members[segment_id] for segment_id in sorted(members)]


def _described(
    registry: Registry,
    old: Sequence[Membership],
    members: Sequence[Membership],
    texts: _Texts,
    vectors: Vectors,
    withheld: set[str],
    poles: Floats | None,
    *,
    seed: int,
) -> tuple[list[Theme], Registry]:
    theme_of = {member.segment_id: member.theme_id for member in members}
    was_in = {member.segment_id: member.theme_id for member in old}
    ordered = sorted(texts.now, key=lambda s: (s.segment_id, s.text))
    now = {s.segment_id for s in ordered}
    for theme_id in sorted(set(theme_of.values())):
        gone = [s for s in texts.before if was_in.get(s.segment_id) == theme_id and s.segment_id not in now]
        still = [s for s in ordered if theme_of.get(s.segment_id) == theme_id]
        registry = without_their_words(registry, theme_id, gone, still)
    matrix = np.array([vectors[s.segment_id] for s in ordered])
    leans = None if poles is None else leanings(matrix, poles).tolist()
    return described_themes(
        registry,
        ordered,
        matrix,
        [theme_of.get(s.segment_id) for s in ordered],
        {member.segment_id: member.weight for member in members},
        seed=seed,
        leaning=None if leans is None else dict(zip((s.segment_id for s in ordered), leans, strict=True)),
        withheld=withheld,
    )


def work_out_residual(run: RunFolder, new: RunFolder, spec: CorpusSpec) -> None:
    """Weigh anew what can only be said of all texts together, where the run had it weighed."""
    number = len(run.parts(Document))
    if not run.part(Residual, number).is_file():
        return

    def partitions() -> Iterator[list[Document]]:
        return (new.read_part(Document, part) for part in new.parts(Document))

    def quotable() -> Iterator[list[Document]]:
        return ([d for d in part if agreed_to_be_quoted(d, spec.consent_to_quote)] for part in partitions())

    cases = list(new.read(Case))
    found = corpus_findings(partitions, cases, quotable=quotable, fewest_cases=spec.fewest_cases, seed=spec.seed)
    # What was found in short words stays found while their column is shown: of fewer people, no more words are shown.
    columns = published_words(cases, partitions, spec.fewest_cases)
    again = [finding for finding in run.read_part(Residual, number) if finding.column in columns]
    new.write(Residual, number, [*again, *with_ids(found)])


def work_out_counts(run: RunFolder, new: RunFolder, left: Left) -> None:
    """Write the prevalences of a run, and its manifest with every text that went under `withdrawn`.

    What was learned from decisions, and what was estimated from the sample, is not told again: the next run works it
    out.
    """
    documents, codings = list(new.read(Document)), list(new.read(Coding))
    counted = count_breakdowns(
        list(new.read(Case)),
        documents,
        list(new.read(Segment)),
        codings,
        themes=list(new.read(Theme)),
        memberships=new.read(Membership),
        codebook=codebook_of(run.path),
    )
    new.write(Prevalence, 0, counted)
    for record, part in ((Prevalence, 1), (Difference, 0), (DriftFigure, 0), (SaturationPoint, 0)):
        if run.part(record, part).is_file():
            new.write(record, part, [])
    new.write(Agreement, 0, [])
    new.write(CodebookProposal, 0, [])
    manifest = run.manifest
    manifest["counts"] = fates(documents, codings, _read_counts(manifest["counts"], left.gone))
    manifest["documents"] = {**manifest["documents"], "all": len(documents)}
    named = {d.source.file for d in documents} | {q.source.file for q in new.read(Quarantined)}
    alone = {d.source.file for d in left.gone} - named
    manifest["inputs"] = {name: digest for name, digest in manifest["inputs"].items() if name not in alone}
    write_json(new.path / "manifest.json", manifest)


def _read_counts(counts: Mapping[str, Any], gone: Sequence[Document]) -> dict[str, int]:
    articles = sum(document.kind is DocumentKind.ARTICLE for document in gone)
    return {
        **{name: int(counts.get(name, 0)) for name in ("read", "empty", "quarantined")},
        "withdrawn": int(counts.get("withdrawn", 0)) + len(gone) - articles,
        "articles": int(counts.get("articles", 0)) - articles,
    }
