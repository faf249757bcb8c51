// What the control room's pages are made of.

import { element, number } from '/ui/common.js';

export { element, number };

const ROLES = ['view', 'operate', 'administer'];

/** Whether who has the role `has` may do what needs `needs`. */
export const may = (has, needs) => ROLES.indexOf(has) >= ROLES.indexOf(needs);

/** Says something at the edge of the page, read out, gone after a while. */
export function say(text, bad = false) {
  const note = element('div', { class: bad ? 'note bad' : 'note' }, text);
  document.getElementById('notes').append(note);
  setTimeout(() => note.remove(), bad ? 10000 : 4000);
}

/** Does `task` when pressed; meanwhile it can't be pressed again. What goes wrong is said. */
export function button(text, task, kind = '') {
  const made = element('button', { type: 'button', class: `button ${kind}`.trim() }, text);
  made.addEventListener('click', () => during(made, task));
  return made;
}

export async function during(pressed, task) {
  pressed.disabled = true;
  try {
    await task();
  } catch (refusal) {
    say((refusal.texts ?? [refusal.message]).join(' '), true);
  } finally {
    pressed.disabled = false;
  }
}

export function panel(title, actions, ...content) {
  const head = element('div', { class: 'panel-head' }, element('h2', {}, title));
  if (actions.length > 0) head.append(element('div', { class: 'actions' }, ...actions));
  return element('section', { class: 'panel', 'aria-label': title }, head, ...content);
}

export function badge(text, kind = '') {
  return element('span', { class: `badge ${kind}`.trim() }, text);
}

export function alert(texts, kind = 'bad') {
  const body = texts.length === 1 ? [texts[0]]
    : [element('ul', {}, ...texts.map((text) => element('li', {}, text)))];
  return element('div', { class: `alert ${kind === 'bad' ? '' : kind}`.trim(), role: 'alert' }, ...body);
}

/** A labelled field; `input` is the element that takes the value. */
export function field(label, input, hint = '') {
  const made = element('label', { class: 'field' }, element('span', {}, label), input);
  if (hint) made.append(element('small', {}, hint));
  return made;
}

export function input(name, value = '', attributes = {}) {
  const made = element('input', { name, ...attributes });
  made.value = value;
  return made;
}

export function select(name, options, chosen) {
  const made = element('select', { name },
    ...options.map(([value, text]) => element('option', { value }, text)));
  made.value = chosen;
  return made;
}

export function check(name, label, checked) {
  const box = element('input', { type: 'checkbox', name });
  box.checked = checked;
  return element('label', { class: 'check' }, box, label);
}

/** The head of a column that shows by itself what it is: only read out. */
export const unseen = (text) => element('span', { class: 'unseen' }, text);

export function table(heads, rows) {
  return scrolling(element('table', {},
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...rows.map((row) => element('tr', {}, ...row.map((cell) =>
      cell instanceof HTMLTableCellElement ? cell : element('td', {}, cell)))))));
}

/** What may be too wide; then the keyboard reaches it too, to scroll it. */
function scrolling(content) {
  const made = element('div', { class: 'scroll' }, content);
  const reach = () => {
    if (made.scrollWidth > made.clientWidth) {
      made.tabIndex = 0;
      made.role = 'group';
      made.ariaLabel = 'Scrolls sideways';
    } else {
      ['tabindex', 'role', 'aria-label'].forEach((name) => made.removeAttribute(name));
    }
  };
  const sizes = new ResizeObserver(reach);
  sizes.observe(made);
  sizes.observe(content);
  return made;
}

/** Asks before something that can't be undone. */
export function confirm(title, text, act) {
  return new Promise((resolve) => {
    const yes = element('button', { type: 'button', class: 'button danger' }, act);
    const no = element('button', { type: 'button', class: 'button' }, 'Cancel');
    const dialog = element('dialog', { 'aria-label': title }, element('h2', {}, title), element('p', {}, text),
      element('div', { class: 'actions' }, no, yes));
    document.body.append(dialog);
    yes.addEventListener('click', () => dialog.close('yes'));
    no.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    dialog.showModal();
    no.focus();
  });
}

/** Calls `task` now and each `periodMs` while the page is seen, never twice at once. Gives what stops it. */
export function every(periodMs, task) {
  let timer;
  let stopped = false;
  const turn = async () => {
    clearTimeout(timer);
    try {
      if (!document.hidden) await task();
    } catch (refusal) {
      if (!stopped && refusal.status !== 401) say(refusal.message, true);
    }
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(turn, periodMs);
  };
  const seen = () => document.hidden || stopped || turn();
  document.addEventListener('visibilitychange', seen);
  turn();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  };
}

export function rate(bits) {
  if (bits === undefined || bits === null) return '–';
  if (bits >= 1e6) return `${number(bits / 1e6, 2)} Mbit/s`;
  return `${number(bits / 1e3, 0)} kbit/s`;
}

export function bytes(count) {
  if (count >= 1e9) return `${number(count / 1e9, 1)} GB`;
  return count >= 1e6 ? `${number(count / 1e6, 1)} MB` : `${number(count / 1e3, 0)} KB`;
}

/** "3 min", "2 h 5 min", "4 d 2 h". */
export function span(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return `${Math.max(0, Math.floor(seconds))} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes} min`;
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function time(utc) {
  return new Date(utc).toLocaleTimeString('en-GB');
}

export function moment(utc) {
  return new Date(utc).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}
