from perfapi.domains.goals.smart.schemas import SmartRule as Rule

from .vocabulary import Text, Vocabulary, words

VOCABULARY = Vocabulary(
    vague=words(
        "better best improve improved optimise optimize enhance strengthen boost more less faster "
        "good great nice various several some things stuff etc successful efficient effective"
    ),
    work=words(
        "attend continue discuss do explore help hold investigate look meet organise organize plan "
        "prepare research review run start support talk try work write"
    ),
    place_of_verb=0,
    texts={
        Rule.TITLE_SHORT: Text(
            "Say in a few more words what will be different, and for whom.",
            "A title of one or two words is understood differently by everybody who reads it.",
            "“Onboarding” → “New customers are productive within a week”",
        ),
        Rule.TITLE_VAGUE: Text(
            "Say what “{word}” means here.",
            "Everybody pictures something else, so nobody can tell when it is reached.",
            "“Improve support” → “Customers get an answer on the same day”",
        ),
        Rule.KEY_RESULT_IS_WORK: Text(
            "Name what comes of it, rather than the work: “{word}” is something you do.",
            "Work can be done without anything getting better. A result shows that it helped.",
            "“Hold ten workshops” → “Teams that use the new method: 2 → 10”",
        ),
        Rule.NO_KEY_RESULT: Text(
            "Add a key result: a number to reach, steps to take, or a value to keep.",
            "Without a measure, progress is a matter of opinion.",
            "“Answers on the same day: 62 % → 90 %”",
        ),
        Rule.NO_UNIT: Text(
            "Say what is counted.",
            "A number alone is soon misread: orders, euros or days?",
            "“Signed orders: 0 → 40 orders”",
        ),
        Rule.JUDGED_BY_HAND: Text(
            "Find something to count, beside your own judgement.",
            "A percentage judged by hand says how it feels; others see it another way.",
            "“Own judgement: 60 %” → “Departments that use the plan: 0 → 5”",
        ),
        Rule.TOO_MANY_KEY_RESULTS: Text(
            "Keep the three to five key results that matter most.",
            "Whoever follows everything at once reaches little of it.",
            "Move the others to a goal of their own, or leave them for the next quarter.",
        ),
        Rule.LEAP: Text(
            "Check whether a leap like this can be made in that time.",
            "A target far beyond today's value discourages as soon as it looks out of reach.",
            "“5 → 100 customers” → “5 → 20 customers this quarter”",
        ),
        Rule.ALL_OR_NOTHING: Text(
            "Choose a target that can be missed a little and still be a success.",
            "With 100 % or 0 %, a single exception spoils the whole goal.",
            "“100 % on time” → “95 % on time, from 82 %”",
        ),
        Rule.LITTLE_TIME: Text(
            "Give it more time, or make it a task.",
            "In less than two weeks there is hardly room to notice and to steer.",
            "“By Friday” → “By the end of the quarter”",
        ),
        Rule.SERVES_NOTHING: Text(
            "Choose the goal above that it serves.",
            "Work counts more when everybody sees what it adds to.",
            "“Answers on the same day” serves “Customers find us the easiest to work with”",
        ),
        Rule.NO_REASON: Text(
            "Say in a sentence why it matters now.",
            "Who knows the reason finds better ways, and knows when to stop.",
            "“Two of five customers who left us named slow answers as the reason.”",
        ),
        Rule.NO_END: Text(
            "Choose a cycle or a day by which it is due.",
            "What has no end is always put off for what has one.",
            "“Q4”, or “by 31 December”",
        ),
        Rule.LONG_TIME: Text(
            "Divide it: what will be reached by the end of this quarter?",
            "Nobody knows today what will be right in more than a year.",
            "“Market leader in three years” → “This year: present in two more countries”",
        ),
        Rule.ENDS_IN_THE_PAST: Text(
            "Choose a day that is still to come.",
            "It would be overdue from the first day on.",
            "The end of this cycle.",
        ),
    },
)
