"""What happened in the first quarter, besides check-ins; its goals are in `first.py`."""

from perfapi.domains.goals.reactions.models import ReactionKind as Kind

from .words import CalledOff, Cheered, Did, Joined, Said

TURNS = (
    Joined("daylight", 3, "Tobias Brandt"),
    Joined("prototype", 5, "Chiara Moretti"),
    Did("daylight", 8, "Ingrid Halvorsen", "Ask ten customers for an hour on their shop floor", 30),
    Did("prototype", 10, "Tobias Brandt", "Rent the climate chamber in Hamburg", 24),
    Cheered("ten-seconds", 60, "Lena Fischer", Kind.CELEBRATE),
    Cheered("ten-seconds", 61, "Tobias Brandt", Kind.THUMBS_UP),
    CalledOff(
        "chips", 63,
        "Two of our three pilot customers froze their investments, and the third now builds its "
        "own instruments. The market that we set out for is not there any more. We stop today "
        "rather than spend a quarter on hope; the optics go into Aurora.",
    ),
    CalledOff(
        "pilots", 63,
        "Ends with the company's goal. Annika and Konstantin, those were the best offers that we "
        "have ever written: we will use them for Aurora.",
    ),
)  # fmt: skip

SAID = (
    Said(
        "chips", 62, "Camille Laurent",
        "The second customer called this morning: their investments are frozen for a year. "
        "@Ingrid Halvorsen, I think that we should stop, and say so before the week is over.",
        {"Saskia de Boer": Kind.HEART},
        (
            Said(
                "", 62, "Ingrid Halvorsen",
                "I agree. It takes courage to say this after sixty days of work. Let us write down "
                "what we learned about their clean rooms; Aurora will need it.",
                {"Camille Laurent": Kind.THANKS, "Felix Hartmann": Kind.HEART},
            ),
        ),
    ),
    Said(
        "four-hours", 58, "Hannah Vogel",
        "I have to be honest: 58 % is what nine people can do. A line that stands still waits "
        "behind somebody who asks for a manual. **Can we choose?**",
        {"Beatrice Rinaldi": Kind.EYES},
        (
            Said("", 59, "Ingrid Halvorsen",
                 "Yes. Bring me the ten requests that hurt our customers most last month."),
            Said("", 60, "Hannah Vogel",
                 "All ten are lines that stood still. That makes the next goal easy to write."),
        ),
    ),
    Said(
        "ten-seconds", 66, "Laura Marino",
        "10 seconds at the gearbox works, with their stopwatch. The foreman wants to keep it.",
        {"Lukas Gruber": Kind.CELEBRATE, "Marijke Visser": Kind.CELEBRATE},
    ),
)  # fmt: skip
