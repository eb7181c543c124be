"""The second quarter: a promise comes back smaller, and a team says that it is in trouble."""

from perfapi.domains.goals.models import Driver, Level

from .words import Ending, Story, judged, kept, money, number, percent, steps

GOALS = (
    Story(
        "series", "Aurora is ready for its first series", Level.COMPANY, "Ingrid Halvorsen", None,
        (
            steps(
                "From a prototype to a product",
                ("The design is frozen", "2"),
                ("The tools for the housing are ordered", "1"),
                ("The declaration of conformity is signed", "2"),
                ("Twelve instruments of the pilot series are built", "3"),
            ),
            money("What one Aurora costs us", "4900", "3600", (0, 0.1, 0.4, 0.7, 0.85)),
        ),
        (0, 0.2, 0.28, 0.4, 0.65, 1),
        (
            "The design is frozen, two days early. Nobody may touch the housing any more.",
            "The conformity tests found one screen that radiates. A shield costs forty cents.",
            "Number twelve left the bench on Tuesday. It has a name: Kaja.",
        ),
        Ending(
            "0.9",
            "Twelve instruments are built and signed for, at 3 800 euros each instead of 3 600.",
            "Freezing the design early, and meaning it.",
            "The price of the detector rose in the last month; we had one supplier only.",
            "Two offers for every part above a hundred euros.",
        ),
        weight="2", driver=Driver.BOTH,
    ),
    Story(
        "standstill", "Answer within four hours when a line stands still", Level.COMPANY,
        "Ingrid Halvorsen", None,
        (
            percent("Standstills answered within four hours", "64", "95"),
            number("Hours until the line runs again", "31", "16", "hours"),
        ),
        (0, 0.2, 0.5, 0.75, 0.95, 1),
        (
            "One number to call, and somebody picks up. {} %.",
            "A line in Turin ran again after nine hours. They sent us a cake.",
            "{} of 100. The same people, and a smaller promise.",
        ),
        Ending(
            "1",
            "95 of 100 standstills are answered within four hours, and lines run again after 16. "
            "Last quarter we wanted this for everybody and reached it for nobody.",
            "The desk chose the goal, and knew why.",
            "Requests that are not urgent wait as long as before.",
            "Next we look at what can be solved at the first call.",
        ),
        driver=Driver.BOTH,
        description="What remains of “every customer within four hours”: those who lose money "
        "by the minute.",
    ),
    Story(
        "loyal", "Customers stay with us", Level.COMPANY, "Camille Laurent", None,
        (
            kept("Customers who left, over a year", None, "4", "%", "3",
                 ("4.8", "4.6", "4.3", "3.9", "3.8", "3.8")),
            percent("Contracts that are renewed before they end", "61", "80", (0, 0.3, 0.5, 0.7)),
        ),
        (0, 1),
        (
            "We called all who left last year. Half of them left over spare parts.",
            "{} %: inside of what we set ourselves.",
        ),
        Ending(
            "0.8",
            "3.8 % left instead of 4.8, and three of four contracts are renewed early.",
            "Listening to those who left. Twenty calls told us more than a survey.",
            "Renewals still depend on who remembers them.",
            "A reminder ninety days before a contract ends. The goal goes on.",
        ),
        driver=Driver.BOTH,
    ),
    Story(
        "build", "Build an Aurora in four hours", Level.DEPARTMENT, "Oskar Lindholm", "series",
        (
            number("Time to assemble one", "16", "4", "hours", (0, 0.02, 0.06, 0.12, 0.25)),
            steps(
                "The new line is ready",
                ("Plan agreed with the safety officer", "1"),
                ("Benches and tools ordered", "1"),
                ("First bench in use", "2"),
                ("Everybody trained", "2"),
                ("Old line taken down", "1"),
                course=(0, 0.03, 0.06, 0.1, 0.15),
            ),
        ),
        (0, 0.2),
        (
            "We built the first one on the old line, all hands. {} hours.",
            "The safety officer wants wider aisles. The plan goes back to the drawing board.",
            "{} hours, and the plan is signed. The line will not stand this quarter.",
        ),
        Ending(
            "0.3",
            "13 hours instead of 4: an instrument that changes every week cannot be built fast. "
            "Now that the design is frozen the goal is right, and it goes on.",
            "Technicians and designers built the first three together.",
            "We set the goal a quarter before there was a design to build.",
            "Only a frozen design gets a goal for its time.",
        ),
        "Production", Driver.BOTH,
    ),
    Story(
        "budget", "Aurora stays within its budget", Level.DEPARTMENT, "Jonas Weber", "series",
        (
            money("Parts of one Aurora", "2450", "1900", (0, 0.2, 0.5, 0.7, 0.9)),
            kept("Spent in a month", None, "160", "k EUR", "60",
                 ("138", "151", "176", "168", "155", "149")),
        ),
        (0, 0.9),
        (
            "Tools for the housing fell due in one month: we are above the line.",
            "Back below the line. Parts are at {}.",
        ),
        Ending(
            "0.8",
            "One month above the line, five below. Parts cost 1 955 euros.",
            "A table that engineering and finance both look at, on Mondays.",
            "The tools were in the plan for the month of the order, not for that of the bill.",
            "Large bills are in the plan when they are due, not when they are ordered.",
        ),
        "Finance",
    ),
    Story(
        "hotline", "Whoever stands still reaches somebody who knows", Level.DEPARTMENT,
        "Hannah Vogel", "standstill",
        (
            percent("Standstills that are solved on the phone", "20", "50"),
            steps(
                "One number for emergencies",
                ("The number is known to all customers", "1"),
                ("A rota that everybody agreed to", "2"),
                ("Platform sits at the desk on Wednesdays", "1"),
            ),
        ),
        (0, 0.3, 0.55, 0.8, 1),
        (
            "The rota has no weekend on which the same two are on call. That took three meetings.",
            "Aylin from Platform solved six calls on her first Wednesday.",
            "Every second standstill ends on the phone.",
        ),
        Ending(
            "1",
            "Every second standstill is solved on the phone.",
            "Platform at the desk: their bugs are fixed the same week.",
            "The first rota was made without asking those who have children.",
            "Whoever is on a rota writes it.",
        ),
        "Service", Driver.BOTH,
    ),
    Story(
        "portal", "The portal is there when customers need it", Level.DEPARTMENT, "Jan Kowalski",
        "loyal",
        (
            kept("Availability of the portal", "99.5", None, "%", "1",
                 ("99.7", "99.8", "99.6", "99.8", "99.9", "99.8")),
            percent("Incidents that we noticed before a customer did", "52", "60"),
        ),
        (0, 0.55, 1, 1.2),
        (
            "Moved to the second data centre on a Wednesday morning; nobody noticed.",
            "{} % again. Nobody speaks of the portal, which is the best news.",
        ),
        Ending(
            "1",
            "99.8 % over the quarter, and three of four incidents were ours before they were a "
            "customer's.",
            "The move was rehearsed twice.",
            "The second rehearsal cost us a Saturday.",
            "Rehearse on weekdays. The goal goes on, as a habit.",
        ),
        "IT", goes_on="portal",
    ),
    Story(
        "two-suppliers", "Two suppliers for every critical part", Level.DEPARTMENT,
        "Davide Conti", "series",
        (number("Critical parts from a single supplier", "23", "6", "parts"),),
        (0, 0.1, 0.35, 0.6, 0.8),
        (
            "The list is made: {} parts, 4 of them without any alternative on this continent.",
            "Samples from Brno are better than what we buy today.",
        ),
        Ending(
            "0.8",
            "9 parts still come from one supplier. For four there is no other; we keep a stock.",
            "Engineers came along to see the suppliers.",
            "The detector was on our list and not at its top.",
            "What stops us longest comes first, not what costs most.",
        ),
        "Supply Chain",
    ),
    Story(
        "ask-first", "Managers who ask before they tell", Level.DEPARTMENT, "Priya Raman", None,
        (
            percent("Managers who took part in the training", "0", "90"),
            judged("Teams say that they are asked"),
        ),
        (0, 0.3, 0.5, 0.7, 0.85),
        (
            "The first groups are through: {} %. The exercise with silence was the hardest.",
            "{} % of our managers. Assembly invited us to their shift.",
        ),
        Ending(
            "0.8",
            "14 of 18 managers took part, and teams notice it in seven of nine.",
            "Small groups across departments.",
            "Two dates fell on the end of the month. Finance could not come.",
            "We ask for dates before we book the room.",
        ),
        "People",
    ),
    Story(
        "safe-updates", "Updates that never brick an instrument", Level.TEAM, "Lukas Gruber",
        "series",
        (
            number("Instruments that do not start after an update", "14", "1", "per thousand"),
            percent("Instruments that can go back to the last version", "0", "100",
                    (0, 0.1, 0.12, 0.12, 0.3, 0.8, 1)),
        ),
        (0, 0.22, 0.24, 0.16, 0.34, 0.82, 1),
        (
            "{} per thousand. The easy cause is found: a cable.",
            "No progress since last time. Every repair breaks something else.",
            "Two steps forward and two back. I still hope that the next repair is the last one.",
            "This is red: {} per thousand, and I do not see how we get it back alone. The boot "
            "loader has two owners and no test. I would rather say so today than in the last week.",
            "Julia and Anton wrote a test bench in a week. We stopped everything else.",
            "{} per thousand. The old version waits in a second slot, and comes back by itself.",
            "One in a thousand, and that one was unplugged on purpose.",
        ),
        Ending(
            "1",
            "One in a thousand, and every instrument finds its way back. In the middle of the "
            "quarter nobody would have bet on it.",
            "Saying red, half-way. Two people from Platform came two days later.",
            "For six weeks we hoped that the next repair would be the last one.",
            "Two check-ins without progress mean that we ask for help.",
        ),
        "Firmware", Driver.BOTH,
    ),
    Story(
        "field", "Twelve instruments in the field, none silent", Level.TEAM, "Lena Fischer",
        "series",
        (
            number("Instruments that report every day", "0", "12", "instruments"),
            percent("Alarms that were worth an alarm", "25", "80", (0, 0.3, 0.5, 0.75)),
        ),
        (0, 0.15, 0.35, 0.55, 0.8, 1),
        (
            "Two of three alarms at night are about nothing. Clara deletes one a day.",
            "Lent two people to Firmware for two weeks. It was right, and it cost us ten days.",
            "All twelve report. Number seven does so from a cellar.",
        ),
        Ending(
            "0.9",
            "All twelve report every day; two of three alarms are worth it, not four of five.",
            "Helping Firmware. Their test bench now tests our gateway, too.",
            "We planned the quarter as if nobody would ever need us.",
            "A tenth of our time belongs to nobody, until somebody needs it.",
        ),
        "Platform", Driver.BOTH,
    ),
    Story(
        "one-pair", "Align the optics with one pair of hands", Level.TEAM, "Chiara Moretti",
        "series",
        (number("People at the alignment bench", "2.4", "1", "people"),),
        (0, 0.1, 0.3, 0.5, 0.7, 0.8),
        (
            "Wouter printed a holder. It looks silly, and it holds.",
            "{} on average: one pair of hands, but for the old prisms.",
        ),
        Ending(
            "0.8", "One person aligns an Aurora, unless the prism is one of the old ones.",
            "Letting the technician design the tool.", "Old prisms: we have 200 of them.",
            "Use them up in service, not in new instruments.",
        ),
        "Optics Lab", Driver.BOTH,
    ),
    Story(
        "first-twenty", "Twenty customers who want to be first", Level.TEAM, "Felix Hartmann",
        "series",
        (number("Letters of intent", "0", "20", "letters"),),
        (0, 0.15, 0.4, 0.7, 1, 1.1),
        (
            "{} letters; all of them had the prototype on their floor.",
            "{}. Merel found three in a town that we had never heard of.",
        ),
        Ending(
            "1", "22 letters, and eight of them ask for the same three things.",
            "The offers for chip makers, rewritten. Nothing was lost.",
            "We promised two of them a date that we had not asked for.",
            "No date leaves the house without Oskar's name below it.",
        ),
        "Sales North",
    ),
    Story(
        "fewer-steps", "Every part within reach", Level.TEAM, "Oskar Lindholm", "build",
        (number("Steps that one walks for one instrument", "640", "200", "steps"),),
        (0, 0.1, 0.4, 0.7, 1),
        (
            "Maud wears a pedometer. {} steps now; the glue alone was 200 of them.",
            "{} steps. The glue has moved, and so have 31 other things.",
        ),
        Ending(
            "1", "200 steps. Feet and knees say thank you.", "The shift decided where things are.",
            "We moved the printer twice.", "Tape on the floor for a week before we bolt anything.",
        ),
        "Assembly", Driver.BOTH,
    ),
)  # fmt: skip
