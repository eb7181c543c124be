"""The first quarter with goals: Aurora is an idea, one promise is too big, one market closes."""

from perfapi.domains.goals.models import Ambition, Driver, Level

from .words import Ending, Story, judged, kept, money, number, percent, steps

GOALS = (
    Story(
        "daylight", "Prove that Aurora can measure in daylight", Level.COMPANY,
        "Ingrid Halvorsen", None,
        (
            number("Deviation in daylight", "9", "2", "µm"),
            number("Shop floors where it was tried", "0", "10", "sites"),
        ),
        (0, 0.08, 0.2, 0.34, 0.52, 0.63, 0.7),
        (
            "First bench test with the blinds open: {} µm. Not good, but it measures.",
            "The new filter takes out most of the sun. {} µm at two customers.",
            "4.1 µm on seven shop floors. I did not think that we would get this far.",
        ),
        Ending(
            "0.7",
            "Aurora measures in daylight, to 4.1 µm. Not the 2 that we dared to write down, but "
            "twice as good as anything one can buy. Seven shop floors tried it.",
            "The optics lab and firmware shared a bench from the first day.",
            "We promised visits before there were prototypes; three were called off.",
            "We order the parts for prototypes before we promise a date to anybody.",
        ),
        weight="2", ambition=Ambition.ASPIRATIONAL, driver=Driver.BOTH,
        description="Our instruments need a dark room; shop floors have windows. If Aurora can do "
        "without, it opens a market that nobody serves today.",
    ),
    Story(
        "four-hours", "Answer every customer within four hours", Level.COMPANY,
        "Ingrid Halvorsen", None,
        (
            percent("Requests answered within four hours", "31", "95", (0, 0.2, 0.38, 0.4, 0.42)),
            number("Requests that wait longer than two days", "140", "0", "requests",
                   (0, 0.25, 0.4, 0.45, 0.5)),
        ),
        (0, 0.2, 0.38, 0.42, 0.45),
        (
            "Easy wins first: the queue on Monday mornings is half as long.",
            "{} of 100, for three weeks now. More effort no longer helps.",
            "We will not make it. The desk is tired, and urgent requests wait behind easy ones.",
        ),
        Ending(
            "0.4",
            "58 of 100 requests, not 95. We tried to be fast for everybody and were late for those "
            "whose line stood still. The goal comes back smaller: lines that stand still first.",
            "We know for the first time what people ask us, and how often.",
            "We set the number before we had looked at a single week of requests.",
            "We choose whom we want to be fast for, and ask the desk before we promise.",
        ),
        driver=Driver.BOTH,
    ),
    Story(
        "chips", "Win a first customer in chip making", Level.COMPANY, "Camille Laurent", None,
        (
            number("Pilot customers under contract", "0", "3", "pilots"),
            money("Value of the pilots", "0", "900000"),
        ),
        (0, 0.2, 0.34, 0.35, 0.35),
        (
            "The first pilot is signed. They want to begin with lens inspection.",
            "Two customers ask for another quarter before they decide. I do not like the silence.",
        ),
        driver=Driver.BOTH,
    ),
    Story(
        "on-time", "Deliver on the day that we promised", Level.COMPANY, "Saskia de Boer", None,
        (percent("Orders delivered on the promised day", "81", "93"),),
        (0, 0.15, 0.4, 0.6, 0.8, 0.95),
        (
            "Most late orders wait for one lens. Davide has a plan for it.",
            "{} %, and never below 90 for three weeks. That is new.",
        ),
        Ending(
            "0.9",
            "92.4 %. The last step is the hardest: what is late now is late for a reason of its "
            "own each time.",
            "Sales asks the planner before it names a date.",
            "The change of the planning table took longer than we told everybody.",
            "We keep looking at the number every Thursday, ten minutes, standing.",
        ),
        driver=Driver.BOTH,
    ),
    Story(
        "prototype", "A prototype that survives a shop floor", Level.DEPARTMENT, "Tobias Brandt",
        "daylight",
        (
            steps(
                "From the bench to a customer",
                ("The breadboard measures", "1"),
                ("The housing is sealed", "2"),
                ("It passes the shock test", "2"),
                ("Two weeks at a customer without a repair", "3"),
            ),
        ),
        (0, 0.14, 0.4, 0.63, 0.7, 1),
        (
            "Sealed, but it fogs up inside. A valve is on its way.",
            "Shock test passed on the second try: one screw was too short.",
            "Two weeks at the gearbox works, and nobody had to touch it.",
        ),
        Ending(
            "1",
            "A prototype ran two weeks on a shop floor and came back with oil on it and no fault.",
            "Testing to failure early: each of the four failures taught us something cheap.",
            "We built the second prototype before the first one had spoken.",
            "One prototype at a time, and a written question before each.",
        ),
        "Product & Engineering", Driver.BOTH,
    ),
    Story(
        "one-desk", "One desk for every request", Level.DEPARTMENT, "Hannah Vogel", "four-hours",
        (
            percent("Requests that are passed on more than once", "46", "10"),
            judged("Colleagues know whom to ask"),
        ),
        (0, 0.2, 0.4, 0.5, 0.5),
        (
            "Care and service sit together since Tuesday. It is loud, and it works.",
            "We are stuck: software questions still go through three hands.",
        ),
        Ending(
            "0.5",
            "One desk instead of three, but software questions still wander.",
            "Sitting together. Half of the questions are now answered across the table.",
            "Nobody from Platform was on the desk, though every fourth question is theirs.",
            "Platform sends one person a week to the desk.",
        ),
        "Service",
    ),
    Story(
        "portal", "The portal is there when customers need it", Level.DEPARTMENT, "Jan Kowalski",
        "on-time",
        (
            kept("Availability of the portal", "99.5", None, "%", "1",
                 ("99.7", "99.2", "98.9", "99.4", "99.6", "99.7")),
            percent("Incidents that we noticed before a customer did", "35", "60", (0, 0.3, 0.7)),
        ),
        (0, 1),
        (
            "An expired certificate cost us half a day. It will renew itself from now on.",
            "Two weeks without an incident. The new alarms are loud but right.",
        ),
        Ending(
            "0.7",
            "Above 99.5 % in the second half only: the certificate and one update cost us a day.",
            "Alarms that wake somebody before a customer does.",
            "We updated on a Friday. Once.",
            "No change after Thursday noon. The goal goes on.",
        ),
        "IT",
    ),
    Story(
        "ledger", "One chart of accounts for three sites", Level.DEPARTMENT, "Jonas Weber", None,
        (
            steps(
                "From three charts to one",
                ("Bologna and Utrecht agree to the draft", "2"),
                ("Old accounts are mapped", "2"),
                ("A month is booked on trial", "2"),
                ("The auditor has seen it", "1"),
            ),
        ),
        (0, 0.2, 0.32, 0.6, 0.88, 1),
        (
            "Bologna has eleven accounts for freight. We agreed on three.",
            "The month on trial balanced to the cent on the first evening.",
        ),
        Ending(
            "1",
            "One chart for three sites, and the auditor had two questions only.",
            "Greta went to Bologna for a week instead of writing mails.",
            "We forgot payroll at first; Thijs found it in time.",
            "Who books with it sits at the table when we change it.",
        ),
        "Finance",
    ),
    Story(
        "change-over", "Change over a line in half a day", Level.DEPARTMENT, "Oskar Lindholm",
        "on-time",
        (number("Time to change over", "11", "5", "hours"),),
        (0, 0.1, 0.35, 0.6, 0.75, 0.9),
        (
            "We filmed one change-over: two of eleven hours are spent looking for tools.",
            "Tool wagons are in use on both lines. {} hours.",
        ),
        Ending(
            "0.9",
            "5.6 hours instead of 11. Nobody looks for a tool any more.",
            "The film. Everybody laughed, and everybody saw it.",
            "The night shift heard of the wagons last.",
            "The night shift tries things first.",
        ),
        "Production",
    ),
    Story(
        "lenses", "No order waits for a lens", Level.DEPARTMENT, "Davide Conti", "on-time",
        (number("Orders that wait for a part", "64", "15", "orders"),),
        (0, 0.2, 0.35, 0.6, 0.85),
        (
            "The supplier in the south delivers again. {} orders still wait.",
            "{}, and I know each of them by name.",
        ),
        Ending(
            "0.8",
            "22 orders wait instead of 64. The rest hangs on parts that one supplier makes.",
            "Calling suppliers on Mondays, before they plan their week.",
            "We learned about the strike from the newspaper.",
            "A second supplier for what only one makes: that is our next goal.",
        ),
        "Supply Chain",
    ),
    Story(
        "explain", "Everybody has a goal that they can explain", Level.DEPARTMENT, "Priya Raman",
        None,
        (percent("Teams that wrote their goals themselves", "0", "100", (0, 0.3, 0.55, 0.8, 0.9)),),
        (0, 0.9),
        (
            "Four teams wrote their first goals. Assembly needed twenty minutes.",
            "Eight of nine teams. Not one goal begins with “support”.",
        ),
        Ending(
            "0.9",
            "Eight of nine teams wrote their goals themselves; the ninth follows next week.",
            "We asked for one goal per team, not five.",
            "Our first guide had fourteen pages. Nobody read it.",
            "One page, and a visit.",
        ),
        "People",
    ),
    Story(
        "sunproof", "A light source that ignores the sun", Level.TEAM, "Chiara Moretti",
        "prototype",
        (number("Signal above daylight", "4", "20", "dB"),),
        (0, 0.1, 0.35, 0.5, 0.7, 0.75),
        (
            "{} dB with pulsed light. The rest is filters.",
            "{} dB at the window at noon.",
        ),
        Ending(
            "0.8",
            "16 dB: enough for 4 µm. For 2 µm we need another detector.",
            "Karim and Timo disagreed in the open, with measurements.",
            "Filters took nine weeks to arrive.",
            "We keep two of every filter on the shelf.",
        ),
        "Optics Lab", Driver.BOTH,
    ),
    Story(
        "ten-seconds", "Aurora starts in ten seconds", Level.TEAM, "Lukas Gruber", "prototype",
        (number("Time until the first reading", "48", "10", "seconds"),),
        (0, 0.3, 0.5, 0.8, 1, 1),
        (
            "{} seconds. Half of the start was spent waiting for a fan. It now starts alone.",
            "{} seconds, measured by a customer with a stopwatch.",
        ),
        Ending(
            "1",
            "10 seconds, with the temperature check that the safety officer asked for.",
            "Laura measured before anybody changed a line.",
            "Nothing that hurt. We got lucky with the new boot loader.",
            "Measure first. It goes on our wall.",
        ),
        "Firmware", Driver.BOTH,
    ),
    Story(
        "ten-plants", "See how ten plants really measure", Level.TEAM, "Marijke Visser",
        "daylight",
        (number("Plants that we visited", "0", "10", "plants"),),
        (0, 0.2, 0.5, 0.7, 0.9),
        (
            "{} plants so far. Nobody reads the display; everybody reads the paper beside it.",
            "Gloves! We never tried our buttons with gloves.",
        ),
        Ending(
            "0.9",
            "Nine plants and forty pages of notes that engineers really read.",
            "Taking an engineer along to each visit.",
            "The tenth plant asked for a contract that took too long.",
            "One page of agreement that plants can sign at the gate.",
        ),
        "Design Studio", Driver.BOTH,
    ),
    Story(
        "one-second", "Readings reach the cloud within a second", Level.TEAM, "Lena Fischer",
        "prototype",
        (number("Time from a reading to the cloud", "6", "1", "seconds"),),
        (0, 0.2, 0.3, 0.65, 0.85, 0.9),
        (
            "We waited for acknowledgements that nobody needs. {} seconds.",
            "{} seconds from the shop floor in Utrecht.",
        ),
        Ending(
            "0.9",
            "1.5 seconds. The half second that is left belongs to the mobile network.",
            "Pairing on the gateway. Nobody is its only owner any more.",
            "Two weeks went into a cache that we then removed.",
            "We measure at a customer first, and then decide what to build.",
        ),
        "Platform", Driver.BOTH,
    ),
    Story(
        "pilots", "Three pilots in chip making", Level.TEAM, "Felix Hartmann", "chips",
        (number("Offers that a buyer has read", "0", "8", "offers"),),
        (0, 0.3, 0.5, 0.5),
        ("{} offers are out. The buyers are friendly, and slow.",),
        None, "Sales North",
    ),
)  # fmt: skip
