"""One client of REFI-QDA in a process of its own: `python exchange_peer.py SYSTEM FILE FOLDER`. Prints JSON.

A client that reads says what it found: {"codings": [[text, words, code, coder]], "codes", "cases", "values"}, null
where it reads no such thing. One that writes puts its file into FOLDER and says what is in it. Needs the standard
library and the client alone: each is installed apart from ours, and those under the GPL are never part of our process.
"""

import contextlib
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

Said = dict[str, Any]


def main() -> None:
    system, file, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    with contextlib.redirect_stdout(sys.stderr):  # some talk
        said = SYSTEMS[system](file, folder)
    print(json.dumps(said))


def pyrefiqda(file: Path, folder: Path) -> Said:
    from pyrefiqda import RefiProject

    project = RefiProject.load(file, extract_dir=str(folder / "unpacked"))
    codes: dict[str, str] = {}

    def walk(given: Any) -> None:
        for code in given:
            codes[code.guid] = code.name
            walk(code.code)

    walk(project.code_book.codes.code)
    users = {user.guid: user.name for user in project.users.user}
    codings, values = [], 0
    for source in project.sources.text_source:
        path = RefiProject.resolve_source_path(source.plain_text_path, folder / "unpacked")
        text = path.read_bytes().decode("utf-8")
        values += len(source.variable_value)
        for each in source.plain_text_selection:
            words = text[each.start_position : each.end_position]
            codings += [
                [source.name, words, codes[c.code_ref.target_guid], users[c.creating_user]] for c in each.coding
            ]
    return {"codings": codings, "codes": len(codes), "cases": len(project.cases.case), "values": values}


def pyrefiqda_saves(file: Path, folder: Path) -> Said:
    """Reads the file and writes it again: what stands in it must come back."""
    from pyrefiqda import RefiProject

    project = RefiProject.load(file, extract_dir=str(folder / "unpacked"))
    RefiProject.save(project, folder / "saved.qdpx", source_media_dir=folder / "unpacked")
    return {"file": "saved.qdpx"}


def pyqdpx(file: Path, _: Path) -> Said:
    """Counts as NVivo does: a character beyond the first 65,536 gets another behind it, which is taken away here."""
    from pyqdpx import QDPX

    project = QDPX(str(file)).get_project()
    codings = [
        [source.name, selection.text.replace("\u200b", ""), selection.code.name, selection.user.name]
        for source in project.sources.values()
        for selection in source.coded_selections.values()
    ]
    return {"codings": codings, "codes": len(project.codes), "cases": None, "values": None}


def potato(file: Path, _: Path) -> Said:
    from potato.importers.text.qdpx_importer import QDPXImporter

    read = QDPXImporter().parse_path(file)
    codings = [[d.instance_id, s.text, s.label, s.annotator] for d in read.documents for s in d.spans]
    return {"codings": codings, "codes": len(read.labels), "cases": None, "values": None}


def taguette(file: Path, folder: Path) -> Said:
    """Reads codebooks as CSV and writes them as .qdc."""
    from taguette.export import codebook_xml
    from taguette.import_codebook import list_tags

    with file.open("rb") as opened:
        tags = list_tags(opened)
    codebook_xml([SimpleNamespace(path=tag["path"]) for tag in tags], str(folder / "taguette.qdc"))
    return {"file": "taguette.qdc", "names": [tag["path"] for tag in tags]}


def aqda(_: Path, folder: Path) -> Said:
    """An independent producer: texts with emoji and line ends, overlapping codings, a code below a code."""
    os.environ["AQDA_DATA_DIR"] = str(folder / "aqda")
    from aqda.app import app
    from starlette.testclient import TestClient

    texts = {f"t{n}": f"Kind 👍🏽 {n}.\n\nThen “they” sanctioned me 😡 twice.\nÉtait-ce juste?" for n in range(20)}
    stretches = ("Kind 👍🏽", "sanctioned me 😡 twice", "😡 twice.\nÉtait-ce")
    codings = []
    with TestClient(app, base_url="http://127.0.0.1") as client:

        def post(place: str, **sent: Any) -> Any:
            answer = client.post(f"/api/{place}", **sent)
            answer.raise_for_status()
            return answer.json()

        project = post("projects", json={"name": "Invented"})["id"]
        first = post("codes", json={"project_id": project, "name": "Sanctions"})["id"]
        second = post("codes", json={"project_id": project, "name": "Fear", "parent_id": first})["id"]
        names = {first: "Sanctions", second: "Fear"}
        for name, text in texts.items():
            file = {"file": (f"{name}.txt", text.encode("utf-8"), "text/plain")}
            document = post("documents", data={"project_id": str(project)}, files=file)["id"]
            for at, words in enumerate(stretches):
                start, code = text.index(words), (first, second)[at % 2]
                place = {"start_pos": start, "end_pos": start + len(words), "selected_text": words}
                post("codings", json={"document_id": document, "code_id": code, **place})
                codings.append([f"{name}.txt", words, names[code]])
        (folder / "aqda.qdpx").write_bytes(client.get(f"/api/export/{project}/qdpx").content)
        (folder / "aqda.qdc").write_bytes(client.get(f"/api/export/{project}/qdc").content)
    return {"file": "aqda.qdpx", "codings": codings, "names": sorted(names.values())}


SYSTEMS = {
    "pyrefiqda": pyrefiqda,
    "pyrefiqda-saves": pyrefiqda_saves,
    "pyqdpx": pyqdpx,
    "potato": potato,
    "taguette": taguette,
    "aqda": aqda,
}

if __name__ == "__main__":
    main()
