"""Names of the public sphere stay, each beside somebody private who does not: invented sentences, a group each."""

from pathlib import Path

import pytest

from builders import a_raw_document
from themes.deidentify.findings import details_of
from themes.deidentify.replace.policy import Action, action_on
from themes.records.spec import CorpusSpec

STAY = {
    "ministers": "First Thérèse Coffey, then Mel Stride, then Stephen Timms: my money stayed the same.",
    "bodies": "I wrote to the Pensions Ombudsman, the Passport Office and the Social Security Advisory Committee.",
    "courts": "It went from the Crown Court to the Court of Protection and back to the Sheriff Court.",
    "providers": "Reed in Partnership passed me to Sarina Russo, who passed me to Momentum Skills.",
    "charities": "StepChange, National Debtline and the Trussell Trust did more than anyone.",
    "unions": "Usdaw, the RMT and the Royal College of Nursing all marched.",
    "campaigns": "I read it on Disability News Service, from the Disability Benefits Consortium.",
    "broadcasters": "I heard it on Radio 4, then on Radio 5 Live, and Gogglebox laughed at it.",
    "newspapers": "It was in the Yorkshire Post, the Morning Star and the Belfast Telegraph.",
    "benefits": "I get Pension Credit, the Winter Fuel Payment and the Adult Disability Payment.",
    "medicines": "They put me on Lansoprazole and Duloxetine, then Oramorph, then Zomorph.",
    "holidays": "Nobody keeps St Andrew's Day, Whitsun or Lammas any more.",
    "sayings": "I am not keeping up with the Joneses, and it is not the life of Riley either.",
    "laws": "She asked about Clare's Law, he read the Mental Capacity Act and the Equality Act.",
    "diseases": "They said Crohn's, then Raynaud's, then Osgood-Schlatter.",
    "tests": "The physio did Phalen's test and Tinel's sign, and asked for my Oswestry score.",
    "software": "They wanted it on SharePoint, I only have WordPress and Snapchat.",
    "shops": "I bought it at Home Bargains, took it back to Poundworld, and ate at a Premier Inn.",
    "brands": "A Lemsip, a Weetabix and a Jammie Dodger is what I had.",
    "days": "Sundays only, never Mondays, and no buses on Tuesdays.",
    "Thatcher": "It all began under Thatcher and it never stopped.",
    "provider and form": "G4S lost my SR1, and the PA4 came late.",
}


def masked(text: str) -> list[str]:
    (details,) = details_of([a_raw_document(text)], spec=CorpusSpec(Path("nowhere"), "invented", ()))
    return [f.span.of(text) for f in details if action_on(f, f.span.of(text), "coding") is not Action.KEEP]


@pytest.mark.parametrize("group", STAY)
def test_what_everybody_knows_stays(group: str) -> None:
    assert masked(STAY[group]) == []


@pytest.mark.parametrize(
    ("text", "details"),
    [
        ("My adviser Mel Striding rang, not Mel Stride.", ["Mel Striding"]),
        ("My work coach Clare left. Clare's Law has nothing to do with it.", ["Clare"]),
        ("My GP Dr Raynor said it is Raynaud's.", ["Raynor"]),
        ("I went to Leeds University and then to Ingeus Halifax.", ["Leeds University", "Ingeus Halifax"]),
        ("My uncle Tom and my aunt Sally went with me.", ["Tom", "Sally"]),
        ("My neighbour Riley leads the life of Riley.", ["Riley"]),
        ("Keeping up with the Joneses? My manager Mr Jones said no.", ["Jones"]),
    ],
)
def test_who_is_called_alike_is_masked(text: str, details: list[str]) -> None:
    assert masked(text) == details
