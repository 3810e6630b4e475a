"""Pictures of pages for the docs: small, since each is kept for ever."""

import io
from pathlib import Path

MOST_BYTES = 150_000


def save_small(png: bytes, path: Path) -> None:
    """Save a picture with 128 colours; of a page no eye misses the others."""
    from PIL import Image

    with Image.open(io.BytesIO(png)) as taken:
        taken.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    assert path.stat().st_size <= MOST_BYTES, path.name
