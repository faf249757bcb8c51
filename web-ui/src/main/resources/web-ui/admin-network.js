// What the doctor finds on this host and its network, and how punctual the outputs are.

import { call, read } from '/ui/admin-api.js';
import { alert, badge, button, element, every, may, moment, number, panel, table } from '/ui/admin-ui.js';

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

export async function page({ me, happenings }) {
  const health = element('div', {});
  const state = element('p', { class: 'soft', role: 'status' });
  const interfaces = element('div', {});
  const receivers = element('div', {});
  const examine = async () => {
    const examined = await read('doctor');
    state.textContent = examined.state === 'running' ? 'The doctor is looking…'
      : `Looked at ${moment(examined.at)}, ${examined.report?.means ?? ''}`;
    if (examined.report) health.replaceChildren(findings(examined.report));
    if (examined.failure) health.replaceChildren(alert([examined.failure]));
  };
  const refresh = async () => {
    const [multicasts, received, { pulls }] = await Promise.all([read('multicasts'), read('receivers'), read('pulls')]);
    interfaces.replaceChildren(table(['Interface', 'Addresses', 'MTU', ''], multicasts.interfaces.map((one) => [
      one.name, one.addresses.join(', '), `${one.mtu}`, one.usable ? badge('usable', 'on') : badge('can’t send')])));
    const fetched = [...received.receivers.map(reception), ...pulls.map(pull)];
    receivers.replaceChildren(fetched.length === 0
      ? element('p', { class: 'soft' }, 'Nothing is received from other boxes.')
      : table(['Stream', 'From', 'State', ''], fetched));
  };
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
      panel('Received streams', [], receivers),
    ],
    leave: () => {
      stop();
      stopLooking();
      happenings.removeEventListener('doctor', done);
    },
  };
}
