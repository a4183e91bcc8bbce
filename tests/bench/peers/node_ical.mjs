// node-ical for peers.py: prints the occurrences of a calendar in April 2026, in the office's time.
import {createRequire} from 'node:module';
const ical = createRequire(process.argv[2] + '/')('node-ical');
const from = Date.parse('2026-04-01T00:00:00+02:00'), to = Date.parse('2026-05-01T00:00:00+02:00');
const found = [];

for (const event of Object.values(ical.sync.parseFile(process.argv[3]))) {
  if (event.type !== 'VEVENT') continue;
  const length = event.end - event.start;
  const starts = event.rrule ? event.rrule.between(new Date(from - length), new Date(to), true) : [event.start];
  for (const start of starts)
    if (+start < to && +start + length > from) found.push(event.uid + ' ' + new Date(start).toISOString());
}
console.log(found.join('\n'));
