// What goes out of a stream over HTTP as files: HLS and HDS, started and stopped.

import { call, named, streamPath } from '/ui/admin-api.js';
import { badge, button, element, may, panel, say } from '/ui/admin-ui.js';

const FORMATS = [['hls', 'HLS', 'm3u8'], ['hds', 'HDS', 'f4m']];

function verdict(output) {
  if (output.state === 'off') return ['Off', ''];
  if (output.state === 'stopped') return ['Stopped', ''];
  if (output.refusal) return ['Refused', 'warn'];
  return output.listed ? ['On air', 'on'] : ['Beginning', 'warn'];
}

function facts(output) {
  if (output.state === 'off') return 'The configuration has switched it off for this stream.';
  if (output.state === 'stopped') return 'Until it is started, or the gateway restarts.';
  if (output.refusal) return output.refusal;
  return output.restarts > 0 ? `It failed ${output.restarts} times and was started again.` : '';
}

export function formatsPanel(path, me) {
  const rows = element('ul', { class: 'list servers', 'aria-label': 'Formats' });
  let drawn = '';
  const controls = (format, name, output) => {
    const acts = [];
    if (may(me.role, 'operate') && output.state === 'running') {
      acts.push(button('Stop', async () => {
        await (format === 'hls' ? call('DELETE', `streams/${named(path)}/hls`) : call('DELETE', `streams/${named(path)}/hds`));
        say(`${name} is stopped; who watches sees what is listed to its end.`);
      }, 'danger'));
    } else if (may(me.role, 'operate') && output.state === 'stopped') {
      acts.push(button('Start', async () => {
        await (format === 'hls' ? call('POST', `streams/${named(path)}/hls`) : call('POST', `streams/${named(path)}/hds`));
        say(`${name} is started.`);
      }));
    }
    return element('div', { class: 'actions' }, ...acts);
  };
  return {
    node: panel('Over HTTP', [], rows),
    update: (stream) => {
      const shape = JSON.stringify(FORMATS.map(([format]) => stream[format]));
      if (shape === drawn) return;
      drawn = shape;
      rows.replaceChildren(...FORMATS.map(([format, name, extension]) => element('li', { class: 'server' },
        badge(...verdict(stream[format])),
        element('span', {}, `${name} `, element('a', { href: `/${streamPath(path)}.${extension}` }, `/${path}.${extension}`)),
        element('span', { class: 'soft facts' }, facts(stream[format])), controls(format, name, stream[format]))));
    },
  };
}
