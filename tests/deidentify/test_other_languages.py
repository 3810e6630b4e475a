import pytest

from builders import a_raw_document
from themes.deidentify.document import deidentify
from themes.deidentify.other_languages import REASON, in_another_language
from themes.deidentify.vault.vault import Vault
from themes.records.spec import CorpusSpec

OTHERS = {
    "Welsh": "Es i i'r ganolfan waith ddydd Llun a dywedodd fy nghynghorydd Gareth wrthyf fod rhaid i mi wneud cais am "
    "ddeg swydd bob wythnos",
    "Polish": "Poszłam do urzędu pracy z moim doradcą Markiem i powiedział mi że muszę szukać pracy codziennie bo "
    "inaczej stracę zasiłek",
    "French": "Je suis allée au centre pour l'emploi avec mon conseiller Jean et il m'a dit que je devais travailler "
    "chaque semaine sans salaire pendant un mois",
    "German": "Ich war beim Amt und mein Berater hat gesagt, dass ich jede Woche zehn Bewerbungen schreiben muss, "
    "sonst wird das ganze Geld gestrichen und ich weiß nicht weiter",
    "Spanish": "Fui a la oficina de empleo con mi asesor Carlos y me dijo que no tenía derecho a la ayuda porque no "
    "había firmado",
    "Finnish": "Kävin työvoimatoimistossa ja neuvoja sanoi että minun on haettava töitä joka päivä tai muuten tuki "
    "katkeaa eikä kukaan auta",
    "Hungarian": "Elmentem a hivatalba és az ügyintéző azt mondta hogy minden nap munkát kell keresnem mert különben "
    "nem kapok pénzt",
    "Somali": "Waxaan aaday xafiiska shaqada waxaana ila hadlay la taliyaha Cabdi wuxuuna ii sheegay in lacagta la iga "
    "joojinayo",
}


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_a_paragraph_in_another_language_is_told(text: str) -> None:
    assert in_another_language(text)
    assert in_another_language(f"I was told to write it down.\n\n{text}\n \nThat is all I have to say.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Merci beaucoup, mon ami, c'est la vie!",  # too few words to tell
        "Ah wis sent hame an ma faither wis fair scunnered, nae bus, nae money, an the wean greetin the hale wey hame",
        "i wnet too teh jbocentre an tehy siad i coud nto hav my mony becos i ddint sgin teh frm in tiem agian",
        (
            "Signed: Yetunde Afolabi-Crane, Peregrine Oaks, T. M'Bala, Zbigniew Wójcik, Siobhán Ní Bhraonáin, Jo Eze, "
            "Ngozi Adichie, Xiomara Pérez, Llewelyn ap Gruffudd, Marek Kowalczyk, Bronwen Prys-Jones, Ifeoma Eze"
        ),
        (
            "@quilla @zebbo @tamselwren http://example.com/wojcik #dzien #praca @kowalczyk @quilla @zebbo @nieszpor "
            "@tamselwren @wren @zofia @marek"
        ),
        "anxious tired worthless hopeless suicidal sleepless tearful isolated angry ashamed frightened judged",
        (
            "They asked what I have.\n\ndepression anxiety fibromyalgia asthma eczema insomnia epilepsy arthritis "
            "dyslexia psoriasis tinnitus migraines sciatica\n\nThen they sanctioned me and I nearly lost my flat."
        ),
        (
            "What I need: counselling, physiotherapy, cbt, advocacy, interpreters, adjustments, wheelchair, quietness, "
            "timetables, patience, kindness, mentoring"
        ),
        "i woz propa gutted wen dey stopt me muny coz i dint no i ad 2 sine on dat day",
        "diclofenac, omeprazole, gabapentin, amitriptyline: all stopped, all started, and none of it worked for me",
    ],
)
def test_english_of_any_sort_and_lists_of_names_are_read(text: str) -> None:
    assert not in_another_language(text)


def test_a_text_of_which_half_the_words_are_known_to_nobody_is_told() -> None:
    names, unknown = (
        "nia gaz ceri shaz siobhan oluwaseun gareth".split(),
        "zorbu quilva tesmi plonda vrexo mundip".split(),
    )
    assert not in_another_language(" ".join([*names, *names]))
    assert not in_another_language(" ".join([*names, *unknown[:5]]))
    assert in_another_language(" ".join([*names[:6], *unknown]))


def test_a_list_of_long_words_that_nobody_knows_is_no_language() -> None:
    words = "zorb quil tesm plon vrex mund karb dlep fulq snig brov teqa mulb grend plisk thern vosk".split()
    short = ["zu", "la", "ko"]
    assert not in_another_language(" ".join(words))
    assert not in_another_language(" ".join([*words, *short[:2]]))
    assert in_another_language(" ".join([*words, *short]))


def test_words_between_surrogates_count() -> None:
    assert in_another_language(
        "zorbu quil zu la ko tesmi plonda vrexo mundip tarnu fulqa snigo ".replace(" ", "[person K7QX2M] ")
    )


def test_one_word_in_fifteen_that_is_english_too_may_be_chance() -> None:
    unknown = "zorbu quilva tesmi plonda vrexo mundip zu la ko tarnu fulqa snigo brova teqal"
    assert in_another_language(f"{unknown} did")
    assert not in_another_language(f"{unknown} did that")


def test_an_apostrophe_is_one_however_it_is_set() -> None:
    text = "i'm gonig nwoher fsat, don't cair waht tehy siad, ive ben sik sinse teh intervew"
    assert not in_another_language(text)
    assert not in_another_language(text.replace("'", "’"))
    assert in_another_language(text.replace("i'm", "eim").replace("don't", "dunto"))


def test_such_a_text_is_kept_out_with_a_reason_and_the_others_go_on(spec: CorpusSpec, vault: Vault) -> None:
    texts = [OTHERS["Polish"], "My adviser Karen rang."]
    raw = [a_raw_document(t, document_key=str(n), thread=str(n), case_key=str(n)) for n, t in enumerate(texts)]
    result = deidentify(raw, spec=spec, vault=vault)
    assert [one.reason for one in result.quarantined] == [REASON]
    assert [document.document_id for document in result.documents] == [vault.keyed_id("document", "1")]
