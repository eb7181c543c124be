"""What happened in the third quarter, besides check-ins; its goals are in `third.py`."""

from perfapi.domains.goals.models import MemberRole
from perfapi.domains.goals.reactions.models import ReactionKind as Kind

from .words import Cheered, Corrected, Did, HandedOver, Joined, Negotiated, Said

TURNS = (
    Joined("hundred", 2, "Saskia de Boer"),
    Joined("accredited", 8, "Ibrahim Yildiz", MemberRole.CONTRIBUTOR),
    Joined("accredited", 8, "Franziska Jung", MemberRole.CONTRIBUTOR),
    Joined("accredited", 28, "Leonie Busch", MemberRole.CONTRIBUTOR),
    Joined("build", 18, "Eva Brouwer", MemberRole.CONTRIBUTOR),
    Joined("fair", 4, "Nele Franke", MemberRole.CONTRIBUTOR),
    Did("hundred", 9, "Saskia de Boer", "Hang the number of the day in the canteen", 12),
    Did("accredited", 10, "Franziska Jung", "Write to the accreditation body", 15, 17),
    Did("accredited", 30, "Leonie Busch", "Close the findings that lie in drawers", 55, 56),
    Did("fair", 10, "Nele Franke", "Order carpets for the stand", 40, 45),
    Did("build", 20, "Eva Brouwer", "Borrow a bench from the optics lab"),
    Negotiated(
        "north", 4, "22 orders from 22 letters. I would rather aim at all of them.",
        "All of them is not a plan. Which ones would you let go?", agrees=False,
    ),
    Negotiated(
        "north", 10, "None. But I count on eighteen, and say so today.",
        "Agreed. Eighteen would make me happy; I like that you call all of them.",
    ),
    HandedOver("south", 27, "Federica Grassi"),
    Corrected("twenty-talks", 40, "Conversations with customers", "24"),
    Cheered("accredited", 89, "Saskia de Boer", Kind.CELEBRATE),
    Cheered("fair", 89, "Ingrid Halvorsen", Kind.CELEBRATE),
    Cheered("fair", 89, "Marijke Visser", Kind.HEART),
    Cheered("quick", 70, "Tobias Brandt", Kind.CELEBRATE),
    Cheered("overnight", 70, "Lena Fischer", Kind.THUMBS_UP),
)  # fmt: skip

SAID = (
    Said(
        "south", 26, "Sofia Romano",
        "From Monday I am away for six weeks: our daughter has arrived. @Federica Grassi takes "
        "this goal over, and everything that I know is in one list.",
        {"Camille Laurent": Kind.HEART, "Felix Hartmann": Kind.CELEBRATE},
        (
            Said("", 27, "Federica Grassi",
                 "Congratulations! The list is good. I have three questions, and they can wait.",
                 {"Sofia Romano": Kind.HEART}),
        ),
    ),
    Said(
        "accredited", 87, "Amira Haddad",
        "**No condition.** The assessor said that she had never seen a handbook so thin, and meant "
        "it kindly. Thank you, Ibrahim, for every page that is not there.",
        {
            "Ingrid Halvorsen": Kind.CELEBRATE, "Saskia de Boer": Kind.CELEBRATE,
            "Ibrahim Yildiz": Kind.HEART, "Anton Novak": Kind.CELEBRATE,
        },
    ),
    Said(
        "hundred", 71, "Saskia de Boer",
        "The prisms are on a ship, somewhere before Suez. We will end at about 80.",
        {"Ingrid Halvorsen": Kind.THANKS},
        (
            Said("", 71, "Ingrid Halvorsen",
                 "80 good ones, then. Please call the eighteen customers before they call us."),
            Said("", 73, "Camille Laurent",
                 "All eighteen are called. One asked for a discount; the others for a date."),
        ),
    ),
    Said(
        "overnight", 33, "Laura Marino",
        "An update rebooted a lab in Osaka in the middle of their day. I have written to them, and "
        "they were very polite.",
        {},
        (Said("", 33, "Lukas Gruber",
              "Thank you for writing at once. From today an update waits for *their* night."),),
    ),
)  # fmt: skip
