// What the configuration says of one stream, and how a page changes it.

import { Refusal, call, ifStill, read } from '/ui/admin-api.js';

/** Stands in the place of what is secret. */
export const HIDDEN = '(hidden)';
const ANY = '*';

/** The configuration as it stands; null where it can't be changed from here. */
export async function readConfig() {
  try {
    const config = await read('config');
    return config.writable && config.document !== undefined ? config : null;
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.status !== 401 && refusal.status !== 0) return null;
    throw refusal;
  }
}

function matches(pattern, path) {
  const wanted = pattern.split('/');
  const parts = path.split('/');
  return wanted.length === parts.length && wanted.every((part, at) => part === ANY || part === parts[at]);
}

/** The more specific first: fewer wildcards, then the later one. */
function bySpecificity(a, b) {
  const stars = (pattern) => pattern.split('/').filter((part) => part === ANY).length;
  return stars(a) - stars(b) || b.split('/').indexOf(ANY) - a.split('/').indexOf(ANY);
}

/**
 * What counts for a stream: `entry`, the `pattern` it stands under, and whether that is its `own`. An entry of its own
 * is begun as a copy of the pattern's, but for what is secret there: those keys are `lost`.
 */
export function entryOf(config, path) {
  const streams = config.document?.streams ?? {};
  if (Object.hasOwn(streams, path)) return { own: true, pattern: path, entry: streams[path] ?? {}, lost: [] };
  const pattern = Object.keys(streams).filter((one) => matches(one, path)).sort(bySpecificity)[0];
  const whole = (pattern && streams[pattern]) ?? {};
  const copied = Object.entries(whole).filter(([, value]) => !JSON.stringify(value).includes(HIDDEN));
  return {
    own: false, pattern, entry: Object.fromEntries(copied),
    lost: Object.keys(whole).filter((key) => !copied.some(([kept]) => kept === key)),
  };
}

/** What should be known before a stream gets an entry of its own; nothing if it has one. */
export function entryWarnings({ own, pattern, lost }) {
  if (own || pattern === undefined) return [];
  return [`This gives the stream an entry of its own, a copy of what “${pattern}” says.`
    + (lost.length > 0 ? ` Secrets aren’t copied: ${lost.join(', ')} must be set anew.` : '')];
}

/** Writes what `change` makes of the entry of a stream: keys with their new values, null to take one out. */
export async function changeEntry(path, change) {
  const config = await read('config');
  const found = entryOf(config, path);
  const changed = change(found.entry);
  const patch = found.own ? changed : { ...found.entry, ...changed };
  const saved = await call('PATCH', 'config', { streams: { [path]: patch } }, ifStill(config));
  return saved;
}
