"""Exchanged projects and codebooks as the files of REFI-QDA 1.5: .qdpx (a zip of XML and texts) and .qdc (XML).

Equal records give equal bytes. What the schemas do not allow is left out, such as empty lists.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from themes.records.exchange import (
    ExchangedCode,
    ExchangedCodebook,
    ExchangedCoding,
    ExchangedProject,
    ExchangedSet,
    ExchangedSource,
    Values,
)
from themes.records.positions import PLAIN, Counting, Places

if TYPE_CHECKING:
    from lxml.etree import _Element

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
# What XML 1.0 cannot hold.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Profile:
    """How a program wants its files."""

    name: str
    counting: Counting = PLAIN
    line_end: str = "\n"


PROFILES = {
    "spec": Profile("spec"),
    # Said to count as Windows does inside: an emoji as two.
    "nvivo": Profile("nvivo", Counting(utf16=True)),
    # QualCoder's exports for MAXQDA: line ends of two characters that count as one.
    "maxqda": Profile("maxqda", Counting(line_end_is_one=True), "\r\n"),
}


def write_project(project: ExchangedProject, path: Path, *, profile: Profile, moment: datetime) -> None:
    """Write a .qdpx file.

    Args:
        project: What it is to hold.
        path: Written to as it is; the caller puts it in place.
        profile: How offsets and line ends are written.
        moment: The time that the members of the zip carry.
    """
    stamp = moment.timetuple()[:6]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, content: bytes) -> None:
            member = zipfile.ZipInfo(name, stamp)
            member.external_attr = 0o600 << 16
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)

        add("project.qde", project_xml(project, profile))
        for source in project.sources:
            add(f"sources/{source.guid}.txt", _as_written(source.text, profile).encode("utf-8"))


def project_xml(project: ExchangedProject, profile: Profile) -> bytes:
    """The member project.qde."""
    root = _root("Project", PROJECT)
    _set(root, name=project.name, origin=project.origin, creationDateTime=project.made_at)
    root.set("name", _clean(project.name))  # required, also if empty
    if project.users:
        users = _below(root, "Users")
        for user in project.users:
            _set(_below(users, "User"), guid=user.guid, name=user.name)
    if project.codes:
        _add_codes(_below(_below(root, "CodeBook"), "Codes"), project.codes)
    if project.variables:
        variables = _below(root, "Variables")
        for variable in project.variables:
            element = _below(variables, "Variable")
            _set(element, guid=variable.guid, name=variable.name, typeOfVariable=variable.kind)
            _describe(element, variable.description)
    if project.cases:
        cases = _below(root, "Cases")
        for case in project.cases:
            element = _below(cases, "Case")
            _set(element, guid=case.guid, name=case.name)
            _add_values(element, case.values)
            for source_guid in case.source_guids:
                _set(_below(element, "SourceRef"), targetGUID=source_guid)
    if project.sources:
        sources = _below(root, "Sources")
        for source in project.sources:
            _add_source(sources, source, profile)
    _add_sets(root, project.sets, "targetGUID")
    _describe(root, project.description)
    return _bytes(root)


def codebook_xml(codebook: ExchangedCodebook) -> bytes:
    """A .qdc file."""
    root = _root("CodeBook", CODEBOOK)
    _set(root, origin=codebook.origin)
    _add_codes(_below(root, "Codes"), codebook.codes)
    _add_sets(root, codebook.sets, "guid")
    return _bytes(root)


def _add_codes(parent: "_Element", codes: Iterable[ExchangedCode]) -> None:
    for code in codes:
        element = _below(parent, "Code")
        _set(element, guid=code.guid, name=code.name, isCodable=str(code.is_codable).lower(), color=code.color)
        _describe(element, code.description)
        _add_codes(element, code.children)


def _add_source(parent: "_Element", source: ExchangedSource, profile: Profile) -> None:
    element = _below(parent, "TextSource")
    _set(element, guid=source.guid, name=source.name, plainTextPath=f"internal://{source.guid}.txt")
    _describe(element, source.description)
    places = Places(_as_written(source.text, profile), profile.counting)
    on_stretches = [coding for coding in source.codings if coding.span is not None]
    for _, alike in groupby(on_stretches, key=lambda coding: coding.selection_guid or coding.guid):
        _add_selection(element, list(alike), places)
    for coding in source.codings:
        if coding.span is None:
            _add_coding(element, coding)
    _add_values(element, source.values)


def _add_selection(parent: "_Element", codings: Sequence[ExchangedCoding], places: Places) -> None:
    first = codings[0]
    assert first.span is not None
    selection = _below(parent, "PlainTextSelection")
    _set(
        selection,
        guid=first.selection_guid or first.guid,
        name=first.quote,
        startPosition=str(places.counted(first.span.start)),
        endPosition=str(places.counted(first.span.end)),
        creatingUser=first.user_guid,
        creationDateTime=first.made_at,
    )
    for coding in codings:
        _add_coding(selection, coding)


def _add_coding(parent: "_Element", coding: ExchangedCoding) -> None:
    element = _below(parent, "Coding")
    _set(element, guid=coding.guid, creatingUser=coding.user_guid, creationDateTime=coding.made_at)
    _set(_below(element, "CodeRef"), targetGUID=coding.code_guid)


def _add_values(parent: "_Element", values: Values) -> None:
    for variable_guid, value in values:
        element = _below(parent, "VariableValue")
        _set(_below(element, "VariableRef"), targetGUID=variable_guid)
        _below(element, "TextValue").text = _clean(value)


def _add_sets(root: "_Element", sets: Sequence[ExchangedSet], reference: str) -> None:
    if sets:
        parent = _below(root, "Sets")
        for one in sets:
            element = _below(parent, "Set")
            _set(element, guid=one.guid, name=one.name)
            _describe(element, one.description)
            for code_guid in one.code_guids:
                _below(element, "MemberCode").set(reference, code_guid)


def _as_written(text: str, profile: Profile) -> str:
    return text if profile.line_end == "\n" else text.replace("\n", profile.line_end)


def _root(name: str, namespace: str) -> "_Element":
    from lxml import etree

    return etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})  # type: ignore[dict-item]  # the stubs forget the default


def _below(parent: "_Element", name: str) -> "_Element":
    from lxml import etree

    return etree.SubElement(parent, f"{str(parent.tag).rpartition('}')[0]}}}{name}")


def _describe(element: "_Element", words: str) -> None:
    if words:
        _below(element, "Description").text = _clean(words)


def _set(element: "_Element", **attributes: str) -> None:
    for name, value in attributes.items():
        if value:
            element.set(name, _clean(value))


def _clean(words: str) -> str:
    return NOT_XML.sub("\ufffd", words)


def _bytes(root: "_Element") -> bytes:
    from lxml import etree

    etree.indent(root, " ")
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return written + b"\n"
