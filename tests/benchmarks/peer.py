"""One system of the table of peers, in a process of its own: `python peer.py SYSTEM IN.jsonl OUT.jsonl [--strict]`.

Reads {"id", "text"}, writes {"id", "replacements"}, prints the CPU-seconds for all texts once, start-up not included.
Needs the standard library and the system alone: each is installed apart from ours. `--strict` masks all kinds that a
system knows; without it those stay that the coding profile keeps: dates and groups of people.

`python peer.py end-to-end CORPUS_DIR` reads, cleans and de-identifies a corpus with ours, and prints words and seconds.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

Mask = tuple[int, int, str]
Masks = Callable[[str], list[Mask]]
SPACY_MODEL = os.environ.get("BENCH_SPACY_MODEL", "")
LEAST_SCORE = 0.3
"""Of a result of Presidio: below it are guesses at numbers of other countries. hyperscale's authors chose the same."""


def main() -> None:
    if sys.argv[1] == "end-to-end":
        print(json.dumps(end_to_end(sys.argv[2])))
        return
    system, source, target = sys.argv[1:4]
    masks = SYSTEMS[system]("--strict" in sys.argv)
    with Path(source).open(encoding="utf-8") as file:
        texts = [json.loads(line) for line in file]
    for text in texts[:5]:
        masks(text["text"])
    began = time.process_time()
    found = [masks(text["text"]) for text in texts]
    seconds = time.process_time() - began
    with Path(target).open("w", encoding="utf-8") as file:
        for text, spans in zip(texts, found, strict=True):
            replacements = [{"start": start, "end": end, "label": label} for start, end, label in spans]
            file.write(json.dumps({"id": text["id"], "replacements": replacements}) + "\n")
    print(json.dumps({"seconds": seconds, "words": sum(len(text["text"].split()) for text in texts)}))


def spacy_alone(strict: bool) -> Masks:
    import spacy

    tagger = spacy.load(SPACY_MODEL, exclude=["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
    wanted = set(tagger.pipe_labels["ner"]) if strict else {"PERSON", "GPE", "LOC", "ORG", "FAC"}
    return lambda text: [(e.start_char, e.end_char, e.label_) for e in tagger(text).ents if e.label_ in wanted]


def presidio_uk(strict: bool) -> Masks:
    """With its recognisers for the United Kingdom, which it ships switched off, and British phone numbers."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, predefined_recognizers
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": SPACY_MODEL}])
    engine.load()
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(nlp_engine=engine, languages=["en"])
    british = ("UkNino", "Nhs", "UkPostcode", "UkPassport", "UkVehicleRegistration", "UkDrivingLicence")
    for name in british:
        if made := getattr(predefined_recognizers, f"{name}Recognizer", None):
            registry.add_recognizer(made())
    registry.add_recognizer(predefined_recognizers.PhoneRecognizer(supported_regions=["GB"]))
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine)
    left = set() if strict else {"DATE_TIME", "NRP"}

    def masks(text: str) -> list[Mask]:
        results = analyzer.analyze(text, language="en", score_threshold=LEAST_SCORE)
        return [(r.start, r.end, r.entity_type) for r in results if r.entity_type not in left]

    return masks


def hyperscale(strict: bool) -> Masks:
    from hyperscale.pii_scanner import scan

    return lambda text: [
        (hit.start, hit.end, hit.kind.value.upper()) for hit in scan(text) if strict or hit.kind.value != "date"
    ]


def scrubadub_uk(_: bool) -> Masks:
    import scrubadub

    scrubber = scrubadub.Scrubber(locale="en_GB")
    return lambda text: [(filth.beg, filth.end, filth.type.upper()) for filth in scrubber.iter_filth(text)]


SYSTEMS: dict[str, Callable[[bool], Masks]] = {
    "spacy": spacy_alone,
    "presidio": presidio_uk,
    "hyperscale": hyperscale,
    "scrubadub": scrubadub_uk,
}


def end_to_end(folder: str) -> dict[str, float]:
    from themes.clean.document import clean
    from themes.deidentify.document import deidentify
    from themes.deidentify.self_test import self_test
    from themes.deidentify.vault.vault import Vault
    from themes.read.corpus import chunks, read_chunk
    from themes.read.spec import read_spec
    from themes.records.raw import RawDocument

    spec = read_spec(Path(folder))
    self_test()  # loads everything
    words = 0
    began = time.process_time()
    with Vault.throw_away() as vault:
        for chunk in chunks(spec):
            texts = list(cleaned(read_chunk(spec, chunk), clean, RawDocument))
            deidentify(texts, spec=spec, vault=vault)
            words += sum(len(text.text.split()) for text in texts)
    return {"seconds": time.process_time() - began, "words": words}


def cleaned(read: Iterator, clean: Callable, kind: type) -> Iterator:
    for item in read:
        if isinstance(item, kind) and isinstance(text := clean(item), kind):
            yield text


if __name__ == "__main__":
    main()
