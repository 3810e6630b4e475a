import re

from selectolax.lexbor import LexborHTMLParser as HTMLParser

from builders import a_code, a_codebook, a_coding, a_prevalence, a_project
from report.test_document import CODEBOOK, invented
from themes.disclosure import release
from themes.read.codebook import packaged_codebook, read_codebook
from themes.records.project import Audience
from themes.report.checklist import YOURS, checklist
from themes.report.documents import write_report


def answers(**fields):
    return {item.number: item for item in checklist(release(a_project(**fields), Audience.TEAM))}


def test_each_item_asked_for_is_there_once_in_its_order():
    assert list(answers()) == [*(f"COREQ {n}" for n in range(24, 33)), *(f"SRQR {n}" for n in range(1, 22))]


def test_coders_and_codes_are_those_of_the_run():
    found = answers(codebook=a_codebook(a_code("a"), a_code("b"), groups={"G": "Group"}), codings=(a_coding(),))
    assert found["COREQ 24"].says == "One machine, and no person yet."
    assert found["COREQ 25"].says == "2 codes in 1 group; each says what counts."
    found = answers(codings=(a_coding(), a_coding(coder_id="A1"), a_coding(coder_id="A2")))
    assert found["COREQ 24"].says == "One machine, and 2 people."


def test_what_the_program_cannot_know_is_left_to_the_researcher():
    found = answers()
    yours = {name for name, item in found.items() if item.says == YOURS}
    assert yours == {"SRQR 3", "SRQR 4", "SRQR 6", "SRQR 7", "SRQR 10", "SRQR 18", "SRQR 20", "SRQR 21"}
    assert found["COREQ 28"].says.endswith(YOURS)
    assert answers(codebook=CODEBOOK)["SRQR 4"].place == "questions"


def test_trust_is_claimed_as_far_as_people_looked():
    assert answers()["SRQR 15"].says == "No person has checked the coding yet."
    looked = answers(codings=(a_coding(coder_id="A1"),))["SRQR 15"]
    assert looked.says == "People checked some excerpts, not a sample drawn by chance."
    share = a_prevalence(share=0.2, low=0.1, high=0.3, method="estimated from 40 reviewed by chance")
    cases = invented(100).cases
    assert answers(cases=cases, prevalences=(a_prevalence("", 100), share))["SRQR 15"].place == "shares"


def test_each_answer_leads_to_a_place_that_is_there(tmp_path):
    page = HTMLParser(write_report(release(invented(), Audience.TEAM), tmp_path).read_text(encoding="utf-8"))
    places = {a.attributes["href"].removeprefix("#") for a in page.css("#checklist a")}
    assert places
    assert places <= {node.id for node in page.css("[id]")}


def test_benefits_and_schemes_in_the_packaged_glossary_have_their_years():
    glossary = read_codebook(packaged_codebook()).glossary
    dated = {"IB", "WCA", "Work Choice", "Work Programme", "ESA", "JSA", "DLA", "PIP", "UC", "WRAG", "fit note"}
    assert {word for word in dated if not re.search(r"\b(19|20)\d\d\b", glossary[word])} == set()
