// The frame of the control room: who is here, which page is shown, and what happens meanwhile.

import { element } from '/ui/common.js';
import { call, read } from '/ui/admin-api.js';
import { button, may, say } from '/ui/admin-ui.js';
import { showLogin } from '/ui/admin-login.js';

/** Pages by the first word behind the hash: their name in the menu, who may see them, and their module. */
const PLACES = {
  streams: ['Streams', 'view', () => import('/ui/admin-streams.js')],
  stream: [null, 'view', () => import('/ui/admin-stream.js')],
  network: ['Network', 'view', () => import('/ui/admin-network.js')],
  events: ['Events', 'view', () => import('/ui/admin-events.js')],
  keys: ['Keys', 'administer', () => import('/ui/admin-keys.js')],
  configuration: ['Configuration', 'administer', () => import('/ui/admin-config.js')],
  people: ['People', 'administer', () => import('/ui/admin-people.js')],
};

const main = document.getElementById('main');
const places = document.getElementById('places');
const who = document.getElementById('who');
let me = null;
let leave = () => {};
let source = null;
/** Counts what was asked to be shown: a page that was overtaken while it loaded isn't shown any more. */
let turn = 0;

/** What happens at the gateway, as DOM events named after their types; pages listen while they are shown. */
const happenings = new EventTarget();

function follow() {
  source?.close();
  source = new EventSource('/api/v1/events');
  for (const type of ['stream', 'multicast', 'receiver', 'republisher', 'pull', 'change', 'log', 'doctor', 'missed']) {
    source.addEventListener(type, (event) => {
      happenings.dispatchEvent(new CustomEvent(type, { detail: JSON.parse(event.data) }));
      happenings.dispatchEvent(new CustomEvent('any', { detail: { type, ...JSON.parse(event.data) } }));
    });
  }
}

function menu(current) {
  places.hidden = me === null;
  places.replaceChildren(...Object.entries(PLACES)
    .filter(([, [name, needs]]) => name !== null && me !== null && may(me.role, needs))
    .map(([place, [name]]) => {
      const link = element('a', { href: `#/${place}` }, name);
      if (place === current || (place === 'streams' && current === 'stream')) link.setAttribute('aria-current', 'page');
      return link;
    }));
  who.replaceChildren();
  if (me !== null) {
    who.append(`${me.name} · ${me.role}`, button('Sign out', async () => {
      await call('POST', 'logout');
      signedOut();
    }, 'quiet'));
  }
}

function signedOut() {
  source?.close();
  me = null;
  enter();
}

/** Leaves the page that is shown; gives the number of the turn that begins. */
function next() {
  leave();
  leave = () => {};
  turn += 1;
  return turn;
}

async function show() {
  const mine = next();
  const [place, ...rest] = location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
  const known = Object.hasOwn(PLACES, place) && may(me.role, PLACES[place][1]) ? place : 'streams';
  menu(known);
  main.replaceChildren(element('p', { class: 'lead' }, 'Loading…'));
  try {
    const module = await PLACES[known][2]();
    const page = await module.page({ me, happenings, rest: rest.join('/') });
    if (mine !== turn) {
      page.leave?.();
      return;
    }
    main.replaceChildren(...page.nodes);
    // When the page is there, for who measures.
    performance.mark('shown');
    leave = page.leave ?? leave;
    document.title = `${page.title} · Lancaster`;
  } catch (refusal) {
    if (mine !== turn) return;
    if (refusal.status !== 401) main.replaceChildren(element('p', { class: 'alert', role: 'alert' }, refusal.message));
  }
  main.focus({ preventScroll: true });
}

/** Lets in who has a session, and asks everyone else. */
async function enter() {
  const mine = next();
  let found;
  try {
    found = await read('me');
    if (mine !== turn) return;
  } catch (refusal) {
    if (mine !== turn) return;
    main.replaceChildren(element('p', { class: 'alert', role: 'alert' }, refusal.message),
      button('Try again', enter));
    return;
  }
  if (found.role === 'anyone') {
    menu('');
    document.title = 'Sign in · Lancaster';
    main.replaceChildren(...showLogin(found, enter));
    main.querySelector('input')?.focus();
    return;
  }
  me = found;
  follow();
  show();
}

addEventListener('hashchange', () => me !== null && show());
addEventListener('signed-out', () => {
  if (me !== null) {
    say('Your session is over.');
    signedOut();
  }
});
enter();
