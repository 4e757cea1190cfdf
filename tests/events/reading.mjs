// Reads calendar files, one JSON text on each line of the input, and says their moments as seconds since 1970.
import { createInterface } from "node:readline";
import ICAL from "ical.js";

const seconds = (time) => time.toUnixTime();

for await (const line of createInterface({ input: process.stdin })) {
  ICAL.TimezoneService.reset();
  const calendar = new ICAL.Component(ICAL.parse(JSON.parse(line)));
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent"));
  console.log(JSON.stringify([seconds(event.startDate), seconds(event.endDate)]));
}
