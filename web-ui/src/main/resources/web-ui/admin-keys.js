// The keys that publishing needs, as the fields that encoders have.

import { copyField } from '/ui/common.js';
import { call, named, read, streamPath } from '/ui/admin-api.js';
import { badge, button, confirm, element, moment, panel, say, table } from '/ui/admin-ui.js';

const GRACES = [[0, 'at once'], [3600, 'in an hour'], [86400, 'in a day'], [604800, 'in a week']];

function shown(key) {
  const copies = key.obs
    ? [copyField('Server', key.obs.server), copyField('Stream key', key.obs.streamKey), copyField('Address', key.url)]
    : [copyField('Key', key.key)];
  const old = key.replacedGoodUntil.map((until) =>
    element('p', { class: 'soft' }, `A key that was replaced is good until ${moment(until)}.`));
  return [element('dl', { class: 'addresses' }, ...copies), ...old];
}

/** @param place below /api/v1/keys/ */
function controls(title, place) {
  const body = element('div', {}, element('p', { class: 'soft' }, 'The key is shown only when asked for.'));
  const show = async () => body.replaceChildren(...shown(await read(`keys/${place}`)));
  const grace = element('select', { 'aria-label': 'The old key ends' },
    ...GRACES.map(([seconds, text]) => element('option', { value: seconds }, `old key ends ${text}`)));
  grace.value = '86400';
  grace.classList.add('button');
  return panel(title, [
    button('Show', show),
    grace,
    button('Replace', async () => {
      body.replaceChildren(...shown(await call('POST', `keys/${place}/rotate`, { graceSeconds: Number(grace.value) })));
      say('The key is replaced.');
    }),
    button('Revoke', async () => {
      if (!await confirm('Revoke the key?', 'Nobody can publish with it any more, from this moment on.', 'Revoke')) return;
      await call('DELETE', `keys/${place}`);
      body.replaceChildren(element('p', { class: 'soft' }, 'There is no key now. Nobody can publish here.'),
        button('Make a new key', async () => body.replaceChildren(...shown(await call('POST', `keys/${place}`)))));
      say('The key is revoked.');
    }, 'danger'),
  ], body);
}

/** The key of one stream; where it has none of its own, which one counts. */
export async function keyPanel(path) {
  const place = named(path);
  try {
    await read(`keys/${place}`);
    return controls('Key for publishing', place);
  } catch (refusal) {
    const make = button('Make a key of its own', async () => {
      const key = await call('POST', `keys/${place}`);
      holder.replaceWith(panel('Key for publishing', [], ...shown(key)));
    });
    const holder = panel('Key for publishing', refusal.status === 404 ? [make] : [],
      element('p', { class: 'soft' }, refusal.message));
    return holder;
  }
}

export async function page() {
  const { keys } = await read('keys');
  const rows = keys.filter((key) => !key.default).map((key) => [
    element('a', { href: `#/stream/${streamPath(key.stream)}` }, key.stream),
    key.problem ? badge(key.problem, 'bad')
      : (key.replacedGoodUntil ?? []).map((until) => `an old one is good until ${moment(until)}`).join(', ') || 'one key',
  ]);
  return {
    title: 'Keys',
    nodes: [
      element('h1', {}, 'Keys'),
      element('p', { class: 'lead' }, 'Publishing needs a key. Streams without one of their own take the default key.'),
      controls('Default key', 'default'),
      panel('Keys of single streams', [], rows.length === 0
        ? element('p', { class: 'soft' }, 'No stream has a key of its own.') : table(['Stream', 'State'], rows)),
    ],
  };
}
