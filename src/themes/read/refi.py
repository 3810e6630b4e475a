"""Projects (.qdpx) and codebooks (.qdc) of REFI-QDA that other programs wrote, read tolerantly and with care.

Elements are found by their local name, whatever their order; what the schema forbids is told and read all the same.
Nothing is unpacked to disk, no entity is resolved, and no address or path outside the file is ever opened.
"""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from themes.read.archive import zip_bytes
from themes.read.files import Unreadable, read_bytes
from themes.read.refi_counting import Selection, counting_of
from themes.records.exchange import (
    ExchangedCase,
    ExchangedCode,
    ExchangedCodebook,
    ExchangedCoding,
    ExchangedProject,
    ExchangedSet,
    ExchangedSource,
    ExchangedUser,
    ExchangedVariable,
    Values,
)
from themes.records.positions import PLAIN, Counting, Places
from themes.records.span import Span

if TYPE_CHECKING:
    from lxml.etree import XMLSchema, _Element

MOST_MEMBERS = 200_000
LARGEST_XML = 50_000_000
_MARK = "\ufeff"
_SCHEMAS = Path(__file__).parent / "schemas"
_VALUES = ("TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue", "DateTimeValue")


@dataclass(frozen=True, slots=True)
class Read[T]:
    """What was read, and what its reader should know. The notes quote nobody."""

    content: T
    notes: tuple[str, ...]
    counting: Counting = PLAIN


def read_refi_project(path: Path, *, counting: Counting | None = None) -> Read[ExchangedProject]:
    """The project in a .qdpx file.

    Args:
        path: The file.
        counting: How its offsets count; None: found out by the quotes that it repeats.

    Raises:
        Unreadable: If it is no such file, damaged, or not safe to unpack.
    """
    content = zip_bytes(path, member="project.qde", what="a REFI-QDA project (.qdpx)", most_members=MOST_MEMBERS)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        root, notes = _parsed(archive.read("project.qde"), "Project")
        texts = _Texts(archive)
        elements = list(_within(root, "Sources", "TextSource"))
        written = [texts.of(element) for element in elements]
    notes += _about_sources(root, written)
    found = counting or counting_of(
        [s for e, text in zip(elements, written, strict=True) if text is not None for s in _selections(e, text)],
        origin=root.get("origin", ""),
    )
    lost: list[int] = []
    sources = tuple(_source(element, text or "", found, lost) for element, text in zip(elements, written, strict=True))
    if lost:
        notes.append(f"{len(lost):,} codings have no place in their text and were left out.")
    project = ExchangedProject(
        name=root.get("name", ""),
        origin=root.get("origin", ""),
        made_at=root.get("creationDateTime", ""),
        users=tuple(ExchangedUser(_guid(e), e.get("name", "")) for e in _within(root, "Users", "User")),
        codes=tuple(_code(e) for e in _within(_child(root, "CodeBook"), "Codes", "Code")),
        variables=tuple(
            ExchangedVariable(_guid(e), e.get("name", ""), e.get("typeOfVariable", "Text"), _description(e))
            for e in _within(root, "Variables", "Variable")
        ),
        cases=tuple(_case(e) for e in _within(root, "Cases", "Case")),
        sources=sources,
        sets=tuple(_set(e, "targetGUID") for e in _within(root, "Sets", "Set")),
        description=_description(root),
    )
    return Read(project, tuple(notes), found)


def read_refi_codebook(path: Path) -> Read[ExchangedCodebook]:
    """The codebook in a .qdc file.

    Raises:
        Unreadable: If it is no such file.
    """
    root, notes = _parsed(read_bytes(path, largest=LARGEST_XML), "CodeBook")
    codes = tuple(_code(e) for e in _within(root, "Codes", "Code"))
    sets = tuple(_set(e, "guid") for e in _within(root, "Sets", "Set"))
    return Read(ExchangedCodebook(root.get("origin", ""), codes, sets), tuple(notes))


def _parsed(content: bytes, name: str) -> "tuple[_Element, list[str]]":
    from lxml import etree

    if len(content) > LARGEST_XML:
        raise Unreadable(f"holds more than {LARGEST_XML // 1_000_000} MB of XML. Export it in parts")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("is not UTF-8, as REFI-QDA asks. Export it again") from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise Unreadable("declares entities of its own, which no such file needs. Do not trust it")
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        raise Unreadable("is not well-formed XML. Export it again") from None
    if root is None or _name(root) != name:
        raise Unreadable(f"is XML, but holds no REFI-QDA <{name}>. Export it again")
    if _schema(name).validate(root):
        return root, []
    return root, ["The file is not quite as the standard asks; what could be read of it was read."]


@cache
def _schema(name: str) -> "XMLSchema":
    from lxml import etree

    return etree.XMLSchema(etree.parse(str(_SCHEMAS / ("Project.xsd" if name == "Project" else "Codebook.xsd"))))


class _Texts:
    """The texts in a .qdpx file, as they stand there."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = {
            PurePosixPath(name).name.casefold(): name
            for name in archive.namelist()
            if PurePosixPath(name).parent.name.casefold() == "sources"
        }

    def of(self, element: "_Element") -> str | None:
        """With the byte order mark, if there is one; None if there is no text."""
        scheme, _, place = element.get("plainTextPath", "").partition("://")
        if scheme.casefold() == "internal":
            member = self._members.get(PurePosixPath(place).name.casefold())
            try:
                return self._archive.read(member).decode("utf-8") if member else None
            except UnicodeDecodeError:
                return None
        inside = _child(element, "PlainTextContent")
        return None if inside is None else inside.text or ""


def _about_sources(root: "_Element", written: Iterable[str | None]) -> list[str]:
    notes = []
    if missing := sum(text is None for text in written):
        notes.append(
            f"{missing:,} texts have no words in the file, or not as UTF-8; what is coded in them is left out."
        )
    if other := sum(_name(e) != "TextSource" for e in _children(_child(root, "Sources"))):
        notes.append(f"{other:,} sources are pictures, PDF, sound or film, and were left out.")
    # Memos, links between things and drawings have no place here; they stay in the other program.
    for container, one, many in (("Notes", "memo", "memos"), ("Links", "link", "links"), ("Graphs", "map", "maps")):
        if held := sum(1 for _ in _children(_child(root, container))):
            notes.append(f"{held:,} {one if held == 1 else many} of the other program {_were(held)} left out.")
    return notes


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _selections(element: "_Element", written: str) -> Iterator[Selection]:
    for each in _children(element, "PlainTextSelection"):
        yield Selection(written, _number(each, "startPosition"), _number(each, "endPosition"), each.get("name", ""))


def _source(element: "_Element", written: str, counting: Counting, lost: list[int]) -> ExchangedSource:
    """`lost` takes the places of codings that have none in the text."""
    places = Places(written.removeprefix(_MARK), counting)
    codings: list[ExchangedCoding] = []
    for each in _children(element, "PlainTextSelection"):
        start = _number(each, "startPosition")
        place = places.span(start, _number(each, "endPosition"))
        for coding in _children(each, "Coding"):
            if place is None:
                lost.append(start)
            else:
                codings.append(_coding(coding, each, Span(*place)))
    codings += [_coding(coding, None, None) for coding in _children(element, "Coding")]
    return ExchangedSource(
        guid=_guid(element),
        name=element.get("name", ""),
        text=places.text,
        description=_description(element),
        codings=tuple(codings),
        values=_values(element),
    )


def _coding(element: "_Element", selection: "_Element | None", span: Span | None) -> ExchangedCoding:
    def told(name: str) -> str:
        return str(element.get(name) or ("" if selection is None else selection.get(name, "")))

    return ExchangedCoding(
        guid=_guid(element),
        code_guid=_reference(_child(element, "CodeRef")),
        span=span,
        user_guid=_plain_guid(told("creatingUser")),
        made_at=told("creationDateTime"),
        quote="" if selection is None else selection.get("name", ""),
        selection_guid="" if selection is None else _guid(selection),
    )


def _code(element: "_Element") -> ExchangedCode:
    return ExchangedCode(
        guid=_guid(element),
        name=element.get("name", ""),
        description=_description(element),
        is_codable=element.get("isCodable", "true").strip().casefold() not in {"false", "0"},
        color=element.get("color", ""),
        children=tuple(_code(child) for child in _children(element, "Code")),
    )


def _set(element: "_Element", reference: str) -> ExchangedSet:
    members = [
        _plain_guid(member.get(reference) or member.get("guid") or member.get("targetGUID") or "")
        for member in _children(element, "MemberCode")
    ]
    return ExchangedSet(_guid(element), element.get("name", ""), _description(element), tuple(members))


def _case(element: "_Element") -> ExchangedCase:
    sources = tuple(_reference(each) for each in _children(element, "SourceRef"))
    return ExchangedCase(_guid(element), element.get("name", ""), _values(element), sources)


def _values(element: "_Element") -> Values:
    return tuple(
        (_reference(_child(each, "VariableRef")), value.text or "")
        for each in _children(element, "VariableValue")
        for value in _children(each, *_VALUES)
    )


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: "_Element | None", *names: str) -> "Iterator[_Element]":
    if element is not None:
        yield from (child for child in element if not names or _name(child) in names)


def _child(element: "_Element | None", name: str) -> "_Element | None":
    return next(_children(element, name), None)


def _within(root: "_Element | None", container: str, name: str) -> "Iterator[_Element]":
    return _children(_child(root, container), name)


def _description(element: "_Element") -> str:
    found = _child(element, "Description")
    return "" if found is None else found.text or ""


def _reference(element: "_Element | None") -> str:
    return "" if element is None else _plain_guid(element.get("targetGUID", ""))


def _guid(element: "_Element") -> str:
    return _plain_guid(element.get("guid", ""))


def _plain_guid(written: str) -> str:
    """Without braces and in small letters: programs write them in either way."""
    return written.strip().strip("{}").lower()


def _number(element: "_Element", name: str) -> int:
    """-1 if there is none."""
    written = element.get(name, "").strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 12 else -1
