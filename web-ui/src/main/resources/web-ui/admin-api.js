// Talks to /api/v1. What is refused comes as a Refusal that says why.

/** An answer that isn't a success: what is wrong, and each fault with its place where there are several. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `the gateway answers ${status}`);
    this.status = status;
    this.faults = problem.errors ?? [];
  }

  /** Everything that is wrong, a text each. */
  get texts() {
    return this.faults.length === 0 ? [this.message] : this.faults.map((fault) =>
      [fault.line && `line ${fault.line}`, fault.path, fault.detail].filter(Boolean).join(': '));
  }
}

const TIMEOUT_MS = 15000;

/** Sends `body` as JSON and gives the answer's JSON, or undefined where it has none. */
export async function call(method, path, body, headers = {}) {
  const request = {
    method,
    cache: 'no-store',
    // Shows that a page of this gateway asks: others can't send it (see the gateway's Gatekeeper).
    headers: { 'X-Lancaster-Request': '1', ...headers },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  };
  if (body !== undefined) {
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(`/api/v1/${path}`, request);
  } catch {
    throw new Refusal(0, { detail: 'The gateway doesn’t answer.' });
  }
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  const answer = isJson && text !== '' ? JSON.parse(text) : undefined;
  if (!response.ok) {
    if (response.status === 401) dispatchEvent(new Event('signed-out'));
    throw new Refusal(response.status, answer ?? { detail: text });
  }
  return answer;
}

export const read = (path) => call('GET', path);

/** The header that lets a change count only if the configuration is still the one that was read. */
export const ifStill = (config) => ({ 'If-Match': config.etag });

/** A stream's path below /api/v1: one component, so that no word behind it can be taken for a part of it. */
export const named = (path) => encodeURIComponent(path);

/** A stream's path as the address of its page and files. */
export const streamPath = (path) => path.split('/').map(encodeURIComponent).join('/');
