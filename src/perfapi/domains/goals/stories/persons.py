"""Goals of single persons in the running quarter: everybody has one."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random

from perfapi.domains.goals.models import Level, Purpose, Visibility
from perfapi.domains.people.demo import Employee, employees

from .tasks import GROWTH, GROWTH_OF_MANAGERS, TASKS, Growth, Task
from .words import Story, number, percent, steps

# Those with a story of their own. Whom a visitor signs in as finds something to do.
BY_NAME = (
    Story(
        "Anton Novak", "No reading gets lost on its way", Level.PERSON, "Anton Novak", "cloud",
        (number("Readings lost per million", "120", "5", "readings"),),
        (0, 0.3, 0.5, 0.6, 0.8),
        ("{} per million. What is left happens while the gateway restarts.",), silent=True,
    ),
    Story(
        "Anton Novak 2", "Gateways that restart without a gap", Level.PERSON, "Anton Novak",
        "cloud", (number("Seconds without a gateway", "40", "2", "seconds"),),
        (0, 0.2, 0.5, 0.7, 1),
        ("{} seconds. The second gateway now starts before the first one stops.",), agreed=True,
    ),
    Story(
        "Anton Novak growth", "Ready to lead a small project", Level.PERSON, "Anton Novak", None,
        (steps("One step at a time", ("Plan a release with Nina", "1"),
               ("Lead the move of the gateway", "2"), ("Look back with the team", "1")),),
        (0, 0.2, 0.3, 0.6, 1),
        ("Planned with Nina. Half of it is asking who is away.",),
        purpose=Purpose.DEVELOPMENT, visibility=Visibility.MANAGER_CHAIN,
    ),
    Story(
        "Anton Novak private", "Speak up when everybody agrees too soon", Level.PERSON,
        "Anton Novak", None, (number("Times that I did", "0", "6", "times"),), (0, 0.4, 0.7, 1),
        ("{} times. My heart beat, and nothing bad happened.",),
        purpose=Purpose.DEVELOPMENT, visibility=Visibility.PRIVATE,
    ),
    Story(
        "Lena Fischer", "Every engineer has a day a week without interruption", Level.PERSON,
        "Lena Fischer", "cloud", (percent("Such weeks", "10", "75"),), (0, 0.3, 0.5, 0.7, 0.9),
        ("Wednesdays hold for six of eight. The desk takes the other two in turns.",), silent=True,
    ),
    Story(
        "Lena Fischer private", "Say no without explaining it three times", Level.PERSON,
        "Lena Fischer", None, (number("Times that one sentence was enough", "0", "8", "times"),),
        (0, 0.3, 0.5, 0.8, 1), ("{} times. The world goes on.",),
        purpose=Purpose.DEVELOPMENT, visibility=Visibility.PRIVATE,
    ),
    Story(
        "Beatrice Rinaldi", "Every manager has somebody to ask before a hard talk", Level.PERSON,
        "Beatrice Rinaldi", "talk", (number("Managers whom I prepared", "0", "10", "managers"),),
        (0, 0.2, 0.4, 0.7, 1), ("{}. Two of them did not need the talk any more afterwards.",),
        agreed=True,
    ),
    Story(
        "Jan Kowalski", "A week in which nobody calls me", Level.PERSON, "Jan Kowalski", "portal",
        (percent("Questions that the team answers without me", "35", "80"),),
        (0, 0.3, 0.5, 0.8, 1), ("Katrin decided to switch over, and told me afterwards. Good.",),
    ),
    Story(
        "Tobias Brandt", "Two mornings a month at a customer", Level.PERSON, "Tobias Brandt",
        "ready", (number("Mornings", "0", "6", "mornings"),), (0, 0.3, 0.6, 1),
        ("{}. One hears more in a canteen than in a survey.",),
    ),
    Story(
        "Saskia de Boer", "Two plants that help each other", Level.PERSON, "Saskia de Boer", "lean",
        (number("Weeks in which people swapped places", "0", "8", "weeks"),), (0, 0.2, 0.5, 0.9),
        ("Till from Bologna packed in Hamburg for a week, and changed our labels.",),
    ),
    Story(
        "Camille Laurent", "Know the reason for every lost offer", Level.PERSON, "Camille Laurent",
        "win", (percent("Lost offers with a reason from the customer", "25", "90"),),
        (0, 0.3, 0.6, 0.8, 1), ("{} %. “Too expensive” is hardly ever the last answer.",),
    ),
    Story(
        "Emil Sorensen", "Electronic invoices before the law asks for them", Level.PERSON,
        "Emil Sorensen", "close", (percent("Customers who could get one", "0", "60"),),
        (0, 0.3, 0.5, 0.8, 1), ("{} of a hundred; most of them in Italy, where it is law.",),
        agreed=True,
    ),
)  # fmt: skip

_SEEN_BY = (Visibility.PUBLIC, Visibility.TEAM, Visibility.MANAGER_CHAIN)
_PACES = (0.6, 0.85, 1.05, 1.2, 1.25, 1.3, 1.35, 1.4)


def personal_stories(today: date, chance: Random) -> Iterator[Story]:
    yield from BY_NAME
    have = {story.owner for story in BY_NAME}
    managers = {one.manager for one in employees(today)}
    within: Counter[str] = Counter()
    for employee in employees(today):
        if employee.manager is None or employee.name in have:
            continue
        if employee.name in managers:
            growth = GROWTH_OF_MANAGERS[within["managers"] % len(GROWTH_OF_MANAGERS)]
            within["managers"] += 1
            yield _growth(employee, growth, employee.name, chance)
            continue
        tasks = _of_unit(employee.unit)
        place = within[employee.unit]
        within[employee.unit] += 1
        yield _work(employee, *tasks[place % len(tasks)], employee.name, chance)
        if place % 5 == 1:
            another = tasks[(place + len(tasks) // 2) % len(tasks)]
            yield _work(employee, *another, f"{employee.name} 2", chance)
        if place % 3 == 2:
            growth = GROWTH[within["growth"] % len(GROWTH)]
            within["growth"] += 1
            yield _growth(employee, growth, f"{employee.name} growth", chance)


def _of_unit(unit: str) -> list[tuple[Task, str]]:
    """Its tasks with their variants, so that few people have the same one."""
    tasks = [task for task in TASKS if task.unit == unit]
    most = max(len(task.variants) for task in tasks)
    return [
        (task, task.variants[number])
        for number in range(most)
        for task in tasks
        if number < len(task.variants)
    ]


def _work(employee: Employee, task: Task, variant: str, key: str, chance: Random) -> Story:
    pace = chance.choice(_PACES)
    return Story(
        key=key,
        title=task.title.format(variant),
        level=Level.PERSON,
        owner=employee.name,
        above=task.above,
        measures=(task.measure,),
        course=(0, pace),
        news=(task.good if pace > 0.8 else task.bad,),
        silent=chance.random() < 0.12,
        agreed=chance.random() < 0.5,
    )


def _growth(employee: Employee, growth: Growth, key: str, chance: Random) -> Story:
    return Story(
        key=key,
        title=growth.title,
        level=Level.PERSON,
        owner=employee.name,
        above=None,
        measures=(growth.measure,),
        course=(0, chance.choice((1.0, 1.2, 1.3))),
        news=(growth.news,),
        purpose=Purpose.DEVELOPMENT,
        visibility=chance.choices(_SEEN_BY, (1, 3, 6))[0],
    )
