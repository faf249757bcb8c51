// A line over time, as an SVG figure that says its newest value and its range in words.

import { element } from '/ui/common.js';

const NS = 'http://www.w3.org/2000/svg';
const WIDTH = 300;
const HEIGHT = 60;

function shape(name, attributes) {
  const made = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Paths of the line and of the area below it; where values are missing the line is broken. */
function paths(values, low, high) {
  const step = WIDTH / Math.max(1, values.length - 1);
  const y = (value) => (HEIGHT - ((value - low) / (high - low)) * HEIGHT).toFixed(1);
  let line = '';
  let area = '';
  let start = -1;
  values.forEach((value, place) => {
    const x = (place * step).toFixed(1);
    if (value === null) {
      if (start >= 0) area += `L${((place - 1) * step).toFixed(1)} ${HEIGHT}Z`;
      start = -1;
    } else {
      line += `${start < 0 ? 'M' : 'L'}${x} ${y(value)}`;
      area += start < 0 ? `M${x} ${HEIGHT}L${x} ${y(value)}` : `L${x} ${y(value)}`;
      start = start < 0 ? place : start;
    }
  });
  if (start >= 0) area += `L${((values.length - 1) * step).toFixed(1)} ${HEIGHT}Z`;
  return { line, area };
}

/** A chart of `title`; `show(values, from, to)` draws `values` (null: not known), `format` makes words of a value. */
export function chart(title, format, { symmetric = false } = {}) {
  const newest = element('b', {}, '–');
  const svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' });
  const axis = shape('line', { class: 'axis', x1: 0, x2: WIDTH, y1: HEIGHT, y2: HEIGHT });
  const area = shape('path', { class: 'area' });
  const line = shape('path', { class: 'line' });
  svg.append(axis, area, line);
  const from = element('span', {});
  const range = element('span', {});
  const figure = element('figure', { class: 'chart' },
    element('figcaption', {}, title, newest), svg, element('div', { class: 'ends' }, from, range, 'now'));

  figure.show = (values, ago) => {
    const known = values.filter((value) => value !== null);
    const last = known.length === 0 ? null : values.findLast((value) => value !== null);
    const top = Math.max(...known, symmetric ? 1 : 0);
    const bottom = symmetric ? Math.min(...known, -1) : 0;
    const high = symmetric ? Math.max(top, -bottom) * 1.1 : top * 1.1 || 1;
    const low = symmetric ? -high : 0;
    const drawn = paths(values, low, high);
    line.setAttribute('d', drawn.line);
    area.setAttribute('d', symmetric ? '' : drawn.area);
    const zero = symmetric ? HEIGHT / 2 : HEIGHT;
    axis.setAttribute('y1', zero);
    axis.setAttribute('y2', zero);
    newest.textContent = last === null ? '–' : format(last);
    from.textContent = ago;
    range.textContent = known.length === 0 ? 'nothing yet'
      : `${format(Math.min(...known))} to ${format(Math.max(...known))}`;
    svg.setAttribute('aria-label', `${title}: now ${newest.textContent}, in this time ${range.textContent}`);
  };
  return figure;
}
