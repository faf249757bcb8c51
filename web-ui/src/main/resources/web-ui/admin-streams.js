// All streams at a glance, and the way to a new one.

import { copyField, fetchStreams } from '/ui/common.js';
import { call, ifStill, named, read, streamPath } from '/ui/admin-api.js';
import { MULTICAST_WORDS, inputFaults, trackFacts, verdict } from '/ui/admin-health.js';
import {
  alert, badge, bytes, during, element, every, field, input, may, number, panel, rate, say, span,
} from '/ui/admin-ui.js';

const REFRESH_MS = 2000;
const PICTURE_MS = 10000;

/** A picture of the stream, asked for anew now and then; an empty frame where there is none. */
export function preview(path) {
  const image = element('img', { alt: '' });
  const picture = element('span', { class: 'preview none' }, image);
  image.addEventListener('error', () => picture.classList.add('none'));
  image.addEventListener('load', () => picture.classList.remove('none'));
  let askedMs = 0;
  picture.refresh = () => {
    if (Date.now() - askedMs < PICTURE_MS) return;
    askedMs = Date.now();
    image.src = `/${streamPath(path)}.jpg?${askedMs}`;
  };
  return picture;
}

function card(path) {
  const slash = path.lastIndexOf('/');
  const picture = preview(path);
  const badges = element('span', { class: 'badges' });
  const facts = element('span', { class: 'facts' });
  const trouble = element('span', { class: 'facts' });
  const link = element('a', { class: 'panel card', href: `#/stream/${streamPath(path)}` }, picture,
    element('span', { class: 'name' }, element('span', { class: 'stream-application' }, path.slice(0, slash + 1)),
      path.slice(slash + 1)), badges, facts, trouble);
  const item = element('li', {}, link);
  item.update = (stream) => {
    picture.refresh();
    const [word, kind] = verdict(stream);
    const multicast = MULTICAST_WORDS[stream.multicast?.state];
    badges.replaceChildren(badge(word, kind),
      ...(stream.hls?.listed ? [badge('HLS', 'on')] : []),
      ...(multicast ? [badge(`Multicast: ${multicast[0].toLowerCase()}`, multicast[1])] : []),
      badge(`${stream.httpViewers + stream.rtmpPlay.players} watching`));
    facts.textContent = stream.tracks.map(trackFacts).join(', ');
    trouble.textContent = inputFaults(stream)[0]?.[1] ?? '';
  };
  return item;
}

function tiles(statistics) {
  const tile = (name, value, more = '') => element('div', { class: 'panel tile' }, element('dt', {}, name),
    element('dd', {}, `${value} `, element('small', {}, more)));
  return [
    tile('Streams', number(statistics.streams, 0), `${statistics.publishers} published`),
    tile('Coming in', rate(statistics.inputBitsPerSecond)),
    tile('Multicast', rate(statistics.multicast.bitsPerSecond), `${statistics.multicast.sending} outputs`),
    tile('Watching', number(statistics.httpViewers + statistics.rtmpPlayers, 0), `${statistics.rtmpPlayers} by RTMP`),
    tile('Memory', bytes(statistics.memory.usedBytes), `of ${bytes(statistics.memory.limitBytes)}`),
    tile('Running for', span(statistics.uptimeSeconds), `version ${statistics.version}`),
  ];
}

/** Adds a stream to the configuration, makes its key and shows what to type into the encoder. */
function adding() {
  const name = input('path', 'live/', { required: '', pattern: '[^ \\/]+(\\/[^ \\/]+){1,2}', spellcheck: 'false' });
  const result = element('div', { class: 'wide' });
  const press = element('button', { class: 'button main', type: 'submit' }, 'Add');
  const form = element('form', { class: 'fields' },
    field('Application and name', name, 'Such as live/townhall: its address in every protocol'),
    element('div', { class: 'submit' }, press), result);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    result.replaceChildren();
    during(press, async () => {
      const path = name.value.trim();
      try {
        const config = await read('config');
        await call('PATCH', 'config', { streams: { [path]: {} } }, ifStill(config));
      } catch (refusal) {
        result.replaceChildren(alert(refusal.texts ?? [refusal.message]));
        return;
      }
      const key = await call('POST', `keys/${named(path)}`);
      say(`${path} is added.`);
      result.replaceChildren(element('p', {}, 'Type this into OBS (Settings, Stream, Service: Custom…), or publish to the address:'),
        element('dl', { class: 'addresses' }, copyField('Server', key.obs.server), copyField('Stream key', key.obs.streamKey),
          copyField('Address', key.url)));
    });
  });
  const details = element('details', { class: 'panel' }, element('summary', {}, 'Add a stream'), form);
  return details;
}

export async function page({ me, happenings }) {
  const overview = element('dl', { class: 'tiles' });
  const unready = element('div', {});
  const list = element('ul', { class: 'cards', 'aria-label': 'Streams' });
  const empty = element('p', { class: 'lead' }, 'Nothing is being sent right now. A stream appears here as soon as an encoder publishes it.');
  const cards = new Map();
  const refresh = async () => {
    const [statistics, listed] = await Promise.all([read('statistics'), read('streams')]);
    overview.replaceChildren(...tiles(statistics));
    unready.replaceChildren(...(statistics.unready.length > 0 ? [alert(statistics.unready, 'warn')] : []));
    empty.hidden = listed.streams.length > 0;
    const paths = new Set(listed.streams.map((stream) => stream.path));
    for (const [path, item] of cards) {
      if (!paths.has(path)) {
        item.remove();
        cards.delete(path);
      }
    }
    listed.streams.forEach((stream, place) => {
      if (!cards.has(stream.path)) cards.set(stream.path, card(stream.path));
      const item = cards.get(stream.path);
      item.update(stream);
      if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
    });
  };
  await fetchStreams().catch(() => {});
  const stop = every(REFRESH_MS, refresh);
  const soon = () => refresh().catch(() => {});
  happenings.addEventListener('stream', soon);
  return {
    title: 'Streams',
    nodes: [element('h1', {}, 'Streams'), unready, overview, empty, list, ...(may(me.role, 'administer') ? [adding()] : [])],
    leave: () => {
      stop();
      happenings.removeEventListener('stream', soon);
    },
  };
}
