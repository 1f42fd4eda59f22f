/** A stage's access log: one line a request, in the format that the stage was given (apigateway.md 10.4). */
import { loggedText, type Outcome } from './context-values.ts';
import type { Invocation } from './model.ts';

type Part = { readonly text: string } | { readonly name: string };

const REFERENCE = /\$context\.([a-zA-Z0-9_]+(?:\.[a-zA-Z0-9_-]+)*)|\$\{context\.([a-zA-Z0-9_.-]+)\}/g;

/** Formats are few: one a stage. */
const MAX_KEPT = 1000;
const kept = new Map<string, readonly Part[]>();

/** The line without its end. What is unset is a hyphen. */
export function accessLine(format: string, invocation: Invocation, outcome: Outcome): string {
  let line = '';
  for (const part of partsOf(format)) {
    line += 'text' in part ? part.text : escaped(loggedText(invocation, part.name, outcome) ?? '-');
  }
  return line;
}

/** A request that holds a line break shall not look like two. */
function escaped(value: string): string {
  return value.replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

function partsOf(format: string): readonly Part[] {
  let parts = kept.get(format);
  if (parts === undefined) {
    parts = read(format.replace(/(?:\r?\n|\\n)$/, '').replaceAll(/\r?\n/g, ' '));
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(format, parts);
  }
  return parts;
}

function read(format: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of format.matchAll(REFERENCE)) {
    if (match.index > at) parts.push({ text: format.slice(at, match.index) });
    parts.push({ name: match[1] ?? match[2] ?? '' });
    at = match.index + match[0].length;
  }
  if (at < format.length) parts.push({ text: format.slice(at) });
  return parts;
}
