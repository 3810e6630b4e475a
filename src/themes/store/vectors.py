"""Sentence vectors of a run, kept so that the next run need not compute them again. Never exported.

Vectors can be inverted into something like the text they stand for: they are computed after de-identification, and no
report or exporter may read this folder.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from themes.store.files import whole_file

FOLDER = "vectors"


def write_vectors(run: Path, number: int, segment_ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
    """Write one partition's vectors: shape (n_segments, n_dims). Kept at half precision: a cosine moves by < 0.001."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    dims = vectors.shape[1] if vectors.ndim == 2 else 0
    flat = pa.array(vectors.astype(np.float16).ravel())
    columns = [pa.array(segment_ids, pa.string()), pa.FixedSizeListArray.from_arrays(flat, dims)] if dims else []
    table = (
        pa.table(columns, names=["segment_id", "vector"])
        if dims
        else pa.table({"segment_id": pa.array([], pa.string())})
    )
    with whole_file(run / FOLDER / f"part-{number:05d}.parquet") as partial:
        pq.write_table(table, partial, compression="none", write_statistics=False, use_dictionary=False)


def read_vectors(run: Path, *, wanted: Collection[str] | None) -> Iterator[tuple[str, npt.NDArray[np.float32]]]:
    """(segment_id, vector) of the segments wanted, None for all. Rounded as they were when written, in this run or an
    earlier one."""
    import pyarrow.parquet as pq

    ids = None if wanted is None else set(wanted)
    for part in sorted((run / FOLDER).glob("part-*.parquet")):
        table = pq.read_table(part, partitioning=None)
        if table.num_rows:
            names = table.column("segment_id").to_pylist()
            flat = table.column("vector").combine_chunks().flatten().to_numpy(zero_copy_only=False)
            matrix = flat.astype(np.float32).reshape(len(names), -1)
            yield from ((name, matrix[at]) for at, name in enumerate(names) if ids is None or name in ids)
