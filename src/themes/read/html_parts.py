"""Finding the comments of a page in its elements: which are comments, which answers which, what belongs to each."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_COMMENT_CLASSES = frozenset(("comment", "comment-item", "comment-wrapper", "p-comment", "pingback", "trackback"))
_COMMENT_ID = re.compile(r"(?:li-)?comment-\d+|c\d{6,}")
_COMMENT_TAGS = frozenset(("li", "div", "article", "section"))
_BODIES = (
    ".comment-content, .comment-text, .comment_text, .comment__content, .comment-message, .e-content, [itemprop=text], "
    "[itemprop=commentText], .field-name-comment-body, .field--name-comment-body"
)
# Twenty Twelve and its children call the words of a comment "comment-content comment".
_BODY_CLASSES = frozenset(("comment-content", "comment-text", "comment_text", "comment__content", "comment-message"))
_DEPTH = re.compile(r"depth-(\d+)")


def classes(node: "LexborNode") -> frozenset[str]:
    return frozenset((node.attributes.get("class") or "").split())


class Comments:
    """The comment elements of a page, in its order."""

    def __init__(self, root: "LexborNode") -> None:
        found = [node for node in root.traverse() if _is_comment(node)]
        if not found:
            found = root.css(".comment-body")
        self._set(found)
        # Themes wrap a comment in a list item of the same kind: of two around one body, the inner one is the comment.
        self._set([node for node in found if self.body(node) is not None or not self._has_inner(node, found)])

    def _set(self, nodes: Sequence["LexborNode"]) -> None:
        self.nodes = list(nodes)
        self._place = {node.mem_id: place for place, node in enumerate(self.nodes)}

    def __contains__(self, node: "LexborNode") -> bool:
        return node.mem_id in self._place

    def holder(self, node: "LexborNode") -> int | None:
        """The place of the nearest comment around a node."""
        above = node.parent
        while above is not None:
            if above.mem_id in self._place:
                return self._place[above.mem_id]
            above = above.parent
        return None

    def own(self, comment: "LexborNode", selector: str) -> Iterator["LexborNode"]:
        """What matches in a comment and not in one nested in it."""
        place = self._place[comment.mem_id]
        return (node for node in comment.css(selector) if self.holder(node) == place)

    def body(self, comment: "LexborNode") -> "LexborNode | None":
        return next(self.own(comment, _BODIES), None)

    def _has_inner(self, node: "LexborNode", found: Sequence["LexborNode"]) -> bool:
        """Whether the comment right inside it is what it wraps, and not an answer in a list of answers."""
        place = self._place[node.mem_id]
        for inner in found:
            if inner.mem_id != node.mem_id and self.holder(inner) == place:
                above = inner.parent
                while above is not None and above.mem_id != node.mem_id:
                    if above.tag in ("ol", "ul") or "children" in classes(above):
                        break
                    above = above.parent
                else:
                    return True
        return False

    def answered(self, place: int) -> int | None:
        """The place of the comment that this one answers: the one around it, or the one it is indented under."""
        node = self.nodes[place]
        if (around := self.holder(node)) is not None:
            return around
        if (indented := self._above_indent(node)) is not None:
            return indented
        depth = _depth(node)
        if depth > 1:
            return next((at for at in range(place - 1, -1, -1) if _depth(self.nodes[at]) == depth - 1), None)
        return None

    def _above_indent(self, node: "LexborNode") -> int | None:
        above = node.parent
        while above is not None and "indented" not in classes(above):
            above = above.parent
        before = above.prev if above is not None else None
        while before is not None and before.mem_id not in self._place:
            before = before.prev
        return self._place[before.mem_id] if before is not None else None


def _depth(node: "LexborNode") -> int:
    """How deep a comment is nested, as its class or that of the list item around it says; 0 if neither does."""
    for element in (node, node.parent):
        if element is not None and (match := _DEPTH.search(element.attributes.get("class") or "")):
            return int(match[1])
    return 0


def _is_comment(node: "LexborNode") -> bool:
    if node.tag not in _COMMENT_TAGS or classes(node) & _BODY_CLASSES:
        return False
    return bool(
        classes(node) & _COMMENT_CLASSES
        or _COMMENT_ID.fullmatch(node.attributes.get("id") or "")
        or (node.attributes.get("itemtype") or "").endswith("schema.org/Comment")
    )
