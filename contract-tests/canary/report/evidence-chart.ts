/** Evidence over time as a drawing: one line that grows towards the line at which it is enough. Plain SVG, no script. */
import { type Html, html } from '../../html/html.ts';
import { eOf } from './canary-words.ts';

export interface ChartPoint {
  /** Answers of the canary so far. */
  readonly x: number;
  /** Decimal logarithm of the evidence. */
  readonly y: number;
}

export interface Chart {
  readonly title: string;
  readonly points: readonly ChartPoint[];
  readonly needed: number;
  /** What it means to reach the line: good for the canary, or bad. */
  readonly look: 'good' | 'bad';
}

const WIDTH = 360;
const HEIGHT = 210;
const LEFT = 48;
const RIGHT = 14;
const TOP = 16;
const BOTTOM = 38;
/** Evidence against what is looked for has no bottom; nobody needs to see how deep it goes. */
const LOWEST = -3;

export function evidenceChart({ title, points, needed, look }: Chart): Html {
  const top = Math.max(needed * 1.25, ...points.map(({ y }) => y), 0.5);
  const bottom = Math.max(LOWEST, Math.min(-0.5, ...points.map(({ y }) => y)));
  const most = Math.max(1, ...points.map(({ x }) => x));
  const x = (value: number): number => LEFT + (value / most) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number =>
    TOP + ((top - Math.max(bottom, value)) / (top - bottom)) * (HEIGHT - TOP - BOTTOM);
  const line = [{ x: 0, y: 0 }, ...points]
    .map((point, index) => `${index === 0 ? 'M' : 'L'}${round(x(point.x))} ${round(y(point.y))}`)
    .join('');
  const last = points.at(-1) ?? { x: 0, y: 0 };
  const reached = last.y >= needed;
  const label = `${title}: E = ${eOf(last.y)} after ${last.x} answers of the canary, and ${eOf(needed)} is enough`;
  return html`<figure class="chart ${reached ? look : ''}">
<figcaption>${title}<span class="soft"> E = ${eOf(last.y)}, enough is ${eOf(needed)}</span></figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">
${ticks(bottom, top).map(
  tick => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text class="tick" x="${LEFT - 8}" y="${round(y(tick)) + 4}" text-anchor="end">${powerOf(tick)}</text>
`,
)}<line class="needed" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y(needed))}" y2="${round(y(needed))}"/>
<text class="tick" x="${WIDTH - RIGHT}" y="${round(y(needed)) - 5}" text-anchor="end">enough</text>
<path class="curve" d="${line}"/><circle class="end" cx="${round(x(last.x))}" cy="${round(y(last.y))}" r="4"/>
<text class="tick" x="${LEFT}" y="${HEIGHT - BOTTOM + 18}">0</text>
<text class="tick" x="${WIDTH - RIGHT}" y="${HEIGHT - BOTTOM + 18}" text-anchor="end">${most}</text>
<text class="tick" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 6}" text-anchor="middle">answers of the canary</text>
</svg></figure>
`;
}

/** Whole powers of ten, few enough to be read. */
function ticks(bottom: number, top: number): readonly number[] {
  const step = Math.max(1, Math.ceil((top - bottom) / 6));
  const first = Math.ceil(bottom / step) * step;
  return Array.from({ length: Math.floor((top - first) / step) + 1 }, (_, index) => first + index * step);
}

function powerOf(exponent: number): string {
  if (exponent > 4) return `1e${exponent}`;
  return exponent < 0 ? `1/${10 ** -exponent}` : String(10 ** exponent);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
