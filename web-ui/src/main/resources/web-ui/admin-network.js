// What the doctor finds on this host and its network, and how punctual the outputs are.

import { call, read } from '/ui/admin-api.js';
import { changeEntry, readConfig } from '/ui/admin-entry.js';
import {
  alert, badge, button, confirm, during, element, every, field, input, may, moment, number, panel, say, table, unseen,
} from '/ui/admin-ui.js';

const REFRESH_MS = 4000;
const KINDS = { ok: 'on', warning: 'warn', problem: 'bad', unknown: '' };
const ORDER = ['problem', 'warning', 'unknown', 'ok'];

function findings(report) {
  const sorted = [...report.findings].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return element('ul', { class: 'list' }, ...sorted.map((found) => element('li', { class: 'finding' },
    badge(found.verdict, KINDS[found.verdict]),
    element('span', {}, found.interface ? `${found.interface}: ${found.message}` : found.message),
    ...(found.fix ? [element('span', { class: 'soft' }, found.fix)] : []))));
}

function reception(receiver) {
  const silences = receiver.ways.map((way) => way.silence?.text).filter(Boolean);
  return [receiver.stream, receiver.source, receiver.live ? badge('Live', 'on') : badge('Waiting', 'warn'),
    silences.join(' ') || receiver.failure || receiver.unusable || receiver.refusal
      || (receiver.rtp ? `${number(receiver.rtp.lost, 0)} lost, ${number(receiver.rtp.recovered, 0)} repaired` : '')];
}

function pull(one) {
  return [one.stream, one.source, badge(one.state, one.state === 'live' ? 'on' : 'warn'), one.reason ?? ''];
}

/** Fetches a stream of another box from now on: a source in its entry of the configuration. */
function fetching(done) {
  const problem = element('div', { class: 'wide' });
  const press = element('button', { class: 'button main', type: 'submit' }, 'Fetch');
  const form = element('form', { class: 'fields' },
    field('Stream here', input('stream', 'live/', { required: '', pattern: '[^ \\/*]+(\\/[^ \\/*]+){1,2}', spellcheck: 'false' }), 'Such as live/branch'),
    field('From', input('source', '', { required: '', spellcheck: 'false', autocomplete: 'off' }),
      'rtp://SENDER@GROUP:PORT, http://box/live/name.sdp, rtmp://box/live/name or https://box/live/name.m3u8'),
    problem, element('div', { class: 'actions wide' }, press, button('Cancel', async () => done())));
  form.children[1].classList.add('long');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    during(press, async () => {
      const data = new FormData(form);
      try {
        await changeEntry(data.get('stream').trim(), () => ({ source: data.get('source').trim() }));
        say('Written to the configuration.');
        done();
      } catch (refusal) {
        problem.replaceChildren(alert(refusal.texts ?? [refusal.message]));
      }
    });
  });
  return form;
}

export async function page({ me, happenings }) {
  const health = element('div', {});
  const state = element('p', { class: 'soft', role: 'status' });
  const interfaces = element('div', {});
  const receivers = element('div', {});
  const place = element('div', {});
  const administers = may(me.role, 'administer');
  let drawn = '';
  const examine = async () => {
    const examined = await read('doctor');
    state.textContent = examined.state === 'running' ? 'The doctor is looking…'
      : `Looked at ${moment(examined.at)}, ${examined.report?.means ?? ''}`;
    if (examined.report) health.replaceChildren(findings(examined.report));
    if (examined.failure) health.replaceChildren(alert([examined.failure]));
  };
  const refresh = async () => {
    const [multicasts, received, { pulls }] = await Promise.all([read('multicasts'), read('receivers'), read('pulls')]);
    interfaces.replaceChildren(table(['Interface', 'Addresses', 'MTU', 'Multicast'], multicasts.interfaces.map((one) => [
      one.name, one.addresses.join(', '), `${one.mtu}`, one.usable ? badge('usable', 'on') : badge('can’t send')])));
    const fetched = [...received.receivers.map(reception), ...pulls.map(pull)];
    const now = JSON.stringify(fetched.map((row) => row.map((cell) => cell.textContent ?? cell)));
    if (now === drawn) return;
    drawn = now;
    receivers.replaceChildren(fetched.length === 0
      ? element('p', { class: 'soft' }, 'Nothing is received from other boxes.')
      : table(['Stream', 'From', 'State', 'Remarks', ...(administers ? [unseen('Actions')] : [])],
        fetched.map((row) => [...row, ...(administers ? [ending(row[0])] : [])])));
  };
  const ending = (path) => button('End', async () => {
    if (await confirm('Fetch it no longer?', `${path} ends here; encoders may publish it then.`, 'End')) {
      await changeEntry(path, () => ({ source: null }));
      await refresh();
    }
  }, 'danger');
  const open = button('Fetch a stream', async () => {
    if (await readConfig() === null) throw new Error('The configuration can’t be changed from here.');
    open.hidden = true;
    place.replaceChildren(fetching(() => {
      place.replaceChildren();
      open.hidden = false;
      refresh().catch(() => {});
    }));
    place.querySelector('input').focus();
  });
  const stop = every(REFRESH_MS, refresh);
  const stopLooking = every(REFRESH_MS, async () => {
    if (!health.hasChildNodes()) await examine();
  });
  const done = () => examine().catch(() => {});
  happenings.addEventListener('doctor', done);
  await examine();
  return {
    title: 'Network',
    nodes: [
      element('h1', {}, 'Network'),
      panel('Doctor', may(me.role, 'operate') ? [button('Examine now', async () => {
        await call('POST', 'doctor');
        await examine();
      })] : [], state, health),
      panel('Interfaces', [], interfaces),
      panel('Received streams', administers ? [open] : [], receivers, place),
    ],
    leave: () => {
      stop();
      stopLooking();
      happenings.removeEventListener('doctor', done);
    },
  };
}
