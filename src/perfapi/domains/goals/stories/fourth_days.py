"""What has happened in the running quarter, besides check-ins; its goals are in `fourth.py`."""

from perfapi.domains.goals.models import GoalStatus, MemberRole
from perfapi.domains.goals.reactions.models import ReactionKind as Kind

from .words import CalledOff, Cheered, Corrected, Did, Joined, Judged, Negotiated, Said

TURNS = (
    Joined("aurora", 3, "Tobias Brandt"),
    Joined("aurora", 3, "Camille Laurent", MemberRole.CONTRIBUTOR),
    Joined("cloud", 6, "Lukas Gruber"),
    Joined("cloud", 6, "Anton Novak", MemberRole.CONTRIBUTOR),
    Joined("returns", 23, "Leonie Busch", MemberRole.CONTRIBUTOR),
    Joined("returns", 23, "Elisa Testa", MemberRole.CONTRIBUTOR),
    Joined("returns", 30, "Davide Conti", MemberRole.CONTRIBUTOR),
    Did("aurora", 5, "Tobias Brandt", "Name a price that customers understand", 19, 20),
    Did("aurora", 26, "Camille Laurent", "Find somebody who translates the display to Japanese",
        due=75),
    Did("cloud", 8, "Lena Fischer", "Field test with three customers", 45, 50),
    Did("cloud", 20, "Anton Novak", "Move the gateway to the new region", due=70),
    Did("returns", 24, "Leonie Busch", "Open fifty returns in which we found no fault", 44, 45),
    Did("returns", 45, "Elisa Testa", "Compare three connectors that keep water out", due=66),
    Negotiated(
        "cloud", 6, "500 devices by the end, if the new region is ready in time.",
        "Agreed. If the region is late we talk about 400, and not about overtime.",
    ),
    Negotiated(
        "learn", 4, "30 interviews, half of them with people who did not buy.",
        "Yes, please. I would like to come along to one of those.",
    ),
    Judged("returns", 41, GoalStatus.OFF_TRACK),
    Judged("calibrate", 45, GoalStatus.AT_RISK),
    Corrected("voices", 24, "Customers who speak for us", "10"),
    Cheered("learn", 40, "Tobias Brandt", Kind.CELEBRATE),
    Cheered("same-day", 48, "Ingrid Halvorsen", Kind.CELEBRATE),
    Cheered("build", 48, "Ingrid Halvorsen", Kind.HEART),
    Cheered("cloud", 47, "Anton Novak", Kind.CELEBRATE),
    Cheered("cloud", 47, "Tobias Brandt", Kind.THUMBS_UP),
    CalledOff(
        "Emil Sorensen", 38,
        "The law has been put off by two years, and nobody else asks for it. I keep my notes, "
        "and help Greta with travel costs instead.",
    ),
    Negotiated("Anton Novak", 53, "Is this the right size for what is left of the quarter?"),
)  # fmt: skip

SAID = (
    Said(
        "aurora", 45, "Lena Fischer",
        "The second series left the hall on Tuesday. **All 12 passed the drop test.**",
        {
            "Ingrid Halvorsen": Kind.CELEBRATE, "Anton Novak": Kind.CELEBRATE,
            "Beatrice Rinaldi": Kind.HEART,
        },
        (
            Said("", 46, "Ingrid Halvorsen",
                 "Wonderful. Please thank the whole team from me."),
            Said("", 46, "Anton Novak",
                 "Will do! Two of the customers asked for a demo already.",
                 {"Lena Fischer": Kind.THUMBS_UP}),
        ),
    ),
    Said(
        "aurora", 53, "Ingrid Halvorsen",
        "@Anton Novak, @Lena Fischer what would help you most to reach the next ten orders?",
        {"Beatrice Rinaldi": Kind.EYES}, is_new=True,
    ),
    Said(
        "easy", 50, "Beatrice Rinaldi",
        "Three things that customers praised last week:\n\n"
        "1. somebody answers at once\n2. the manuals\n3. that we call back",
        {"Ingrid Halvorsen": Kind.THANKS},
    ),
    Said(
        "returns", 41, "Amira Haddad",
        "I call this **off track**. We repair what comes back and do not touch why it does. The "
        "connector lets water in; a better one costs four euros.",
        {"Saskia de Boer": Kind.EYES, "Tobias Brandt": Kind.THUMBS_UP},
        (
            Said("", 42, "Saskia de Boer",
                 "Thank you for being clear. Four euros are less than one return. @Davide Conti, "
                 "can you find three to compare?"),
            Said("", 43, "Davide Conti", "Samples are here on Thursday.",
                 {"Amira Haddad": Kind.THANKS}),
        ),
    ),
    Said(
        "build", 47, "Eva Brouwer",
        "7.9 hours with Jeroen and me, and we were not even in a hurry. The wrong feet are under "
        "the second bench now; four bricks do it as well.",
        {"Oskar Lindholm": Kind.CELEBRATE, "Saskia de Boer": Kind.HEART},
    ),
    Said(
        "cloud", 44, "Nina Hofmann",
        "300 devices, and the database is half asleep. @Lena Fischer, we could begin with the next "
        "200 a week earlier.",
        {"Anton Novak": Kind.CELEBRATE},
        (Said("", 44, "Lena Fischer",
              "Let us. Fleur, please give the load test another night before."),),
    ),
)  # fmt: skip
