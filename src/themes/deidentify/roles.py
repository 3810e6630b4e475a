"""The words that announce a person, and what a surrogate calls the person they announce."""

ROLE_NAMES = {
    "adviser": "dea adviser advisor advisors coach caseworker keyworker worker consultant mentor tutor trainer",
    "assessor": "assessor examiner decision-maker",
    "doctor": "gp doctor psychiatrist psychologist therapist counsellor surgeon dentist",
    "nurse": "nurse cpn midwife physio physiotherapist ot",
    "manager": "manager boss supervisor foreman employer landlord landlady headteacher teacher lecturer",
    "relative": "brother sister mum mam mom mother dad father husband wife partner son daughter nan nana nanna gran granny grandma grandad grandfather grandmother "
    "uncle auntie aunt cousin nephew niece stepson stepdaughter stepdad stepmum fiance fiancé fiancée fiancee boyfriend girlfriend twin hubby bro sis missus "
    "brother-in-law sister-in-law mother-in-law father-in-law son-in-law grandson granddaughter lad lass",
    "friend": "friend mate neighbour colleague pal buddy flatmate housemate workmate",
    "councillor": "councillor cllr mp",
}
ROLE_OF = {word: role for role, words in ROLE_NAMES.items() for word in words.split()}
KIN = (
    frozenset(ROLE_NAMES["relative"].split())
    | frozenset(ROLE_NAMES["friend"].split())
    | {"ex", "carer", "baby", "toddler", "dog", "cat"}
)
ROLES = frozenset(ROLE_OF) - KIN | {
    "receptionist",
    "guard",
    "interviewer",
    "clerk",
    "secretary",
    "solicitor",
    "carer",
    "lady",
    "lad",
    "guy",
    "bloke",
    "woman",
    "man",
    "girl",
    "chap",
    "volunteer",
    "vicar",
    "officer",
    "agent",
}
TITLE_ROLES = {
    "dr": "doctor",
    "doctor": "doctor",
    "nurse": "nurse",
    "cllr": "councillor",
    "councillor": "councillor",
    "auntie": "relative",
    "aunt": "relative",
    "uncle": "relative",
}
TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "doctor", "cllr", "councillor", "prof", "professor", "sir", "dame", "lord", "lady", "rev", "reverend", "father", "sister", "nurse", "sgt", "sergeant", "pc", "pcso", "auntie", "aunt", "uncle", "nanny", "judge", "inspector", "matron"]
)
