// What both pages need: elements, copyable fields, the list of streams and the gateway's clock.

/** An element with attributes, and text or nodes inside. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('aria-hidden', 'true');
  const use = svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'use'));
  use.setAttribute('href', `/ui/icons.svg#${name}`);
  return svg;
}

export function setIcon(button, name) {
  const use = button.querySelector('use');
  const href = `/ui/icons.svg#${name}`;
  if (use.getAttribute('href') !== href) use.setAttribute('href', href);
}

/** Writes only what changed: screen readers and selections are left in peace. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A row of a description list: a name, a text to copy and the button that copies it. */
export function copyField(label, text) {
  const button = element('button', { type: 'button', class: 'copy', 'aria-label': `Copy: ${label}`, title: 'Copy' },
    icon('copy'));
  button.addEventListener('click', async () => {
    await copyText(text, button);
    button.setAttribute('aria-label', `Copied: ${label}`);
    setIcon(button, 'done');
    setTimeout(() => {
      button.setAttribute('aria-label', `Copy: ${label}`);
      setIcon(button, 'copy');
    }, 2000);
  });
  return element('div', {}, element('dt', {}, label), element('dd', {}, element('code', {}, text), button));
}

/** Browsers give the clipboard to secure pages only; on plain HTTP a selection is copied the old way. */
async function copyText(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return;
  } catch {
    // Refused, or not there at all.
  }
  const field = element('textarea', { readonly: '', 'aria-hidden': 'true' });
  field.value = text;
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  button.focus();
}

/** How much the gateway's clock is ahead of the one here, and how long the answer that told it took. */
let aheadMs = 0;
let roundTripMs = Infinity;

/** The time by the gateway's clock. */
export function gatewayNowMs() {
  return Date.now() + aheadMs;
}

/** The quickest answer tells best; clocks drift, so that an old one is worth less and less. */
function learnClock(now, sentMs, receivedMs) {
  roundTripMs += 1;
  if (receivedMs - sentMs <= roundTripMs) {
    roundTripMs = receivedMs - sentMs;
    aheadMs = Date.parse(now) - (sentMs + receivedMs) / 2;
  }
}

/** What lets the viewer in, where watching needs it: it came with the page's address and goes along with all others. */
export const ticket = (() => {
  const given = new URLSearchParams(location.search);
  const shown = new URLSearchParams();
  for (const name of ['token', 'until', 'sign']) {
    if (given.has(name)) shown.set(name, given.get(name));
  }
  return shown.toString() ? `?${shown}` : '';
})();

/** What is live, as the gateway lists it. Rejects where the gateway can't be reached. */
export async function fetchStreams() {
  const sentMs = Date.now();
  const response = await fetch(`/streams.json${ticket}`, { cache: 'no-store', signal: AbortSignal.timeout(8000) });
  const receivedMs = Date.now();
  if (!response.ok) throw new Error(`the gateway answers ${response.status}`);
  const listed = await response.json();
  learnClock(listed.now, sentMs, receivedMs);
  return listed;
}

/** Calls `task` now and then every `periodMs` (a function gives it anew each time) while the page is seen. */
export function repeat(task, periodMs) {
  let timer;
  const turn = async () => {
    clearTimeout(timer);
    await task();
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(turn, typeof periodMs === 'function' ? periodMs() : periodMs);
  };
  document.addEventListener('visibilitychange', () => document.hidden || turn());
  turn();
  return turn;
}

/** "1920 × 1080 · 25 fps · stereo", as far as it is known. */
export function describe(stream) {
  const { video, audio } = stream;
  const facts = [];
  if (video?.width) facts.push(`${video.width} × ${video.height}`);
  if (video?.frameRate) facts.push(`${number(video.frameRate, 2)} fps`);
  if (audio) facts.push(['no sound', 'mono', 'stereo'][audio.channels] ?? `${audio.channels} channels`);
  if (!video && audio) facts.unshift('sound only');
  return facts.join(' · ');
}

export function number(value, digits) {
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** "on air for 3 min", "on air for 2 h 5 min". */
export function since(utc) {
  const minutes = Math.max(0, Math.floor((gatewayNowMs() - Date.parse(utc)) / 60000));
  if (Number.isNaN(minutes)) return '';
  if (minutes < 1) return 'just started';
  const hours = Math.floor(minutes / 60);
  return `on air for ${hours > 0 ? `${hours} h ` : ''}${minutes % 60} min`;
}

/** The RTMP address of an application of this gateway. */
export function rtmpAddress(list, application) {
  const port = list?.rtmpPort ?? 1935;
  return `rtmp://${location.hostname}${port === 1935 ? '' : `:${port}`}/${application}`;
}
