/**
 * The target `msw`: for each document one module that holds it, with the files it refers to, and gives its handlers, so
 * that no page reads YAML.
 */

import { otherFilesOf } from '../../contract/document-files.ts';
import { byteString, utf8Text } from '../../contract/http/body/bytes.ts';
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
  requires: [],
  emit,
});

function emit({ name, contract, spec, language }: TargetInput): readonly GeneratedFile[] {
  const typed = language === 'ts';
  const root = contract.source.document.value;
  const { files, externalValues } = otherFilesOf(contract);
  const others = [
    ...(files.size > 0 ? ['files'] : []),
    ...(externalValues.size > 0 ? ['externalValues'] : []),
  ];
  const options = others.length === 0 ? 'options' : `{ ...options, ${others.join(', ')} }`;
  const text = `// ${madeBy('msw', spec)}
${typed ? "import type { RequestHandler } from 'msw';\n" : ''}import { ${typed ? 'type HandlerOptions, ' : ''}handlers as handlersOf } from 'rehearsal/msw';

/** MSW handlers for all operations of the document: \`setupServer(...handlers())\`. */
export function handlers(options${typed ? ': HandlerOptions' : ''} = {})${typed ? ': readonly RequestHandler[]' : ''} {
  return handlersOf(document, ${options});
}

const document${typed ? ': object' : ''} = ${literal(root, '')};
${table('files', typed ? 'Readonly<Record<string, unknown>>' : '', files, value => (value === root ? 'document' : literal(value, '  ')))}${table('externalValues', typed ? 'Readonly<Record<string, Uint8Array>>' : '', externalValues, bytesLiteral)}`;
  return [{ path: `${name}.handlers.${language}`, text }];
}

/** A constant that holds an expression for each address; nothing where there are none. */
function table<T>(
  name: string,
  type: string,
  entries: ReadonlyMap<string, T>,
  expression: (value: T) => string,
): string {
  if (entries.size === 0) return '';
  const rows = [...entries].map(
    ([address, value]) => `  ${JSON.stringify(address)}: ${expression(value)},\n`,
  );
  return `\nconst ${name}${type === '' ? '' : `: ${type}`} = {\n${rows.join('')}};\n`;
}

/** Texts can be read by whoever looks at the file; other bytes are Base64. */
function bytesLiteral(bytes: Uint8Array): string {
  const text = utf8Text(bytes);
  // A byte order mark is no part of the text, and would be lost.
  if (text !== undefined && bytes[0] !== 0xef && !/[\0-\x08\x0e-\x1f]/.test(text))
    return `new TextEncoder().encode(${JSON.stringify(text)})`;
  return `Uint8Array.from(atob(${JSON.stringify(btoa(byteString(bytes)))}), byte => byte.charCodeAt(0))`;
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
