// ical.js as a third opinion for calendars.py: a calendar a line in, its occurrences a line out. Not run by the tests,
// since it needs npm: see calendars.py.
import path from 'node:path';
import process from 'node:process';
import readline from 'node:readline';
import {pathToFileURL} from 'node:url';

const ICAL = (await import(pathToFileURL(path.resolve(process.argv[2], 'ical.js/dist/ical.js')))).default;
const ENOUGH = 6000;

function written(time) {
  return time.isDate ? time.toString() : time.convertToZone(ICAL.Timezone.utcTimezone).toString();
}

function expand(components, stop) {
  const master = components.find((one) => !one.getFirstProperty('recurrence-id'));
  const exceptions = components.filter((one) => one.getFirstProperty('recurrence-id'));
  const event = new ICAL.Event(master, {exceptions});
  const found = [];
  const tell = (item, start, end) => {
    if (item.component.getFirstPropertyValue('status') !== 'CANCELLED')
      found.push([item.uid, written(start), written(end), item.summary]);
  };

  if (!event.isRecurring()) {
    tell(event, event.startDate, event.endDate);
    return found;
  }
  const times = event.iterator();
  for (let i = 0, next; i < ENOUGH && (next = times.next()) && next.toString() < stop; i++) {
    const details = event.getOccurrenceDetails(next);
    tell(details.item, details.startDate, details.endDate);
  }
  return found;
}

for await (const line of readline.createInterface({input: process.stdin})) {
  const {body, stop} = JSON.parse(line);
  const calendar = new ICAL.Component(ICAL.parse(body));
  const byUid = new Map();

  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents('vtimezone'))
    ICAL.TimezoneService.register(zone);
  for (const one of calendar.getAllSubcomponents('vevent')) {
    const uid = one.getFirstPropertyValue('uid');
    byUid.set(uid, [...(byUid.get(uid) ?? []), one]);
  }
  const found = [...byUid.values()].flatMap((components) => expand(components, stop));
  process.stdout.write(JSON.stringify(found) + '\n');
}
