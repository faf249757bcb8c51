// Who may watch: everybody, or who comes from an address, with a signed address or with a token.

import { call, ifStill, read } from '/ui/admin-api.js';
import { HIDDEN, changeEntry, entryOf, entryWarnings, readConfig } from '/ui/admin-entry.js';
import { alert, badge, button, during, element, field, input, panel, say, select } from '/ui/admin-ui.js';

const KEYS = ['addresses', 'secret', 'public-key', 'issuer', 'audience', 'require'];
const SECRET_BYTES = 32;

const isRule = (viewing) => typeof viewing === 'object' && viewing !== null;
const given = (value) => value !== undefined && value !== null && value !== 'none' && value !== '';

/** A rule in words: a badge, and what lets somebody in. */
function told(viewing, inherited) {
  if (!isRule(viewing)) {
    return [inherited ? 'As for all streams' : 'Open', inherited ? 'What holds for all streams holds for this one: see People.'
      : 'Everybody who reaches the box may watch.'];
  }
  const ways = [];
  if (given(viewing.addresses)) ways.push(`who comes from ${[viewing.addresses].flat().map((one) => one.range ?? one).join(', ')}`);
  if (given(viewing.secret)) ways.push('who has a signed address or a token of the shared secret');
  if (given(viewing['public-key'])) {
    ways.push(`who has a token of ${given(viewing.issuer) ? viewing.issuer : `the key ${viewing['public-key']}`}`);
  }
  return ['Restricted', `Lets in ${ways.join(viewing.require === 'all' ? ', and of those ' : ', or ')}.`];
}

/** 256 bits that nobody guesses, in letters that need no quoting. */
function newSecret() {
  const bits = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
  return btoa(String.fromCharCode(...bits)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function signing(path) {
  return element('details', { class: 'wide' }, element('summary', {}, 'How an address is signed'),
    element('p', { class: 'soft' }, 'HMAC-SHA256 over the stream, a line feed and the seconds since 1970 until which it is good, in Base64url. Any portal can do it:'),
    element('code', { class: 'block' }, `printf '${path ?? 'live/townhall'}\\n1800000000' | openssl dgst -sha256 -hmac "$SECRET" -binary | basenc --base64url | tr -d =`),
    element('p', { class: 'soft' }, `The viewer’s address then ends in ?until=1800000000&sign=SIGNATURE. With a token instead: ?token=JWT.`));
}

function values(data) {
  const rule = {};
  const addresses = data.get('addresses').split(/[\s,]+/).filter(Boolean);
  rule.addresses = addresses.length > 0 ? addresses : null;
  for (const key of ['secret', 'public-key', 'issuer', 'audience']) rule[key] = data.get(key).trim() || null;
  rule.require = data.get('require') === 'all' ? 'all' : null;
  return rule;
}

function form(path, present, warnings, save, done) {
  const rule = isRule(present) ? present : {};
  const problem = element('div', { class: 'wide' }, ...warnings.map((text) => alert([text], 'warn')));
  const text = (name, hint, label) => field(label, input(name, given(rule[name]) ? rule[name] : '', { spellcheck: 'false', autocomplete: 'off' }), hint);
  const addresses = element('textarea', { name: 'addresses', rows: '3', spellcheck: 'false' });
  addresses.value = given(rule.addresses) ? [rule.addresses].flat().map((one) => one.range ?? one).join('\n') : '';
  const secret = text('secret', given(rule.secret) ? `${HIDDEN} stays as it is; file: and env: name where it is` : 'For signed addresses and HS256 tokens; at least 32 characters, or file:PATH', 'Shared secret');
  const make = button('Make one', async () => { secret.querySelector('input').value = newSecret(); }, 'quiet');
  const rules = element('div', { class: 'wide fields' },
    field('Addresses', addresses, 'One a line: 10.0.0.0/8, 2001:db8::/32, 192.168.1.7'),
    element('div', {}, secret, make),
    text('public-key', 'A PEM file, for tokens that another server signs', 'Public key'),
    text('issuer', 'A token’s iss must be this', 'Issuer'), text('audience', 'A token’s aud must name this', 'Audience'),
    field('What suffices', select('require', [['any', 'any one of them'], ['all', 'right address and signature or token']], rule.require === 'all' ? 'all' : 'any')),
    signing(path));
  const choices = [['open', 'Everybody'], ['rule', 'Only by a rule']];
  if (path !== undefined) choices.unshift(['inherit', 'As for all streams']);
  let chosen = isRule(present) ? 'rule' : 'open';
  if (path !== undefined && present === undefined) chosen = 'inherit';
  const kind = select('kind', choices, chosen);
  rules.hidden = chosen !== 'rule';
  kind.addEventListener('change', () => { rules.hidden = kind.value !== 'rule'; });
  const press = element('button', { class: 'button main', type: 'submit' }, 'Apply');
  const made = element('form', { class: 'fields' }, field('Who may watch', kind), rules, problem,
    element('div', { class: 'actions wide' }, press, button('Cancel', async () => done())));
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    during(press, async () => {
      const wanted = { inherit: null, open: 'open', rule: values(new FormData(made)) }[kind.value];
      // What isn't there needn't be taken out.
      if (kind.value === 'rule') KEYS.forEach((key) => wanted[key] === null && !given(rule[key]) && delete wanted[key]);
      try {
        await save(wanted);
        say('Written to the configuration.');
        done();
      } catch (refusal) {
        problem.replaceChildren(alert(refusal.texts ?? [refusal.message]));
      }
    });
  });
  return made;
}

/** The rule of a stream; without `path` that of all streams. */
export async function viewingPanel(path) {
  const state = element('span', {});
  const words = element('p', { class: 'soft' });
  const place = element('div', {});
  const edit = button('Change', async () => {
    const config = await readConfig();
    if (config === null) throw new Error('The configuration can’t be changed from here.');
    const found = path === undefined ? { own: true, entry: config.document } : entryOf(config, path);
    place.replaceChildren(form(path, found.entry?.viewing, entryWarnings(found), async (wanted) => {
      if (path === undefined) {
        await call('PATCH', 'config', { viewing: wanted }, ifStill(await read('config')));
      } else {
        await changeEntry(path, () => ({ viewing: wanted }));
      }
    }, close));
    edit.hidden = true;
    place.querySelector('select').focus();
  });
  const show = async () => {
    const config = await readConfig();
    edit.hidden = config === null;
    const entry = config === null ? undefined : (path === undefined ? config.document : entryOf(config, path).entry);
    const [word, text] = config === null ? ['', 'The configuration can’t be changed from here.']
      : told(entry?.viewing, path !== undefined && entry?.viewing === undefined);
    state.replaceChildren(badge(word, word === 'Restricted' ? 'on' : ''));
    words.textContent = text;
  };
  const close = () => {
    place.replaceChildren();
    edit.hidden = false;
    show().catch(() => {});
  };
  await show();
  return panel(path === undefined ? 'Who may watch' : 'Who may watch it', [state, edit], words, place);
}
