// Who may manage the box: accounts, tokens of scripts, and what they did.

import { copyField } from '/ui/common.js';
import { call, read } from '/ui/admin-api.js';
import { alert, badge, button, confirm, during, element, field, input, moment, panel, say, select, table, unseen } from '/ui/admin-ui.js';
import { viewingPanel } from '/ui/admin-viewing.js';

const ROLES = [['view', 'view'], ['operate', 'operate'], ['administer', 'administer']];
const DAY_S = 86400;
const VALID = [[30, '30 days'], [365, 'a year'], [0, 'without end']];

/** A form that sends what it holds, then `done`; what is refused is shown in it. */
function sender(fields, act, send, done) {
  const problem = element('div', { class: 'wide' });
  const press = element('button', { class: 'button main', type: 'submit' }, act);
  const form = element('form', { class: 'fields' }, ...fields,
    element('div', { class: 'submit' }, press), problem);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    problem.replaceChildren();
    during(press, async () => {
      try {
        const answer = await send(Object.fromEntries(new FormData(form)));
        form.reset();
        await done(answer, problem);
      } catch (refusal) {
        problem.replaceChildren(alert(refusal.texts ?? [refusal.message]));
      }
    });
  });
  return form;
}

function accountRow(account, me, refresh) {
  const role = select('role', ROLES, account.role);
  role.setAttribute('aria-label', `Role of ${account.name}`);
  role.addEventListener('change', () => during(role, async () => {
    try {
      await call('PATCH', `accounts/${encodeURIComponent(account.name)}`, { role: role.value });
      say(`${account.name} may ${role.value} now.`);
    } finally {
      await refresh();
    }
  }));
  return [account.name === me.name ? `${account.name} (you)` : account.name, role, moment(account.passwordSet),
    button('Remove', async () => {
      if (await confirm(`Remove ${account.name}?`, 'Their sessions end at once.', 'Remove')) {
        await call('DELETE', `accounts/${encodeURIComponent(account.name)}`);
        await refresh();
      }
    }, 'danger')];
}

function tokenRow(token, refresh) {
  return [token.name, token.role, token.madeBy, token.until ? moment(token.until) : 'no end',
    button('Revoke', async () => {
      await call('DELETE', `tokens/${encodeURIComponent(token.name)}`);
      await refresh();
    }, 'danger')];
}

export async function page({ me }) {
  const accounts = element('div', {});
  const tokens = element('div', {});
  const audit = element('div', {});
  const refresh = async () => {
    const [people, scripts, done] = await Promise.all([read('accounts'), read('tokens'), read('audit?limit=100')]);
    accounts.replaceChildren(table(['Name', 'May', 'Password of', unseen('Actions')],
      people.accounts.map((account) => accountRow(account, me, refresh))));
    tokens.replaceChildren(scripts.tokens.length === 0 ? element('p', { class: 'soft' }, 'There are none.')
      : table(['Name', 'May', 'Made by', 'Good until', unseen('Actions')], scripts.tokens.map((token) => tokenRow(token, refresh))));
    audit.replaceChildren(table(['At', 'Who', 'From', 'What', 'Outcome'], done.entries.map((entry) => [
      moment(entry.at), entry.who, entry.from, entry.what, badge(entry.outcome, /^(ok|done)/.test(entry.outcome) ? '' : 'warn')])));
  };
  await refresh();
  const password = (name) => input(name, '', { type: 'password', required: '', autocomplete: 'new-password' });
  return {
    title: 'People',
    nodes: [
      element('h1', {}, 'People'),
      panel('Accounts', [], accounts, element('h3', {}, 'New account'), sender([
        field('Name', input('name', '', { required: '', autocomplete: 'off' })),
        field('May', select('role', ROLES, 'view')),
        field('Password', password('password')),
      ], 'Add', (values) => call('POST', 'accounts', values), refresh)),
      panel('Your password', [], sender([
        field('Old', input('old', '', { type: 'password', required: '', autocomplete: 'current-password' })),
        field('New', password('new')),
      ], 'Change', (values) => call('PUT', 'me/password', values), async () => say('Your password is changed.'))),
      panel('Tokens for scripts', [], tokens, element('h3', {}, 'New token'), sender([
        field('Name', input('name', '', { required: '', autocomplete: 'off' })),
        field('May', select('role', ROLES, 'view')),
        field('Good for', select('days', VALID, '365')),
      ], 'Make', (values) => call('POST', 'tokens', {
        name: values.name, role: values.role, ...(Number(values.days) > 0 ? { validSeconds: values.days * DAY_S } : {}),
      }), async (made, place) => {
        await refresh();
        place.replaceChildren(alert(['Copy it now: it can’t be shown again.'], 'warn'),
          element('dl', { class: 'addresses' }, copyField('Token', made.token)));
      })),
      await viewingPanel(),
      panel('What was changed', [], audit),
    ],
  };
}
