// What happened: the events of streams and outputs as they come, and the log.

import { read } from '/ui/admin-api.js';
import { badge, element, every, panel, table, time } from '/ui/admin-ui.js';

const REFRESH_MS = 3000;
const KEPT = 200;
const LEVELS = { debug: '', info: '', warn: 'warn', error: 'bad' };

function sentence(event) {
  switch (event.type) {
    case 'stream':
      return event.state === 'live' ? `${event.stream} is published from ${event.from} (${event.encoder || 'an encoder'}).`
        : `${event.stream}: ${event.state === 'ended' ? 'ended' : 'waits for its encoder'}.`;
    case 'multicast': return `${event.stream}: multicast is ${event.state}. ${event.reason}`;
    case 'receiver': return `${event.stream}: receiving is ${event.state}. ${event.reason ?? ''}`;
    case 'change': return `${event.who}: ${event.what ?? ''} (${event.method} ${event.path})`;
    case 'log': return event.text;
    case 'missed': return `${event.count} events were missed.`;
    default: return `${event.type}: ${event.state ?? ''}`;
  }
}

/** The room for events outlives the page: what came while another was shown is here too. */
const seen = [];

export async function page({ happenings }) {
  const events = element('div', {});
  const log = element('div', {});
  const level = element('select', { 'aria-label': 'Least level' },
    ...Object.keys(LEVELS).map((name) => element('option', { value: name }, name)));
  level.value = 'info';
  const show = () => events.replaceChildren(seen.length === 0
    ? element('p', { class: 'soft' }, 'Nothing has happened since this page was opened.')
    : table(['At', 'What'], seen.map((event) => [time(event.at), sentence(event)])));
  const add = (happening) => {
    seen.unshift(happening.detail);
    seen.length = Math.min(seen.length, KEPT);
    show();
  };
  happenings.addEventListener('any', add);
  const refresh = async () => {
    const { lines } = await read(`log?level=${level.value}&limit=${KEPT}`);
    log.replaceChildren(table(['At', 'Level', 'Line'], lines.reverse().map((line) => {
      const text = element('td', { class: 'log' }, line.text);
      return [time(line.at), badge(line.level, LEVELS[line.level]), text];
    })));
  };
  const stop = every(REFRESH_MS, refresh);
  level.addEventListener('change', () => refresh().catch(() => {}));
  show();
  return {
    title: 'Events',
    nodes: [element('h1', {}, 'Events'), panel('As they come', [], events), panel('Log', [level], log)],
    leave: () => {
      stop();
      happenings.removeEventListener('any', add);
    },
  };
}
