// The IP multicast of a stream: how it goes, and its settings with what the address plan says of them.

import { call, named, read } from '/ui/admin-api.js';
import { changeEntry } from '/ui/admin-entry.js';
import { MULTICAST_WORDS } from '/ui/admin-health.js';
import {
  alert, badge, button, check, during, element, field, input, may, number, panel, rate, say, select, table,
} from '/ui/admin-ui.js';

const CHECK_AFTER_MS = 400;
const CLASSES = ['AF41', 'AF42', 'AF31', 'EF', 'CS5', 'CS4', 'CS3', 'BE'].map((name) => [name, name]);

/** The settings as the form has them: keys of the configuration. */
function values(form) {
  const data = new FormData(form);
  const ttl = Number(data.get('ttl'));
  const settings = {
    address: data.get('address').trim() || 'auto',
    interface: data.get('interface'),
    source: data.get('source').trim() || 'auto',
    ttl: Number.isInteger(ttl) ? ttl : data.get('ttl'),
    dscp: data.get('dscp'),
    payload: data.get('payload'),
    smooth: data.get('smooth').trim() || 'none',
    rate: data.get('rate').trim() || 'none',
    loopback: data.has('loopback'),
    sap: data.has('sap'),
  };
  const columns = Number(data.get('columns'));
  const rows = Number(data.get('rows'));
  settings.fec = columns > 0 && rows > 0 ? { columns, rows } : 'none';
  return settings;
}

function fields(settings, interfaces) {
  const known = interfaces.filter((one) => one.usable)
    .map((one) => [one.name, `${one.name} (${one.addresses.join(', ')})`]);
  if (settings.interface !== 'none' && !known.some(([name]) => name === settings.interface)) {
    known.push([settings.interface, settings.interface]);
  }
  const classes = CLASSES.some(([name]) => name === settings.dscp) ? CLASSES : [[settings.dscp, settings.dscp], ...CLASSES];
  const fec = settings.fec === 'none' ? {} : settings.fec;
  const whole = { type: 'number', min: '0', max: '20', inputmode: 'numeric' };
  return [
    field('Interface', select('interface', [['none', 'none: nothing is sent'], ...known], settings.interface)),
    field('Group and port', input('address', settings.address, { spellcheck: 'false' }), '232.10.1.7:5004, or auto'),
    field('Source', input('source', settings.source, { spellcheck: 'false' }), 'The address that viewers name, or auto'),
    field('TTL', input('ttl', settings.ttl, { type: 'number', min: '0', max: '255' }), 'Routers it may cross; 1 stays on the LAN'),
    field('Class (DSCP)', select('dscp', classes, settings.dscp)),
    field('Payload', select('payload', [['rtp', 'RTP'], ['udp', 'plain UDP']], settings.payload)),
    field('Smooth', input('smooth', settings.smooth), 'none, or up to how long key frames are spread: 100ms'),
    field('Constant rate', input('rate', settings.rate), 'none, or such as 5Mbit/s'),
    field('FEC columns', input('columns', fec.columns ?? 0, whole), '0: no parity'),
    field('FEC rows', input('rows', fec.rows ?? 0, whole)),
    check('loopback', 'This box hears it too', settings.loopback),
    check('sap', 'Announce it (SAP)', settings.sap),
  ];
}

/** The form: what it says is checked while it is typed. */
function edit(path, me, settings, interfaces, running, done) {
  const verdicts = element('div', { class: 'wide' });
  const keep = may(me.role, 'administer') ? check('keep', 'Keep it in the configuration', true) : null;
  const apply = element('button', { class: 'button main', type: 'submit' }, running ? 'Apply' : 'Start');
  const form = element('form', { class: 'fields' }, ...fields(settings, interfaces), verdicts,
    element('div', { class: 'actions wide' }, ...(keep ? [keep] : []), apply, button('Cancel', async () => done())));
  let timer;
  const judge = async () => {
    const texts = (refusals, warnings) => verdicts.replaceChildren(
      ...(refusals.length > 0 ? [alert(refusals)] : []), ...(warnings.length > 0 ? [alert(warnings, 'warn')] : []));
    try {
      const proposal = await call('POST', `multicasts/${named(path)}/check`, values(form));
      texts(proposal.refusals, proposal.warnings);
    } catch (refusal) {
      texts(refusal.texts ?? [refusal.message], []);
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(judge, CHECK_AFTER_MS);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    during(apply, async () => {
      try {
        if (keep?.querySelector('input').checked) {
          await changeEntry(path, () => ({ multicast: values(form) }));
          say('Written to the configuration.');
        } else {
          await call(running ? 'PATCH' : 'POST', `multicasts/${named(path)}`, values(form));
          say('In force until the gateway stops.');
        }
        done();
      } catch (refusal) {
        verdicts.replaceChildren(alert(refusal.texts ?? [refusal.message]));
      }
    });
  });
  judge();
  return form;
}

function facts(output) {
  const rows = output.ways.map((way) => [
    way.source ? `${way.source} on ${way.interface}` : way.interface, way.address, number(way.media.datagrams, 0),
    Object.entries(way.media.errors).map(([name, count]) => `${count} ${name}`).join(', ') || 'none',
  ]);
  const late = output.lateness;
  return [
    element('p', { class: 'soft' }, `${rate(output.bitsPerSecond)}, ${number(output.datagrams, 0)} datagrams and ${number(output.parityDatagrams, 0)} of parity, ${number(output.failedDatagrams, 0)} failed; half left within ${late.medianUs} µs of their time, 99 % within ${late.p99Us} µs.`
      + (output.viewers ? ` ${output.viewers.reporting} viewers report, ${output.viewers.losing} of them loss.` : '')),
    ...(rows.length > 0 ? [table(['From', 'To', 'Datagrams', 'Errors'], rows)] : []),
  ];
}

export function multicastPanel(path, me) {
  const state = element('span', {});
  const body = element('div', {});
  const form = element('div', {});
  const actions = element('div', { class: 'actions' });
  let last;
  const running = () => last !== undefined && !['prepared', 'stopped'].includes(last.state);
  const controls = () => {
    actions.replaceChildren();
    if (!may(me.role, 'operate') || last === undefined || form.hasChildNodes()) return;
    actions.append(button(running() ? 'Edit' : 'Start…', async () => {
      const { interfaces } = await read('multicasts');
      form.replaceChildren(edit(path, me, last.settings, interfaces, running(), () => {
        form.replaceChildren();
        controls();
      }));
      controls();
      form.querySelector('select').focus();
    }));
    if (running()) {
      actions.append(button('Stop', async () => {
        await call('DELETE', `multicasts/${named(path)}`);
        say('Multicast is stopped until it is started again or the gateway restarts.');
      }, 'danger'));
    }
  };
  const node = panel('IP multicast', [], element('div', { class: 'panel-head' }, state, actions), body, form);
  let shown = '';
  return {
    node,
    leave: () => {},
    update: (output) => {
      last = output;
      state.replaceChildren(...(output ? [badge(...MULTICAST_WORDS[output.state])] : []));
      body.replaceChildren(
        ...(output === undefined ? [element('p', { class: 'soft' }, 'This stream doesn’t go out as multicast.')] : [
          ...(output.reason ? [element('p', {}, output.reason)] : []),
          ...(output.warnings.length > 0 ? [alert(output.warnings, 'warn')] : []),
          ...facts(output)]));
      const now = `${output?.state}`;
      if (now !== shown) {
        shown = now;
        controls();
      }
    },
  };
}
