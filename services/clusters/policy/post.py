from kit.policy import Rules
from services.clusters.policy.rules import neighbour_service, oneself
from services.roster.rules import Row, operator, programme_coordinator

POST: Rules = {
    "notice.see": Row[object, object](oneself),
    "preferences.choose": Row[object, object](oneself),
    "unreached.end": Row[object, object](oneself),
    "bounces.count": Row[object, object](programme_coordinator, operator),
    "notice.send": Row[object, object](neighbour_service),
    "calendar.address": Row[object, object](neighbour_service),
}
