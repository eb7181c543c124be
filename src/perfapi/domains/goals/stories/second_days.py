"""What happened in the second quarter, besides check-ins; its goals are in `second.py`."""

from perfapi.domains.goals.models import GoalStatus, MemberRole
from perfapi.domains.goals.reactions.models import ReactionKind as Kind

from .words import Cheered, Corrected, Did, Joined, Judged, Negotiated, Said

TURNS = (
    Joined("series", 2, "Tobias Brandt"),
    Did("series", 6, "Tobias Brandt", "Freeze the design with everybody in one room", 20, 21),
    Joined("standstill", 2, "Hannah Vogel"),
    Did("standstill", 4, "Hannah Vogel", "Print the number on every instrument that we sell", 33),
    Negotiated(
        "safe-updates", 5, "One in a thousand. Is that too bold?",
        "It is bold, and it is what our customers expect. Tell me early if it gets hard.",
    ),
    Judged("safe-updates", 53, GoalStatus.OFF_TRACK),
    Joined("safe-updates", 55, "Anton Novak", MemberRole.CONTRIBUTOR),
    Joined("safe-updates", 55, "Aylin Kaya", MemberRole.CONTRIBUTOR),
    Did("safe-updates", 55, "Lukas Gruber", "A bench that pulls the plug at the worst moment", 64),
    Judged("safe-updates", 79, None),
    Cheered("safe-updates", 54, "Tobias Brandt", Kind.HEART),
    Cheered("safe-updates", 54, "Lena Fischer", Kind.HEART),
    Cheered("safe-updates", 84, "Ingrid Halvorsen", Kind.CELEBRATE),
    Cheered("standstill", 80, "Beatrice Rinaldi", Kind.CELEBRATE),
    Corrected("two-suppliers", 30, "Critical parts from a single supplier", "5"),
    Cheered("fewer-steps", 75, "Saskia de Boer", Kind.CELEBRATE),
)  # fmt: skip

SAID = (
    Said(
        "safe-updates", 53, "Lukas Gruber",
        "I set this goal to **off track** today. We have turned in circles for four weeks: the "
        "boot loader belongs to two teams and is tested by none. @Lena Fischer, could I borrow "
        "somebody who likes to break things?",
        {"Tobias Brandt": Kind.HEART, "Chiara Moretti": Kind.HEART},
        (
            Said("", 53, "Tobias Brandt",
                 "Thank you for saying it now. Nobody will ask why; let us see what you need. The "
                 "demo for the board can wait."),
            Said("", 54, "Lena Fischer",
                 "Anton and Aylin are free from tomorrow, for two weeks. Anton has a list already.",
                 {"Lukas Gruber": Kind.THANKS, "Anton Novak": Kind.THUMBS_UP}),
        ),
    ),
    Said(
        "safe-updates", 81, "Julia Krause",
        "The bench pulled the plug 9 600 times over the weekend. Every board came back.",
        {"Lukas Gruber": Kind.CELEBRATE, "Anton Novak": Kind.CELEBRATE, "Lena Fischer": Kind.HEART},
    ),
    Said(
        "build", 47, "Oskar Lindholm",
        "The aisles have to be 1.4 m wide. That costs us a bench, or a wall.",
        {},
        (Said("", 48, "Saskia de Boer",
              "Then the wall goes. Take the time; I will tell Ingrid."),),
    ),
    Said(
        "standstill", 52, "Hannah Vogel",
        "They really sent a cake from Turin: “9 ore. Grazie.” It did not survive the morning.",
        {"Ingrid Halvorsen": Kind.CELEBRATE, "Camille Laurent": Kind.HEART},
    ),
)  # fmt: skip
