"""Every recogniser. To add one: write a module with such a function, and a line here."""

from collections.abc import Callable, Mapping, Sequence

from themes.deidentify.addresses import find_addresses
from themes.deidentify.births import find_births
from themes.deidentify.conditions import find_conditions
from themes.deidentify.dates import find_dates
from themes.deidentify.events import find_events
from themes.deidentify.known_names import find_known_names
from themes.deidentify.names import find_names
from themes.deidentify.origins import find_origins
from themes.deidentify.own_tagger import find_with_own_tagger
from themes.deidentify.patterns import find_patterns
from themes.deidentify.places import find_places
from themes.deidentify.quantities import find_quantities
from themes.deidentify.rare_facts import find_rare_facts
from themes.deidentify.signatures import find_signatures
from themes.deidentify.singled_out import find_singled_out
from themes.deidentify.tagger import find_entities
from themes.deidentify.units import find_units
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
