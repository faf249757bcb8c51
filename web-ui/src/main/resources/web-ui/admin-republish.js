// Servers that a stream is sent on to: how each does, start and stop, and which there are.

import { call, named } from '/ui/admin-api.js';
import { HIDDEN, changeEntry, entryOf, entryWarnings, readConfig } from '/ui/admin-entry.js';
import { alert, badge, button, bytes, confirm, during, element, field, input, may, panel, say, span } from '/ui/admin-ui.js';

const DEFAULT_BUFFER = '2s';
const WORDS = {
  connecting: ['Connecting', ''],
  publishing: ['Sending', 'on'],
  waiting: ['Failing', 'warn'],
  stopped: ['Stopped', ''],
  ended: ['Ended', ''],
  idle: ['Waiting', ''],
};

/** The servers as the configuration lists them: one or several, addresses or objects. */
function listed(entry) {
  const value = entry.republish;
  const items = value === undefined || value === null || value === 'none' ? [] : [value].flat();
  return items.map((item) => (typeof item === 'string' ? { url: item } : item));
}

/** Each server once: what is configured with how it does, in the configuration's order; then those that only run. */
function joined(items, running) {
  const left = [...running];
  const take = (fits) => {
    const at = left.findIndex(fits);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const rows = items.map((item) => ({
    item, shown: item.url.replace(HIDDEN, '…'), target: take((one) => one.target === item.url.replace(HIDDEN, '...')),
  }));
  for (const row of rows) row.target ??= take((one) => !items.some((item) => item.url.replace(HIDDEN, '...') === one.target));
  return [...rows, ...left.map((target) => ({ shown: target.target.replace('...', '…'), target }))];
}

function facts(target) {
  if (target === undefined) return 'It is connected as soon as the stream is published.';
  const ago = span((Date.now() - Date.parse(target.since)) / 1000);
  const sent = `${bytes(target.bytes)} sent`;
  if (target.state === 'publishing') {
    return `For ${ago}, ${sent}, ${target.cuts === 0 ? 'never cut back' : `cut back ${target.cuts} times`}`
      + (target.reason ? `. Before: ${target.reason}` : '');
  }
  if (target.state === 'waiting') {
    return `${target.reason ?? 'It failed'}. Tried ${target.attempts} times, again in ${Math.ceil((target.retryMs ?? 0) / 1000)} s.`;
  }
  if (target.state === 'stopped') return 'Until it is started, or the gateway restarts.';
  return target.reason ?? `Since ${ago}`;
}

function form(found, item, save, done) {
  const problem = element('div', { class: 'wide' }, ...entryWarnings(found).map((text) => alert([text], 'warn')));
  const press = element('button', { class: 'button main', type: 'submit' }, item ? 'Apply' : 'Add');
  const made = element('form', { class: 'fields' },
    field('Address', input('url', item?.url ?? '', { required: '', spellcheck: 'false', autocomplete: 'off', placeholder: 'rtmp://host/application/name?key=…' }),
      item?.url.includes(HIDDEN) ? `What ${HIDDEN} stands for stays as it is` : 'With the key that the server wants'),
    field('Buffer', input('buffer', item?.buffer ?? DEFAULT_BUFFER, { spellcheck: 'false' }), 'How long it may lag: 200ms to 60s'),
    problem, element('div', { class: 'actions wide' }, press, button('Cancel', async () => done())));
  made.firstChild.classList.add('long');
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    during(press, async () => {
      const data = new FormData(made);
      const url = data.get('url').trim();
      const buffer = data.get('buffer').trim() || DEFAULT_BUFFER;
      try {
        await save(buffer === DEFAULT_BUFFER ? url : { url, buffer });
        done();
      } catch (refusal) {
        problem.replaceChildren(alert(refusal.texts ?? [refusal.message]));
      }
    });
  });
  return made;
}

export async function republishPanel(path, me) {
  const rows = element('ul', { class: 'list servers', 'aria-label': 'Servers' });
  const place = element('div', {});
  const add = button('Add a server', async () => open());
  const node = panel('Sent on to other servers', may(me.role, 'administer') ? [add] : [], rows, place);
  let config = may(me.role, 'administer') ? await readConfig() : null;
  let running = [];

  /** Writes the list as `change` makes it of the one that stands there then. */
  const write = async (change) => {
    await changeEntry(path, (entry) => {
      const items = change(listed(entry).map((item) => (item.buffer === undefined ? item.url : item)));
      return { republish: items.length === 0 ? null : items };
    });
    config = await readConfig();
    say('Written to the configuration.');
  };
  const at = (items, item) => items.findIndex((one) => (one.url ?? one) === item.url);
  const open = (item) => {
    place.replaceChildren(form(entryOf(config, path), item, (made) => write((items) => (item
      ? items.map((one, index) => (index === at(items, item) ? made : one)) : [...items, made])), () => {
      place.replaceChildren();
      show();
    }));
    show();
    place.querySelector('input').focus();
  };
  const controls = ({ item, shown, target }) => {
    const actions = [];
    if (target && may(me.role, 'operate')) {
      if (['stopped', 'waiting'].includes(target.state)) {
        actions.push(button(target.state === 'stopped' ? 'Start' : 'Try now', async () => {
          replaced(await call('POST', `republishers/${named(path)}/targets/${target.id}`));
        }));
      }
      if (!['stopped', 'ended'].includes(target.state)) {
        actions.push(button('Stop', async () => {
          replaced(await call('DELETE', `republishers/${named(path)}/targets/${target.id}`));
          say(`${shown} is stopped.`);
        }, 'danger'));
      }
    }
    if (item && config && may(me.role, 'administer')) {
      actions.push(button('Edit', async () => open(item)), button('Remove', async () => {
        if (await confirm('Remove the server?', `${shown} is taken out of the configuration; the stream isn’t sent there any more.`, 'Remove')) {
          await write((items) => items.filter((one) => (one.url ?? one) !== item.url));
          show();
        }
      }, 'danger'));
    }
    return element('div', { class: 'actions' }, ...actions);
  };
  const replaced = (target) => {
    running = running.map((one) => (one.id === target.id ? target : one));
    show();
  };
  let drawn = '';
  const show = () => {
    add.hidden = config === null || place.hasChildNodes();
    const found = config ? entryOf(config, path) : { entry: {} };
    const all = joined(listed(found.entry), running);
    // Buttons that are pressed or focused stay where they are: what only counts is written into them.
    const shape = JSON.stringify([all.map((row) => [row.shown, row.target?.id, row.target?.state, row.item]), add.hidden]);
    if (shape !== drawn) {
      drawn = shape;
      rows.replaceChildren(...(all.length === 0 ? [element('li', { class: 'soft' }, 'It is sent to no other server.')] : all.map((row) =>
        element('li', { class: 'server' }, badge(...WORDS[row.target?.state ?? 'idle']),
          element('code', {}, row.shown), element('span', { class: 'soft facts' }), controls(row)))));
    }
    all.forEach((row, index) => {
      const text = facts(row.target);
      const line = rows.children[index].querySelector('.facts');
      if (line.textContent !== text) line.textContent = text;
    });
  };
  show();
  return {
    node,
    update: (targets) => {
      running = targets;
      show();
    },
  };
}
