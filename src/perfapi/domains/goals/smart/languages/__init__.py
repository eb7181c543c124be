"""What the rules listen for, and what they say, by language."""

from perfapi.domains.goals.languages import GoalLanguage

from . import de, en, it, nl
from .vocabulary import Vocabulary as Vocabulary

LANGUAGES: dict[GoalLanguage, Vocabulary] = {
    GoalLanguage.ENGLISH: en.VOCABULARY,
    GoalLanguage.GERMAN: de.VOCABULARY,
    GoalLanguage.ITALIAN: it.VOCABULARY,
    GoalLanguage.DUTCH: nl.VOCABULARY,
}
