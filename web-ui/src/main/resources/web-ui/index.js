// The list of what is live: kept fresh, each stream's entry kept in place so that focus stays where it is.

import { copyField, describe, element, fetchStreams, icon, repeat, rtmpAddress, setText, since } from '/ui/common.js';

const REFRESH_MS = 2000;

const list = document.getElementById('streams');
const summary = document.getElementById('summary');
const publish = document.getElementById('publish');
const entries = new Map();
let shownBefore = false;

function entry(path) {
  const slash = path.lastIndexOf('/');
  const name = element('span', { class: 'stream-name' },
    element('span', { class: 'stream-application' }, path.slice(0, slash + 1)), path.slice(slash + 1));
  const badge = element('span', { class: 'badge' });
  const facts = element('span', { class: 'stream-facts' });
  const age = element('span', { class: 'stream-facts' });
  const link = element('a', { class: 'stream', href: `/${path.split('/').map(encodeURIComponent).join('/')}` },
    element('span', { class: 'stream-play' }, icon('play')), name, badge, facts, age);
  return { item: element('li', {}, link), badge, facts, age };
}

function show(streams) {
  const paths = new Set(streams.map((stream) => stream.path));
  for (const [path, { item }] of entries) {
    if (!paths.has(path)) {
      item.remove();
      entries.delete(path);
    }
  }
  streams.sort((a, b) => a.path.localeCompare(b.path)).forEach((stream, place) => {
    if (!entries.has(stream.path)) entries.set(stream.path, entry(stream.path));
    const { item, badge, facts, age } = entries.get(stream.path);
    const live = stream.state === 'live';
    setText(badge, live ? 'Live' : 'Starting');
    badge.classList.toggle('on', live);
    setText(facts, describe(stream));
    setText(age, since(stream.since));
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
  });
}

function sum(count) {
  if (count === 0) return 'Nothing is being sent right now. A stream appears here as soon as an encoder publishes it.';
  return count === 1 ? 'One stream' : `${count} streams`;
}

function showAddresses(streams) {
  const server = rtmpAddress(streams, 'live');
  document.getElementById('obs-fields').replaceChildren(
    copyField('Server', server),
    copyField('Stream key', 'NAME?key=KEY'));
  document.getElementById('ffmpeg-fields').replaceChildren(
    copyField('Command', `ffmpeg -stream_loop -1 -re -i FILE.mp4 -c copy -f flv "${server}/NAME?key=KEY"`));
}

async function refresh() {
  try {
    const listed = await fetchStreams();
    show(listed.streams);
    setText(summary, sum(listed.streams.length));
    if (!shownBefore) {
      shownBefore = true;
      showAddresses(listed);
      publish.open = listed.streams.length === 0;
    }
  } catch {
    setText(summary, 'The gateway doesn’t answer. Trying again…');
  }
}

repeat(refresh, REFRESH_MS);
