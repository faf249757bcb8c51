// One stream: how it comes in, how it did, and where it goes.

import { call, named, read, streamPath } from '/ui/admin-api.js';
import { chart } from '/ui/admin-chart.js';
import { formatsPanel } from '/ui/admin-formats.js';
import { inputFaults, isVideo, verdict } from '/ui/admin-health.js';
import { keyPanel } from '/ui/admin-keys.js';
import { multicastPanel } from '/ui/admin-multicast.js';
import { republishPanel } from '/ui/admin-republish.js';
import { preview } from '/ui/admin-streams.js';
import {
  alert, badge, button, bytes, confirm, element, every, may, number, panel, rate, say, span, table,
} from '/ui/admin-ui.js';
import { viewingPanel } from '/ui/admin-viewing.js';

const REFRESH_MS = 2000;
/** The charts: period of a value in seconds, how often they are drawn anew, and what they are called. */
const RANGES = [[1, 2000, '5 min'], [10, 10000, '1 hour'], [60, 60000, '1 day']];

function charts(path) {
  const figures = {
    inputBitsPerSecond: chart('Coming in', rate),
    framesPerSecond: chart('Frames', (value) => `${number(value, 1)} fps`),
    avDriftMs: chart('Sound against picture', (value) => `${number(value, 0)} ms`, { symmetric: true }),
    multicastBitsPerSecond: chart('Multicast', rate),
    httpBitsPerSecond: chart('HTTP', rate),
    httpViewers: chart('Watching by HTTP', (value) => number(value, 0)),
    rtmpPlayers: chart('Playing by RTMP', (value) => number(value, 0)),
  };
  let stop = () => {};
  const tabs = element('div', { class: 'tabs', role: 'group', 'aria-label': 'Range of time' });
  const choose = ([period, everyMs, name]) => {
    stop();
    for (const tab of tabs.children) tab.setAttribute('aria-pressed', tab.textContent === name);
    stop = every(everyMs, async () => {
      const history = await read(`streams/${named(path)}/history?period=${period}`);
      for (const [column, figure] of Object.entries(figures)) {
        figure.show(history.columns[column], span(history.columns[column].length * period) + ' ago');
      }
    });
  };
  for (const range of RANGES) {
    const tab = element('button', { type: 'button', class: 'button quiet' }, range[2]);
    tab.addEventListener('click', () => choose(range));
    tabs.append(tab);
  }
  choose(RANGES[0]);
  return {
    node: panel('History', [tabs], element('div', { class: 'charts' }, ...Object.values(figures))),
    leave: () => stop(),
  };
}

function tracks(stream) {
  return table(['Track', 'Codec', 'Rate', 'Frames', 'Key frames', 'Put right'], stream.tracks.map((track) => [
    isVideo(track) ? 'Picture' : 'Sound', track.codec, rate(track.bitsPerSecond),
    isVideo(track) ? `${number(track.framesPerSecond, 2)} fps` : '',
    track.gop ? `each ${number(track.gop.lastMs / 1000, 2)} s, at most ${number(track.gop.longestMs / 1000, 2)} s` : '',
    [[track.timestampJumps, 'jumps'], [track.liftedTimestamps, 'lifted'], [track.framesInserted, 'inserted'],
      [track.framesRemoved, 'removed'], [track.dropped, 'dropped']].filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${what}`).join(', ') || 'nothing',
  ]));
}

function outputs(stream) {
  return table(['Output', 'Waiting', 'Delivered', 'Cut back'], stream.outputs.map((output) => [
    output.name, `${output.queuedMs} ms, ${bytes(output.queuedBytes)}`, number(output.delivered, 0),
    output.cuts === 0 ? 'never' : `${output.cuts} times, ${output.gapAccessUnits} frames`,
  ]));
}

export async function page({ me, happenings, rest: path }) {
  const picture = preview(path);
  const state = element('span', {});
  const from = element('p', { class: 'soft' });
  const faults = element('div', {});
  const trackTable = element('div', {});
  const outputTable = element('div', {});
  const ended = element('div', {});
  const actions = element('div', { class: 'actions' },
    element('a', { class: 'button', href: `/${streamPath(path)}`, target: '_blank', rel: 'noopener' }, 'Watch'));
  if (may(me.role, 'operate')) {
    actions.append(button('Disconnect the encoder', async () => {
      if (await confirm('Disconnect the encoder?', `Whoever publishes ${path} is dismissed; most encoders come back by themselves. To keep one out, replace the key.`, 'Disconnect')) {
        await call('DELETE', `streams/${named(path)}/publication`);
        say('The encoder is disconnected.');
      }
    }, 'danger'));
  }
  const multicast = multicastPanel(path, me);
  const formats = formatsPanel(path, me);
  const administers = may(me.role, 'administer');
  const [republish, ...ofAdministrators] = await Promise.all([republishPanel(path, me),
    ...(administers ? [viewingPanel(path), keyPanel(path)] : [])]);
  const refresh = async () => {
    const { targets } = await read(`republishers/${named(path)}`);
    republish.update(targets);
    let stream;
    try {
      stream = await read(`streams/${named(path)}`);
    } catch (refusal) {
      if (refusal.status !== 404) throw refusal;
      ended.replaceChildren(alert(['This stream isn’t live. What was measured of it stays below for a while.'], 'warn'));
      state.replaceChildren(badge('Ended'));
      return;
    }
    ended.replaceChildren();
    picture.refresh();
    state.replaceChildren(badge(...verdict(stream)));
    const publisher = stream.publisher;
    from.textContent = publisher
      ? `${publisher.encoder || 'An encoder'} at ${publisher.remoteAddress} by ${publisher.protocol}, for ${span((Date.now() - Date.parse(publisher.since)) / 1000)}. Segment ${stream.timeline.segmentNumber}, ${stream.timeline.discontinuities} breaks.`
      : 'Nobody publishes it now.';
    const found = inputFaults(stream);
    faults.replaceChildren(...(found.length === 0 ? [alert(['The input is in good health.'], 'good')]
      : found.map(([kind, text]) => alert([text], kind))));
    trackTable.replaceChildren(tracks(stream));
    outputTable.replaceChildren(outputs(stream));
    formats.update(stream);
    multicast.update(stream.multicast);
  };
  const chartPanel = charts(path);
  const stop = every(REFRESH_MS, refresh);
  const soon = (event) => event.detail.stream === path && refresh().catch(() => {});
  for (const type of ['stream', 'multicast', 'republisher', 'change']) happenings.addEventListener(type, soon);
  return {
    title: path,
    nodes: [
      element('div', { class: 'head' }, element('h1', {}, path), state, actions), ended,
      element('div', { class: 'columns' },
        panel('Input', [], from, faults, trackTable),
        panel('Picture', [], picture)),
      chartPanel.node, formats.node, multicast.node, republish.node,
      ...ofAdministrators,
      panel('Readers of this stream', [], outputTable),
    ],
    leave: () => {
      stop();
      chartPanel.leave();
      multicast.leave();
      for (const type of ['stream', 'multicast', 'republisher', 'change']) happenings.removeEventListener(type, soon);
    },
  };
}
