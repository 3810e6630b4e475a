"""Our style sheet and scripts, read once: an address can name one of these, and no other file."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from themes.review.web.guard import plain

FOLDER = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
A_YEAR = "public, max-age=31536000, immutable"


@cache
def files() -> dict[str, tuple[bytes, str]]:
    """Name to content and media type."""
    return {
        path.name: (path.read_bytes(), KINDS[path.suffix]) for path in sorted(FOLDER.iterdir()) if path.suffix in KINDS
    }


@cache
def address_of(name: str) -> str:
    """Where a page finds a file; another address whenever it changes."""
    return f"/static/{name}?{sha256(files()[name][0]).hexdigest()[:12]}"


async def serve(request: Request) -> Response:
    """One of the files."""
    found = files().get(request.path_params["name"])
    if found is None:
        return plain(404, "There is no such page.")
    content, kind = found
    return Response(content, media_type=kind, headers={"Cache-Control": A_YEAR})
