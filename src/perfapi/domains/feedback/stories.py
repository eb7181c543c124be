"""What people of the demo have told each other in the last quarter, the oldest first."""

from dataclasses import dataclass, field

from .models import FeedbackKind, FeedbackVisibility
from .reactions.models import FeedbackReactionKind

APPLAUSE, HEART, ROCKET = (
    FeedbackReactionKind.APPLAUSE,
    FeedbackReactionKind.HEART,
    FeedbackReactionKind.ROCKET,
)
CELEBRATE, IDEA = FeedbackReactionKind.CELEBRATE, FeedbackReactionKind.IDEA

VALUES = {
    "Look closely": "We measure before we judge, and say how sure we are.",
    "Finish together": "Nothing is done until whoever needs it can use it.",
    "Say it kindly": "We speak with each other, clearly and with respect.",
    "Keep it simple": "The simplest thing that works is the one we build.",
}


@dataclass(frozen=True)
class Told:
    """One piece of feedback. Cheers are how many people react in which way."""

    ago: int
    by: str
    to: tuple[str, ...]
    text: str
    values: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    cheers: dict[FeedbackReactionKind, int] = field(default_factory=dict)
    answers: tuple[tuple[str, str], ...] = ()
    """Who said what about it."""
    kind: FeedbackKind = FeedbackKind.PRAISE
    visibility: FeedbackVisibility | None = None
    is_thanked: bool = False
    is_new: bool = False
    """It still waits for its receivers."""


@dataclass(frozen=True)
class Asked:
    ago: int
    by: str
    to: tuple[str, ...]
    questions: tuple[str, ...]
    about: str | None = None
    visibility: FeedbackVisibility = FeedbackVisibility.RECIPIENT
    due_in: int | None = None
    answers: dict[str, str] = field(default_factory=dict)
    declines: dict[str, str] = field(default_factory=dict)


PRAISE = (
    Told(
        82, "Camille Laurent", ("Felix Hartmann", "Sofia Romano"),
        "You agreed on **one** price list for north and south in a single afternoon, after we had "
        "talked about it for a year. Customers now hear the same number from both of you.",
        ("Keep it simple",), (), {APPLAUSE: 9, ROCKET: 3}, is_thanked=True,
    ),
    Told(
        77, "Amira Haddad", ("Oskar Lindholm",),
        "When the third batch failed the drift test, Oskar stopped the line himself and called us "
        "in. It cost a shift and saved a recall.",
        ("Look closely",), ("Judgement",), {APPLAUSE: 12, HEART: 4},
        (("Saskia de Boer", "That is what I want us to be known for."),), is_thanked=True,
    ),
    Told(
        71, "Anton Novak", ("Lena Fischer",),
        "Lena asked me in our one-to-one what I would do if nobody had to agree. Two weeks later "
        "that idea is in the release.",
        ("Say it kindly",), ("Coaching",), {HEART: 7}, is_thanked=True,
    ),
    Told(
        66, "Hannah Vogel", ("Marijke Visser",),
        "Marijke sat with us on the phones for two days before she drew anything. The new return "
        "form has halved the questions that we get about it: 34 a day, now 16.",
        ("Look closely", "Finish together"), ("User research",), {APPLAUSE: 8, CELEBRATE: 5},
        (("Marijke Visser", "The best two days of my month, thank you for having me."),),
        is_thanked=True,
    ),
    Told(
        60, "Lukas Gruber", ("Chiara Moretti",),
        "Chiara's lab sent us the lens data as a plain table *with* the error of each value. Our "
        "filter needed half the code.",
        ("Keep it simple",), (), {ROCKET: 6, IDEA: 2}, is_thanked=True,
    ),
    Told(
        55, "Priya Raman", ("Beatrice Rinaldi",),
        "Beatrice called each of the eleven people whose contract changed before the letter went "
        "out. Nobody was surprised, and three of them wrote to say so.",
        ("Say it kindly",), ("Empathy",), {HEART: 14},
        (("Jonas Weber", "I heard the same from my team."),), is_thanked=True,
    ),
    Told(
        49, "Davide Conti", ("Jan Kowalski",),
        "Jan moved the stock system on a Sunday night, and on Monday at six the first truck left "
        "on time. Grazie!",
        ("Finish together",), (), {APPLAUSE: 11, ROCKET: 4}, is_thanked=True,
    ),
    Told(
        44, "Tobias Brandt", ("Lena Fischer", "Lukas Gruber"),
        "Platform and Firmware planned the quarter at one table. The list of what waits for whom "
        "went from 19 lines to 4.",
        ("Finish together",), ("Planning",), {APPLAUSE: 10, CELEBRATE: 3}, is_thanked=True,
    ),
    Told(
        38, "Sofia Romano", ("Hannah Vogel",),
        "A customer in Turin told me that your agent called back *twice* to see whether the fix "
        "held. They renewed for three years.",
        ("Look closely",), (), {HEART: 6, CELEBRATE: 4}, is_thanked=True,
    ),
    Told(
        33, "Jonas Weber", ("Davide Conti",),
        "Davide showed the freight costs with three scenarios and said which one he would choose "
        "and why. We decided in ten minutes.",
        ("Keep it simple",), ("Presenting",), {APPLAUSE: 5}, is_thanked=True,
    ),
    Told(
        27, "Marijke Visser", ("Anton Novak",),
        "Anton built the search so that it also finds what people *misspell*, and wrote down for "
        "us how he chose the examples. We use the list in every test now.",
        ("Finish together",), ("Writing",), {ROCKET: 9, APPLAUSE: 4},
        (("Lena Fischer", "And it is fast, too."),), is_thanked=True,
    ),
    Told(
        22, "Ingrid Halvorsen", ("Amira Haddad",),
        "The auditors asked for the calibration records of 2019. Amira had them on the table "
        "before the coffee was.",
        ("Look closely",), (), {APPLAUSE: 16, HEART: 3}, is_thanked=True,
    ),
    Told(
        17, "Felix Hartmann", ("Niklas Berg",),
        "Niklas turned our stand at the fair into a bench where people could measure something "
        "themselves. 140 conversations instead of 60 last year.",
        ("Keep it simple",), ("Ideas",), {CELEBRATE: 8, IDEA: 5}, is_thanked=True,
    ),
    Told(
        12, "Lena Fischer", ("Anton Novak",),
        "On Friday the import stood still. Anton wrote every ten minutes what he knew and what he "
        "tried, so that nobody had to ask, and found the cause by four.",
        ("Say it kindly", "Look closely"), ("Calm under pressure",), {APPLAUSE: 9, HEART: 2},
        is_thanked=True,
    ),
    Told(
        8, "Chiara Moretti", ("Amira Haddad", "Oskar Lindholm"),
        "You two explained the tolerance stack to our new physicists with a shoe box and a torch. "
        "They still talk about it.",
        ("Keep it simple",), ("Teaching",), {HEART: 7, IDEA: 3},
    ),
    Told(
        5, "Jan Kowalski", ("Priya Raman",),
        "Priya read every one of the 48 answers on the new shift plan and answered them, also the "
        "angry ones.",
        ("Say it kindly",), (), {HEART: 10},
    ),
    Told(
        3, "Niklas Berg", ("Camille Laurent",),
        "Camille let the youngest in the room speak first. We heard two things that none of us "
        "had known.",
        ("Say it kindly",), ("Listening",), {APPLAUSE: 6},
    ),
    Told(
        1, "Marijke Visser", ("Lena Fischer",),
        "Lena's team opened their test device for our study within an hour, with somebody beside "
        "it who explained it.",
        ("Finish together",), (), {ROCKET: 4, HEART: 2}, is_new=True,
    ),
)  # fmt: skip

ADVICE = (
    Told(
        63, "Lena Fischer", ("Anton Novak",),
        "In Tuesday's review you answered the questions before they were finished. I could see "
        "that Ruben gave up on his second one. Next time, count to three before you answer: your "
        "answers are good enough to wait.",
        kind=FeedbackKind.ADVICE, is_thanked=True,
        answers=(("Anton Novak", "I had not noticed. I will try it on Thursday."),),
    ),
    Told(
        46, "Anton Novak", ("Lena Fischer",),
        "When the date was moved on Monday, we read it in the calendar. Three of us had promised "
        "something to others by then. I would have liked to hear it from you the day before, even "
        "without a reason yet.",
        kind=FeedbackKind.ADVICE, is_thanked=True,
    ),
    Told(
        29, "Tobias Brandt", ("Lena Fischer",),
        "Your summary for the board took eleven pages. They decided on page two. Could you put the "
        "decision and its price first, and the way there behind it?",
        kind=FeedbackKind.ADVICE, visibility=FeedbackVisibility.RECIPIENT_AND_MANAGER,
        is_thanked=True,
    ),
    Told(
        19, "Hannah Vogel", ("Anton Novak",),
        "You closed our ticket 311 as solved; on our side the list stayed empty until the next "
        "morning. A line such as *visible from tomorrow* would have spared us nine calls.",
        kind=FeedbackKind.ADVICE, visibility=FeedbackVisibility.RECIPIENT_AND_MANAGER,
        is_thanked=True,
    ),
    Told(
        2, "Marijke Visser", ("Anton Novak",),
        "In this morning's demo you showed the settings first, and people lost the thread before "
        "the search came. Begin with what a customer wants to find; the settings can wait.",
        kind=FeedbackKind.ADVICE, is_new=True,
    ),
)  # fmt: skip

ASKED = (
    Asked(
        24, "Anton Novak", ("Marijke Visser", "Hannah Vogel", "Jan Kowalski"),
        (
            "What in my work of this quarter helped you most?",
            "What should I do differently in reviews?",
        ),
        answers={
            "Hannah Vogel": "It helped most that you wrote down what the search does **not** find. "
            "In reviews: ask us first what we expect to see, we often mean different things.",
        },
        declines={"Jan Kowalski": "We hardly worked together this quarter; ask me next time."},
        due_in=6,
    ),
    Asked(
        9, "Lena Fischer", ("Tobias Brandt", "Lukas Gruber"),
        ("Where could I have let the team decide by itself?",),
        answers={
            "Lukas Gruber": "The choice of the queue was theirs to make: they had measured it. You "
            "decided on the day before they showed it.",
        },
    ),
    Asked(
        4, "Lena Fischer", ("Marijke Visser", "Hannah Vogel"),
        ("How does Anton work with people outside of our team?",),
        about="Anton Novak", visibility=FeedbackVisibility.REQUESTER, due_in=7,
    ),
    Asked(
        2, "Tobias Brandt", ("Lena Fischer", "Chiara Moretti"),
        ("Which of my decisions cost you time this month?",), due_in=5,
    ),
)  # fmt: skip
