"""Every recogniser. To add one: write a module with such a function, and a line here."""

from collections.abc import Callable, Mapping, Sequence

from themes.deidentify.recognize.addresses import find_addresses
from themes.deidentify.recognize.births import find_births
from themes.deidentify.recognize.conditions import find_conditions
from themes.deidentify.recognize.dates import find_dates
from themes.deidentify.recognize.events import find_events
from themes.deidentify.recognize.known_names import find_known_names
from themes.deidentify.recognize.names import find_names
from themes.deidentify.recognize.origins import find_origins
from themes.deidentify.recognize.patterns import find_patterns
from themes.deidentify.recognize.places import find_places
from themes.deidentify.recognize.quantities import find_quantities
from themes.deidentify.recognize.rare_facts import find_rare_facts
from themes.deidentify.recognize.signatures import find_signatures
from themes.deidentify.recognize.singled_out import find_singled_out
from themes.deidentify.recognize.units import find_units
from themes.deidentify.weigh.own_tagger import find_with_own_tagger
from themes.deidentify.weigh.tagger import find_entities
from themes.records.privacy import Finding
from themes.records.raw import RawDocument

Recognizer = Callable[[Sequence[RawDocument]], list[list[Finding]]]
"""From a batch of whole threads to one list of findings per document, in any order, overlaps allowed."""

RECOGNIZERS: Mapping[str, Recognizer] = {
    "patterns": find_patterns,
    "births": find_births,
    "dates": find_dates,
    "quantities": find_quantities,
    "origins": find_origins,
    "addresses": find_addresses,
    "known_names": find_known_names,
    "names": find_names,
    "signatures": find_signatures,
    "places": find_places,
    "units": find_units,
    "singled_out": find_singled_out,
    "events": find_events,
    "rare_facts": find_rare_facts,
    "conditions": find_conditions,
    "spacy": find_entities,
    "own-tagger": find_with_own_tagger,
}
