// The watch page: one stream, named by the address of the page.

import { copyField, describe, fetchStreams, repeat, rtmpAddress, setText, ticket } from '/ui/common.js';
import { Controls } from '/ui/controls.js';
import { Player } from '/ui/player.js';
import { Quality } from '/ui/quality.js';

/** How often to ask what the gateway has: seldom while all is well. */
const LOOK_PLAYING_MS = 10000;
const LOOK_WAITING_MS = 1500;
const QUALITY_MS = 500;

const byId = (id) => document.getElementById(id);
const page = location.pathname.replace(/\/+$/, '');
const path = decodeURIComponent(page.slice(1));
const application = path.slice(0, path.lastIndexOf('/'));
const name = path.slice(path.lastIndexOf('/') + 1);

/** What is said over the picture: a title, a sentence, and whether something is under way. */
const MESSAGES = {
  connecting: ['Connecting…', '', true],
  offline: ['Nothing is being sent', 'This page starts to play by itself as soon as the encoder publishes.', false],
  waiting: ['The encoder is connected', 'The first pictures come in a few seconds.', true],
  starting: ['Starting…', '', true],
  buffering: ['Loading…', 'The next pictures are on their way.', true],
  interrupted: ['The encoder has stopped sending', 'Waiting for it to come back.', true],
  ended: ['The broadcast has ended', 'If it begins again, it plays here.', false],
  unreachable: ['The gateway doesn’t answer', 'Trying again…', true],
  sound: ['Sound only', 'This stream has no picture.', false],
  unsupported: ['This browser can’t play the stream', 'Another browser or a player may: see the addresses below.', false],
};
const BADGES = {
  playing: 'Live', sound: 'Live', paused: 'Paused', offline: 'Offline', waiting: 'Starting', starting: 'Starting',
  ended: 'Ended', interrupted: 'Interrupted', unreachable: 'No connection', buffering: 'Loading',
};

/** What the viewer chose last time; a browser that stores nothing forgets it. */
const remembered = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(`lancaster.${key}`));
    } catch {
      return null;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`lancaster.${key}`, JSON.stringify(value));
    } catch {
      // Private windows may refuse.
    }
  },
};

const video = byId('video');
video.muted = remembered.get('muted') ?? true;
video.volume = remembered.get('volume') ?? 1;
const player = new Player(video);
const controls = new Controls(byId('player'), player, remembered);
const quality = new Quality(byId('quality'), player);

/** What the gateway last said of the stream: unknown, unreachable, absent, waiting or live. */
let gateway = 'unknown';
let stream = null;

/** What is going on, from what the gateway says and what the player does. */
function situation() {
  const { phase } = player;
  if (phase === 'playing' && video.paused) return 'paused';
  if (phase === 'playing') return stream && !stream.video && stream.audio ? 'sound' : 'playing';
  if (phase === 'blocked' || phase === 'unsupported') return phase;
  if (gateway === 'unknown') return 'connecting';
  if (gateway === 'unreachable') return 'unreachable';
  if (gateway === 'live') return phase === 'stalled' ? 'buffering' : 'starting';
  const seen = phase === 'stalled' || phase === 'ended';
  if (gateway === 'waiting') return seen ? 'interrupted' : 'waiting';
  return seen ? 'ended' : 'offline';
}

function show() {
  const now = situation();
  const [title, text, busy] = MESSAGES[now] ?? ['', '', false];
  byId('message').hidden = !title;
  byId('spinner').hidden = !busy;
  setText(byId('message-title'), title);
  setText(byId('message-text'), text);
  byId('player').classList.toggle('idle', ['idle', 'ended', 'unsupported'].includes(player.phase));
  setText(byId('status'), BADGES[now] ?? '');
  byId('status').classList.toggle('on', now === 'playing' || now === 'sound');
}

/** Starts to play, or starts anew, where the gateway has the stream and the player doesn't play it. */
function startIfNeeded() {
  const idle = player.lost || player.phase === 'idle' || player.phase === 'ended';
  if (gateway === 'live' && idle && !player.pausedByViewer) player.start(`${page}.m3u8${ticket}`);
}

async function look() {
  try {
    const listed = await fetchStreams();
    stream = listed.streams.find((candidate) => candidate.path === path) ?? null;
    gateway = stream?.state ?? 'absent';
    showAddresses(listed);
  } catch {
    gateway = 'unreachable';
  }
  controls.hasSound = Boolean(stream?.audio);
  setText(byId('application'), [application, stream && describe(stream)].filter(Boolean).join(' · '));
  if (gateway === 'absent' && player.phase === 'stalled') player.finish();
  startIfNeeded();
  show();
}

let addressesShown = '';

function showAddresses(listed) {
  const hls = new URL(`${page}.m3u8${ticket}`, location.href).href;
  const rtmp = `${rtmpAddress(listed, application)}/${name}`;
  const multicast = stream?.multicast ?? '';
  if (addressesShown === hls + rtmp + multicast) return;
  addressesShown = hls + rtmp + multicast;
  byId('addresses').replaceChildren(
    copyField('HLS, for players', hls),
    ...(multicast ? [copyField('Multicast, for players on this network', multicast)] : []),
    copyField('RTMP, for the encoder', rtmp),
  );
  // A playlist of the group: with a double click, or by the browser's list of downloads, VLC plays it.
  const open = byId('open-multicast');
  open.hidden = !multicast;
  if (multicast) open.href = `${page}.m3u${ticket}`;
  byId('open-vlc').href = `vlc://${hls}`;
  byId('open-player').href = hls;
}

setText(byId('name'), name);
document.title = `${name} · Lancaster`;
show();

/** Whether it is time to look often. */
function isTroubled() {
  return player.lost || player.phase !== 'playing';
}

const lookNow = repeat(look, () => (isTroubled() ? LOOK_WAITING_MS : LOOK_PLAYING_MS));
let wasTroubled = true;
player.addEventListener('change', () => {
  show();
  if (isTroubled() && !wasTroubled) lookNow();
  wasTroubled = isTroubled();
});
setInterval(() => {
  quality.show(stream);
  controls.showLive();
}, QUALITY_MS);
