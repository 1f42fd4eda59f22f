/** The target `msw`: for each document one module that holds it and gives its handlers, so that no page reads YAML. */
import { isArray, type Json } from '../../contract/json/value.ts';
import {
  defineTarget,
  type GeneratedFile,
  madeBy,
  type Target,
  type TargetInput,
} from '../../contract/target.ts';

export const mswTarget: Target = defineTarget({
  name: 'msw',
  summary: 'a module for each document that holds it and gives its MSW handlers',
  folder: 'mock-server/generated',
  requires: ['one-file'],
  emit,
});

function emit({ name, contract, spec, language }: TargetInput): readonly GeneratedFile[] {
  const typed = language === 'ts';
  const text = `// ${madeBy('msw', spec)}
${typed ? "import type { RequestHandler } from 'msw';\n" : ''}import { ${typed ? 'type HandlerOptions, ' : ''}handlers as handlersOf } from 'rehearsal/msw';

/** MSW handlers for all operations of the document: \`setupServer(...handlers())\`. */
export function handlers(options${typed ? ': HandlerOptions' : ''} = {})${typed ? ': readonly RequestHandler[]' : ''} {
  return handlersOf(document, options);
}

const document${typed ? ': object' : ''} = ${literal(contract.source.document.value, '')};
`;
  return [{ path: `${name}.handlers.${language}`, text }];
}

/** A value as an expression of JavaScript, which differs from JSON in two things: large integers, and one name. */
function literal(value: Json, indent: string): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map(item => `${inner}${literal(item, inner)},\n`).join('')}${indent}]`;
  }
  const members = Object.entries(value);
  if (members.length === 0) return '{}';
  return `{\n${members.map(([key, member]) => `${inner}${propertyName(key)}: ${literal(member, inner)},\n`).join('')}${indent}}`;
}

/** Written plainly, `__proto__` would be the object's prototype instead of a member. */
function propertyName(key: string): string {
  if (key === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
