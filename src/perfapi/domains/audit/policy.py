"""The event log and what was given up are for administrators; nobody else knows they are there."""

from perfapi.core.access import Act, Rules, everywhere
from perfapi.core.deliveries import Delivery, DeliveryState
from perfapi.core.events import LoggedEvent
from perfapi.domains.people.relations import you_are_admin

from .errors import DeliveryNotDead, OnlyAdministrators

EVENT_LOG = Rules("event-log", LoggedEvent, you_are_an_administrator=you_are_admin())
DELIVERIES = Rules("deliveries", Delivery, you_are_an_administrator=you_are_admin())

READ_EVENT_LOG = everywhere("read_event_log", Act(OnlyAdministrators, you_are_admin()))
MAY_REDRIVE = Act(DeliveryNotDead, Delivery.state == DeliveryState.DEAD)
