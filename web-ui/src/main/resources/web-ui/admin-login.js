// Signing in, and the first account of a new box.

import { element } from '/ui/common.js';
import { call } from '/ui/admin-api.js';
import { alert, during, field, input } from '/ui/admin-ui.js';

function form(title, lead, fields, act, submit) {
  const problem = element('div', {});
  const press = element('button', { class: 'button main', type: 'submit' }, act);
  const made = element('form', {}, ...fields, problem, press);
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    problem.replaceChildren();
    during(press, async () => {
      try {
        await submit(Object.fromEntries(new FormData(made)));
      } catch (refusal) {
        problem.replaceChildren(alert(refusal.texts ?? [refusal.message]));
      }
    });
  });
  return element('section', { class: 'panel login', 'aria-label': title }, element('h1', {}, title),
    element('p', { class: 'lead' }, lead), made);
}

/** A link may bring the secret behind its #, where no server and no log gets to see it. */
function secretOfLink() {
  return location.hash.startsWith('#/') ? '' : location.hash.slice(1);
}

/** @param found what /api/v1/me says of who isn't signed in */
export function showLogin(found, entered) {
  const warning = found.secure || ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname) ? []
    : [alert(['This page came by plain HTTP: whoever listens on the network can read the password. Configure https.'], 'warn')];
  const name = field('Name', input('name', '', { required: '', autocomplete: 'username', autocapitalize: 'none' }));
  if (found.firstLogin) {
    return [...warning, form('Welcome', 'Nobody has an account here yet. Make the first one; it may do everything.', [
      field('One-time secret', input('secret', secretOfLink(), { required: '', autocomplete: 'off', spellcheck: 'false' }),
      'It stands in a file on this box that only its administrator can read; “lancaster account show-secret” prints it.'),
      name,
      field('Password', input('password', '', { type: 'password', required: '', autocomplete: 'new-password' })),
    ], 'Make the account', async (values) => {
      await call('POST', 'first-login', values);
      history.replaceState(null, '', location.pathname);
      await entered();
    })];
  }
  return [...warning, form('Sign in', 'The control room of this gateway.', [
    name,
    field('Password', input('password', '', { type: 'password', required: '', autocomplete: 'current-password' })),
  ], 'Sign in', async (values) => {
    await call('POST', 'login', values);
    await entered();
  })];
}
