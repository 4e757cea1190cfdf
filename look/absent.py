"""Paths of web that are no pages, and why."""

FILES = (
    "/events/{event_id}/calendar.ics",
    "/clusters/found.{suffix}",
    "/clusters/{cluster_id}/schools.{suffix}",
    "/clusters/{cluster_id}/people.{suffix}",
    "/clusters/{cluster_id}/overview.{suffix}",
    "/overview.{suffix}",
    "/clusters/{cluster_id}/acts.{suffix}",
    "/schools/{school_id}/acts.{suffix}",
    "/countries/{country}/acts.{suffix}",
    "/acts.{suffix}",
    "/schools/found.{suffix}",
    "/profile/archive/{archive_id}/{part}",
    "/bring-in/{kind}/template.{suffix}",
    "/bring-in/{kind}/{import_id}/left.csv",
    "/feeds/{name}",
)
NO_PAGES = dict.fromkeys(FILES, "a file") | {
    "/clusters/{cluster_id}/plan": "leads to the plan of the year",
    "/.well-known/oauth-authorization-server": "for programs",
    "/entries/{entry_id}/live": "a stream",
    "/entries/{entry_id}/pictures/{picture_id}": "a picture",
    "/problems/{name}": "for programs",
    "/people/{person_id}/portrait/{portrait_id}": "a picture",
    "/programme/logo/{logo_id}": "a picture",
    "/sign-in/school": "where a provider led, of whom no demonstration knows",
    "/sign-in/step": "for who has taken the first step alone",
    "/sign-in/with/{provider}": "leads to another site",
    "/sign-in/with/{provider}/answer": "where another site leads back to",
}
