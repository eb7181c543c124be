from perfapi.domains.writing.coach import advise
from perfapi.domains.writing.documents import advice_document
from perfapi.domains.writing.languages import CoachLanguage
from perfapi.domains.writing.schemas import CoachAdvice


def test_a_document_tells_places_in_code_units() -> None:
    text = "😀😀 You are lazy. Yesterday."
    advice = advise(text, language=CoachLanguage.ENGLISH)

    document = advice_document(text, advice)

    assert text[3:15] == "You are lazy"
    assert document == {
        "language": "en",
        "remarks": [
            {
                "rule": "personality",
                "kind": "respectful",
                "start": 5,
                "end": 17,
                "words": "You are lazy",
                "softeners": None,
            }
        ],
        "structure": [{"part": "situation", "start": 19, "end": 28}],
    }
    CoachAdvice.model_validate(document)
