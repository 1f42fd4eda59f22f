/** Words that mean nothing but themselves in Markdown, whoever they come from. */
import { printable } from './exchange-text.ts';

/** Text that is nothing but itself in Markdown and in the HTML within it. */
export function text(words: string): string {
  return printable(words)
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#+!~<>&@-]/g, mark => `&#${mark.charCodeAt(0)};`);
}

export function code(words: string): string {
  const plain = printable(words).replace(/\s+/g, ' ');
  const fence = '`'.repeat(longestRun(plain) + 1);
  const pad = plain.startsWith('`') || plain.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${plain}${pad}${fence}`;
}

export function fenceFor(lines: readonly string[]): string {
  return '`'.repeat(Math.max(3, ...lines.map(line => longestRun(line) + 1)));
}

function longestRun(words: string): number {
  return Math.max(0, ...[...words.matchAll(/`+/g)].map(([run]) => run.length));
}
