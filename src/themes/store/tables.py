"""Records to Parquet and back: one explicit schema per record.

Columns carry the names of the record's fields. Rows keep the order in which they are given: whoever writes sorts.
"""

import dataclasses
import types
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from themes.errors import StoreError
from themes.records.anchor import SegmentMove
from themes.records.codebook_work import CodebookProposal
from themes.records.coding import Coding, RiskFlag
from themes.records.corpus import Case, Document, Quarantined
from themes.records.decision import CarriedDecision
from themes.records.estimate import Agreement, Difference, DriftFigure, Prevalence, SaturationPoint
from themes.records.privacy import LogEntry
from themes.records.residual import Residual
from themes.records.segment import Segment
from themes.records.theme import Membership, Theme
from themes.store.files import whole_file

if TYPE_CHECKING:
    import pyarrow as pa


_BOOK, _CARRIED, _RUN = ("retired", "same_meaning"), ("merged_into", "merged_in"), ("approach",)
_SINCE = {"Codebook": _BOOK, "CarriedDecision": _CARRIED, "Run": _RUN, "Quarantined": frozenset({"risk"})}
"""Fields that runs written before they were thought of lack."""


@cache
def schemas() -> "dict[type, pa.Schema]":
    """The schema of every record that a run keeps."""
    import pyarrow as pa

    text, flag, whole, real = pa.string(), pa.bool_(), pa.int32(), pa.float64()
    texts = pa.list_(text)
    span = pa.struct([("start", whole), ("end", whole)])
    replacement = pa.struct([("span", span), ("label", text), ("surrogate", text)])
    source = pa.struct([("file", text), ("place", text)])
    offsets = pa.struct([("steps", pa.list_(pa.list_(whole)))])

    def schema(**columns: Any) -> pa.Schema:
        return pa.schema(list(columns.items()))

    return {
        Case: schema(case_id=text, attributes=pa.map_(text, text), released=pa.map_(text, text)),
        Document: schema(
            document_id=text,
            case_id=text,
            kind=text,
            text=text,
            source=source,
            prompt=text,
            written=text,
            speaker=text,
            released_prompt=text,
            released_speaker=text,
            consent=text,
            promises=texts,
            name_hidden=flag,
            reply_to=text,
            duplicate_of=text,
            quotations=pa.list_(span),
            replacements=pa.list_(replacement),
            release_replacements=pa.list_(replacement),
            offsets=offsets,
            fingerprint=text,
        ),
        LogEntry: schema(
            document_id=text, span=span, label=text, recognizer=text, score=real, action=text, profile=text
        ),
        Quarantined: schema(source=source, reason=text, candidates=whole, risk=text),
        Segment: schema(
            segment_id=text,
            document_id=text,
            case_id=text,
            span=span,
            text=text,
            prompt=text,
            before=text,
            after=text,
            quoted=pa.list_(span),
            speaker=text,
        ),
        SegmentMove: schema(segment_id=text, now=text, hold=text, reason=text),
        Coding: schema(
            segment_id=text,
            code_id=text,
            coder_id=text,
            applies=flag,
            probability=real,
            calibrated=flag,
            unclear=flag,
            polarity=text,
            modality=text,
            speaker=text,
            service=text,
            made_at=text,
            codebook_version=text,
            sampling=text,
            reason=text,
        ),
        RiskFlag: schema(segment_id=text, document_id=text, score=real, reason=text),
        Theme: schema(
            theme_id=text,
            name=text,
            summary=text,
            origin=text,
            code_ids=texts,
            exemplar_ids=texts,
            words=texts,
            first_seen=text,
            edge_ids=texts,
            dissent_ids=texts,
            found_again=real,
            former_names=texts,
        ),
        Membership: schema(segment_id=text, theme_id=text, weight=real),
        Prevalence: schema(
            theme_id=text,
            group=text,
            question=text,
            period=text,
            cases=whole,
            cases_with=whole,
            share=real,
            low=real,
            high=real,
            method=text,
        ),
        Difference: schema(
            theme_id=text,
            one=text,
            other=text,
            difference=real,
            low=real,
            high=real,
            p=real,
            planned=flag,
            reason=text,
        ),
        DriftFigure: schema(look=text, theme_id=text, size=real, p=real, drifted=flag),
        SaturationPoint: schema(cases=whole, codes=real, saturated_after=real, codes_at_least=real),
        Residual: schema(
            measure=text,
            kind=text,
            figure=real,
            severity=text,
            finding_id=text,
            document_id=text,
            case_id=text,
            span=span,
            out_of=whole,
            low=real,
            high=real,
            column=text,
        ),
        Agreement: schema(
            code_id=text,
            coders=texts,
            segments=whole,
            measure=text,
            value=real,
            low=real,
            high=real,
            cases=whole,
        ),
        CarriedDecision: schema(
            decision_id=text,
            made_on=text,
            segment_id=text,
            code_id=text,
            verdict=text,
            coder_id=text,
            made_at=text,
            codebook_version=text,
            sampling=text,
            hold=text,
            reason=text,
            covers=texts,
            merged_into=text,
            merged_in=text,
        ),
        CodebookProposal: schema(
            what=text,
            code_ids=texts,
            excerpts=whole,
            out_of=whole,
            cases=whole,
            segment_ids=texts,
            words=texts,
            theme_id=text,
        ),
    }


def write_records[R](path: Path, record: type[R], records: Iterable[R]) -> None:
    """Write records of one type as one Parquet file, whole or not at all.

    Raises:
        StoreError: If the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pylist([_row(r) for r in records], schema=schemas()[record])
    with whole_file(path) as partial:
        # Without statistics: they repeat values of the columns in the file's footer.
        pq.write_table(table, partial, compression="zstd", write_statistics=False, store_schema=False)


def read_records[R](
    place: Path, record: type[R], *, where: Mapping[str, Iterable[str]] | None = None, rows_at_once: int = 4096
) -> Iterator[R]:
    """Records of a Parquet file, or of all parts in a folder in the order of their names; none if there is nothing.

    Args:
        place: A file or a folder of parts.
        record: Their type.
        where: Column to the values wanted; rows with others are passed over.
        rows_at_once: How many rows of a file are in memory.

    Raises:
        StoreError: If a file is damaged or has other columns than the record.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = {column: pa.array(sorted(set(values)), pa.string()) for column, values in (where or {}).items()}
    parts = sorted(place.glob("*.parquet")) if place.is_dir() else [place] if place.is_file() else []
    rebuild = _rebuilder(record)  # type: ignore[arg-type]  # a class is hashable; mypy cannot tell for type[R]
    for part in parts:
        try:
            with pq.ParquetFile(part) as file:
                for batch in file.iter_batches(batch_size=rows_at_once):
                    kept = batch
                    for column, values in wanted.items():
                        kept = kept.filter(pc.is_in(kept.column(column), value_set=values))
                    for row in kept.to_pylist():
                        yield rebuild(row)
        except (OSError, pa.ArrowException, KeyError):
            raise StoreError(f"{part} is damaged, or was written by another version of themes.") from None


def to_plain(record: Any) -> Any:
    """A record as JSON can hold it: dictionaries, lists, and pairs for mappings."""
    return _plain(record)


def from_plain[R](record: type[R], value: Any) -> R:
    """The record that `to_plain` made `value` of."""
    built: R = _rebuilder(record)(value)  # type: ignore[arg-type]  # as above
    return built


def _row(record: Any) -> dict[str, Any]:
    return {field.name: _plain(getattr(record, field.name)) for field in dataclasses.fields(record)}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return _row(value)
    if isinstance(value, Mapping):
        return [(_plain(key), _plain(item)) for key, item in sorted(value.items())]
    if isinstance(value, tuple | list | frozenset):
        return [_plain(item) for item in value]
    return value


@cache
def _rebuilder(wanted: Any) -> Callable[[Any], Any]:
    """A function from plain Arrow values back to the type: dataclasses, tuples, mappings, enums, optionals."""
    origin, arguments = get_origin(wanted), get_args(wanted)
    if isinstance(origin, type) and issubclass(origin, tuple):
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            one = _rebuilder(arguments[0])
            return lambda value: tuple(one(item) for item in value or ())
        return tuple
    if origin in (types.UnionType,) or str(origin) == "typing.Union":
        inner = _rebuilder(next(a for a in arguments if a is not type(None)))
        return lambda value: None if value is None else inner(value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        key, item = _rebuilder(arguments[0]), _rebuilder(arguments[1])
        return lambda value: {key(k): item(v) for k, v in value or ()}
    if isinstance(wanted, type) and dataclasses.is_dataclass(wanted):
        hints = get_type_hints(wanted)
        fields = [(f.name, _rebuilder(hints[f.name])) for f in dataclasses.fields(wanted)]
        # What an earlier version of the program did not know of is as it is when nobody says anything of it.
        known = {f.name for f in dataclasses.fields(wanted) if f.name in _SINCE.get(wanted.__name__, ())}
        return lambda value: wanted(**{n: build(value[n]) for n, build in fields if n in value or n not in known})
    if wanted in (str, int, float, bool):
        return lambda value: value
    wanted_type: Callable[[Any], Any] = wanted  # an enum
    return wanted_type
