"""What the rules listen for, and what they say, by language."""

from perfapi.domains.goals.languages import Language

from . import de, en, it, nl
from .vocabulary import Vocabulary as Vocabulary

LANGUAGES: dict[Language, Vocabulary] = {
    Language.ENGLISH: en.VOCABULARY,
    Language.GERMAN: de.VOCABULARY,
    Language.ITALIAN: it.VOCABULARY,
    Language.DUTCH: nl.VOCABULARY,
}
