// The whole configuration: its text, with every fault at its line, and the versions that were replaced.

import { Refusal, call, ifStill, read } from '/ui/admin-api.js';
import { alert, button, confirm, element, panel, say, table, unseen } from '/ui/admin-ui.js';

const CHECK_AFTER_MS = 500;

/** A text area with line numbers, those with faults marked. */
function editor(text, readOnly) {
  const area = element('textarea', { spellcheck: 'false', 'aria-label': 'Configuration', autocomplete: 'off', wrap: 'off' });
  area.value = text;
  area.readOnly = readOnly;
  const gutter = element('div', { class: 'gutter', 'aria-hidden': 'true' });
  let faulty = new Set();
  const number = () => {
    const lines = area.value.split('\n').length;
    gutter.replaceChildren(...Array.from({ length: lines }, (_, line) => [
      faulty.has(line + 1) ? element('span', { class: 'fault' }, `${line + 1}`) : `${line + 1}`, '\n']).flat());
    gutter.scrollTop = area.scrollTop;
  };
  area.addEventListener('input', number);
  area.addEventListener('scroll', () => { gutter.scrollTop = area.scrollTop; });
  area.addEventListener('keydown', (event) => {
    // Tab indents; Escape first lets it move on, so that the keyboard isn't caught here.
    if (event.key === 'Escape') area.dataset.leave = '';
    if (event.key === 'Tab' && !event.shiftKey && !('leave' in area.dataset)) {
      event.preventDefault();
      area.setRangeText('  ', area.selectionStart, area.selectionEnd, 'end');
      area.dispatchEvent(new Event('input'));
    }
  });
  area.addEventListener('focus', () => delete area.dataset.leave);
  number();
  return {
    node: element('div', { class: 'editor' }, gutter, area),
    area,
    mark: (lines) => {
      faulty = new Set(lines);
      number();
    },
    goTo: (line) => {
      const before = area.value.split('\n').slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
      area.focus();
      area.setSelectionRange(before, before);
      area.scrollTop = Math.max(0, (line - 5) * parseFloat(getComputedStyle(area).lineHeight));
    },
  };
}

function verdict(view, errors, warnings, changes) {
  const row = (fault, kind) => {
    const text = [fault.path, fault.detail].filter(Boolean).join(': ');
    const item = element('li', {});
    if (fault.line) {
      const link = element('button', { type: 'button', class: 'button quiet' }, `Line ${fault.line}`);
      link.addEventListener('click', () => view.goTo(fault.line));
      item.append(link);
    }
    item.append(text);
    item.className = `alert ${kind === 'bad' ? '' : kind}`.trim();
    return item;
  };
  view.mark(errors.map((error) => error.line).filter(Boolean));
  return [
    element('ul', { class: 'list', 'aria-label': 'Faults' }, ...errors.map((error) => row(error, 'bad')),
      ...warnings.map((warning) => row(warning, 'warn'))),
    ...(errors.length === 0 ? [element('p', { class: 'soft' },
      changes.length === 0 ? 'No fault, and nothing is changed.' : `No fault. This changes: ${changes.map(sentence).join('; ')}`)] : []),
  ];
}

/** "streams.live/townhall changed: hls.window (now)" */
function sentence(change) {
  const keys = change.keys.map((key) => `${key.name} (${key.effect})`).join(', ');
  return `${change.path} ${change.kind}${keys === '' ? '' : `: ${keys}`}`;
}

function report(done) {
  const lines = [...done.changes.map(sentence), ...done.actions];
  if (done.restarts.length > 0) lines.push(`Waiting for a restart: ${done.restarts.join(', ')}`);
  return alert(lines.length === 0 ? ['Nothing changed.'] : lines, done.restarts.length > 0 ? 'warn' : 'good');
}

async function versions(config, restored) {
  const { versions: kept } = await read('config/versions');
  if (kept.length === 0) return element('p', { class: 'soft' }, 'Nothing has been replaced yet.');
  return table(['Replaced', 'Size', unseen('Actions')], kept.map((version) => [
    version.id, `${version.bytes} bytes`,
    button('Put back', async () => {
      if (await confirm('Put this version back?', 'The present text is kept as a version too.', 'Put back')) {
        await restored(version.id);
      }
    }),
  ]));
}

export async function page() {
  let config;
  try {
    config = await read('config');
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return {
      title: 'Configuration',
      nodes: [element('h1', {}, 'Configuration'), alert([refusal.message], 'warn')],
    };
  }
  const view = editor(config.text ?? '', !config.writable);
  const verdicts = element('div', {});
  const outcome = element('div', {});
  const history = element('div', {});
  const judge = async () => {
    const checked = await call('POST', 'config/check', { text: view.area.value });
    verdicts.replaceChildren(...verdict(view, checked.errors, checked.warnings, checked.changes));
    return checked.errors.length === 0;
  };
  const written = async (saved) => {
    outcome.replaceChildren(report(saved));
    config = await read('config');
    view.area.value = config.text ?? '';
    await judge();
    history.replaceChildren(await versions(config, restore));
  };
  const save = async () => {
    outcome.replaceChildren();
    if (!await judge()) {
      say('There are faults; nothing was written.', true);
      return;
    }
    await written(await call('PUT', 'config', { text: view.area.value }, ifStill(config)));
    say('Saved, and in force.');
  };
  const restore = async (id) => written(await call('POST', `config/versions/${encodeURIComponent(id)}/restore`, undefined, ifStill(config)));
  let timer;
  view.area.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => judge().catch((refusal) => say(refusal.message, true)), CHECK_AFTER_MS);
  });
  verdicts.append(...verdict(view, config.errors, config.warnings, []));
  history.append(await versions(config, restore));
  return {
    title: 'Configuration',
    nodes: [
      element('h1', {}, 'Configuration'),
      element('p', { class: 'lead' }, `${config.file}${config.writable ? '' : ' can’t be written by this program; change it there and reload.'}`),
      ...(config.overridden.length > 0
        ? [alert([`The command line overrides ${config.overridden.join(', ')}.`], 'warn')] : []),
      panel('Text', [button('Reload the file', async () => {
        outcome.replaceChildren(report(await call('POST', 'config/reload')));
      }), ...(config.writable ? [button('Save', save, 'main')] : [])], view.node, verdicts, outcome),
      panel('Versions before', [], history),
    ],
    leave: () => clearTimeout(timer),
  };
}
