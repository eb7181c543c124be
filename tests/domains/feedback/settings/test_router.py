"""How feedback is given in an organization."""

from collections.abc import Callable

from perfapi.domains.people.models import Person
from tests.clients import Client
from tests.domains.feedback.company import Company

AsPerson = Callable[[Person], Client]


async def test_begin_with_every_choice(as_person: AsPerson, company: Company) -> None:
    settings = (await as_person(company.peer).get("/feedback-settings")).json()
    assert settings["praise_visibilities"] == [
        *("public", "team", "recipient", "recipient_and_manager")
    ]
    assert settings["advice_visibilities"] == ["recipient", "recipient_and_manager", "manager"]
    assert settings["new_managers_read_older"] is False
    assert settings["permissions"] == []


async def test_keep_what_is_chosen_in_the_order_of_the_choices(
    as_person: AsPerson, company: Company
) -> None:
    admin = as_person(company.admin)
    body = {"advice_visibilities": ["manager", "recipient"], "new_managers_read_older": True}

    changed = await admin.patch("/feedback-settings", json=body)

    assert changed.json()["advice_visibilities"] == ["recipient", "manager"]
    assert changed.json()["new_managers_read_older"] is True
    assert len(changed.json()["praise_visibilities"]) == 4
    assert (await admin.get("/feedback-settings")).json() == changed.json()


async def test_refuse_what_is_no_choice(as_person: AsPerson, company: Company) -> None:
    admin = as_person(company.admin)
    body = {"advice_visibilities": ["recipient", "public"]}
    answer = await admin.patch("/feedback-settings", json=body)
    [error] = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/advice_visibilities/1", "not_a_choice")
    empty = await admin.patch("/feedback-settings", json={"praise_visibilities": []})
    assert empty.status_code == 422
