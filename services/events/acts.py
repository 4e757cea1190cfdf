"""Which facts of events are acts that the audit shows, and which it does not."""

from services.roster.acts.schemas import About, Acts

AT_THE_EVENT = "who comes, and who waits, stands at the event"

ACTS = Acts(
    shown={
        "event.announced": About.meetings,
        "event.described": About.meetings,
        "event.changed": About.meetings,
        "event.cancelled": About.meetings,
        "attendance.recorded": About.meetings,
    },
    passed_over={
        "registration.placed": AT_THE_EVENT,
        "registration.waiting": AT_THE_EVENT,
        "registration.wait_ended": AT_THE_EVENT,
        "registration.withdrawn": AT_THE_EVENT,
    },
    thing_id="(act.data ->> 'event_id')::uuid",
    thing_name="(select title from event where id = act.thing_id)",
    all_in_clusters=True,
)
