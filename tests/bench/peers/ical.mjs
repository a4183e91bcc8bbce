// ical.js for peers.py: prints the occurrences of a calendar in April 2026, in the office's time.
import fs from 'node:fs';
const ICAL = (await import(process.argv[2] + '/ical.js/dist/ical.js')).default;
const from = Date.parse('2026-04-01T00:00:00+02:00') / 1000, to = Date.parse('2026-05-01T00:00:00+02:00') / 1000;
const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[3], 'utf8')));
const found = [];

function take(uid, start, end) {
  if (start.toUnixTime() < to && end.toUnixTime() > from)
    found.push(uid + ' ' + new Date(start.toUnixTime() * 1000).toISOString());
}

for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
for (const component of calendar.getAllSubcomponents('vevent')) {
  const event = new ICAL.Event(component);
  if (!event.isRecurring()) {
    take(event.uid, event.startDate, event.endDate);
    continue;
  }
  const times = event.iterator();
  for (let next; (next = times.next()) && next.toUnixTime() < to;) {
    const details = event.getOccurrenceDetails(next);
    take(event.uid, details.startDate, details.endDate);
  }
}
console.log(found.join('\n'));
