from kit.policy import Rules
from services.clusters.policy.rules import neighbour_service, oneself
from services.roster.rules import Row

POST: Rules = {
    "notice.see": Row[object, object](oneself),
    "preferences.choose": Row[object, object](oneself),
    "notice.send": Row[object, object](neighbour_service),
    "calendar.address": Row[object, object](neighbour_service),
}
