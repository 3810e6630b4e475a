"""Records survive the way to Parquet and back."""

from dataclasses import fields

import pytest

from builders import a_case, a_code, a_codebook, a_coding, a_document, a_segment
from themes.errors import StoreError
from themes.records.anchor import Hold, SegmentMove
from themes.records.codebook import Claim, Codebook, Question
from themes.records.codebook_work import CodebookProposal, Work
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document, DocumentKind, Quarantined, SourceRef
from themes.records.decision import CarriedDecision, Verdict
from themes.records.estimate import Agreement, Difference, DriftFigure, Prevalence, SaturationPoint
from themes.records.privacy import LogEntry, Replacement
from themes.records.residual import Measure, Residual, Severity
from themes.records.segment import Segment
from themes.records.span import OffsetMap, Span
from themes.records.theme import Membership, Theme, ThemeOrigin
from themes.store.tables import from_plain, read_records, schemas, to_plain, write_records

FULL = {
    Case: a_case("c1", region="Wales", scheme="none"),
    Document: a_document(
        "d1",
        "Kind 😀 [adviser K7].",
        kind=DocumentKind.STORY,
        promises=("email_not_shown",),
        quotations=(Span(0, 4),),
        replacements=(Replacement(Span(7, 12), "PERSON", "[adviser K7]"),),
        release_replacements=(Replacement(Span(0, 4), "DATE", "[month]"),),
        offsets=OffsetMap(((0, 2), (5, 8))),
        duplicate_of="d0",
        fingerprint="abc",
    ),
    LogEntry: LogEntry("d1", Span(1, 2), "PERSON", "names", 0.9, "masked", "coding"),
    Quarantined: Quarantined(SourceRef("survey.csv", "row 3"), "The row has 5 cells, the header 4.", 2),
    Segment: a_segment("d1:0-4", "Kind", quoted=(Span(0, 4),)),
    SegmentMove: SegmentMove("d1:0-4", "d1:0-9", Hold.MOVED, ""),
    Coding: a_coding("d1:0-4", "sanctions", reason="cue: sanction*"),
    RiskFlag: RiskFlag("d1:0-4", "d1", 0.9, "overdose"),
    Theme: Theme("t1", "Kindness", "Being kind.", ThemeOrigin.EMERGENT, ("a",), ("d1:0-4",), ("kind",), "r1"),
    Membership: Membership("d1:0-4", "t1", 0.5),
    Prevalence: Prevalence("t1", "", "", "2013-04", None, None),
    Residual: Residual(
        Measure.INTRUDER, "sees all", 0.5, Severity.HIGH, "intruder-1", "d1", "c1", Span(0, 4), 200, 0.4, 0.6
    ),
    Difference: Difference("a", "age=old", "age=young", 0.1, None, 0.2, 0.04, planned=True, reason="why"),
    DriftFigure: DriftFigure("scores", "a", 0.2, None, drifted=False),
    SaturationPoint: SaturationPoint(3, 2.5, None, 4.0),
    Agreement: Agreement("a", ("x", "y"), 10, "kappa", 0.4, 0.1, 0.7, 9),
    CarriedDecision: CarriedDecision(
        "1",
        "d1:0-4",
        "d1:0-9",
        "",
        Verdict.COMPLETE,
        "A1",
        "2026-01-06T09:00:00+00:00",
        "1",
        None,
        Hold.MOVED,
        "",
        ("a",),
    ),
    CodebookProposal: CodebookProposal(Work.CONFUSED, ("a", "b"), 3, None, 3, ("d1:0-4",), ("cue: a*",), "t1"),
}


def test_every_record_that_a_run_keeps_is_tried_here():
    assert set(FULL) == set(schemas())


@pytest.mark.parametrize("record", FULL, ids=lambda record: record.__name__)
def test_the_columns_are_the_fields_of_the_record(record):
    assert schemas()[record].names == [field.name for field in fields(record)]


@pytest.mark.parametrize("record", FULL, ids=lambda record: record.__name__)
def test_a_record_comes_back_as_it_was(tmp_path, record):
    write_records(tmp_path / "a.parquet", record, [FULL[record]])
    assert list(read_records(tmp_path / "a.parquet", record)) == [FULL[record]]


def test_parts_are_read_in_the_order_of_their_names(tmp_path):
    write_records(tmp_path / "part-1.parquet", Case, [a_case("c2")])
    write_records(tmp_path / "part-0.parquet", Case, [a_case("c1")])
    assert list(read_records(tmp_path, Case)) == [a_case("c1"), a_case("c2")]


def test_only_the_rows_wanted_are_read(tmp_path):
    write_records(tmp_path / "a.parquet", Case, [a_case("c1"), a_case("c2"), a_case("c3")])
    assert list(read_records(tmp_path, Case, where={"case_id": {"c1", "c3"}})) == [a_case("c1"), a_case("c3")]


def test_a_place_with_nothing_in_it_gives_nothing(tmp_path):
    assert list(read_records(tmp_path / "none", Case)) == []


def test_a_damaged_part_is_an_error_that_names_it(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(StoreError, match=r"a\.parquet is damaged"):
        list(read_records(tmp_path / "a.parquet", Case))


def test_a_part_of_another_record_is_an_error(tmp_path):
    write_records(tmp_path / "a.parquet", Case, [a_case()])
    with pytest.raises(StoreError, match="another version"):
        list(read_records(tmp_path / "a.parquet", Membership))


def test_the_footer_repeats_no_text(tmp_path):
    write_records(tmp_path / "a.parquet", Document, [a_document("d1", "Zebedee")])
    import pyarrow.parquet as pq

    assert pq.ParquetFile(tmp_path / "a.parquet").metadata.row_group(0).column(3).statistics is None


def test_equal_records_make_equal_bytes(tmp_path):
    for name in ("1.parquet", "2.parquet"):
        write_records(tmp_path / name, Document, [FULL[Document]])
    assert (tmp_path / "1.parquet").read_bytes() == (tmp_path / "2.parquet").read_bytes()


def test_a_codebook_comes_back_from_plain_values():
    claim = Claim("c1", "It helps.", {("sanctions", "negative"): "against"})
    codebook = a_codebook(
        a_code("sanctions", cues=("sanction*",), close_codes={"coercion": "see there"}),
        questions=(Question("RQ1", "Does it help?", claims=(claim,)),),
        groups={"A": "Compulsion"},
        dimensions={"polarity": ("negative",)},
    )
    assert from_plain(Codebook, to_plain(codebook)) == codebook
