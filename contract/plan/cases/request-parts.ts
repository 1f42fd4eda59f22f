/** A request in parts, so that a case can change one of them, and the parts put together as they go on the wire. */

import type { SerializedParameter } from '../../http/parameter-style.ts';
import { expandPath, type PathTemplate } from '../../http/path-template.ts';
import type { Parameter } from '../../model.ts';
import type { CaseRequest } from './case.ts';
import type { Credentials } from './credentials.ts';

export type WrittenParameter = Exclude<SerializedParameter, { readonly where: 'nowhere' }>;

export interface RequestParts {
  readonly method: string;
  readonly template: PathTemplate;
  /** What is not in it is not sent. */
  readonly parameters: ReadonlyMap<Parameter, WrittenParameter>;
  readonly body: WrittenBody | undefined;
  /** The media types that the answer may have; any, unless given. */
  readonly accept?: string;
  readonly credentials: Credentials;
  /** Headers that a person gave: they stand over all others of their name. */
  readonly given: readonly (readonly [name: string, value: string])[];
}

export interface WrittenBody {
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

/** Undefined when a variable of the path has no value. */
export function assemble(parts: RequestParts): CaseRequest | undefined {
  const variables = new Map<string, string>();
  const query: string[] = [];
  const headers: [string, string][] = [];
  const cookies: string[] = [];
  let wholeQuery: string | undefined;
  for (const [parameter, written] of parts.parameters) {
    switch (written.where) {
      case 'path':
        variables.set(variableName(parameter), written.text);
        break;
      case 'query':
        for (const [name, value] of written.pairs) query.push(`${name}=${value}`);
        break;
      case 'querystring':
        wholeQuery = written.text;
        break;
      case 'header':
        headers.push([written.name, written.text]);
        break;
      case 'cookie':
        cookies.push(written.text);
        break;
    }
  }
  const path = expandPath(parts.template, name => variables.get(name) ?? undeclared(parts, name));
  if (path === undefined) return undefined;
  const { credentials } = parts;
  if (wholeQuery === undefined) addQuery(query, credentials.query);
  for (const [name, value] of credentials.headers) setHeader(headers, name, value);
  cookies.push(...credentials.cookies);
  if (cookies.length > 0) headers.push(['Cookie', cookies.join('; ')]);
  if (parts.accept !== undefined) headers.push(['Accept', parts.accept]);
  let contentType = parts.body?.contentType;
  for (const [name, value] of parts.given) {
    if (name.toLowerCase() !== 'content-type') setHeader(headers, name, value);
    else if (contentType !== undefined) contentType = value;
  }
  return {
    method: parts.method,
    path,
    query: wholeQuery ?? query.join('&'),
    headers,
    contentType,
    body: parts.body?.bytes,
  };
}

/** `{proxy+}` is declared as `proxy` by some and as `proxy+` by others. */
function variableName({ name }: Parameter): string {
  return name.endsWith('+') && name.length > 1 ? name.slice(0, -1) : name;
}

/** Documents may forget to declare a variable; then any text will do. */
function undeclared({ parameters }: RequestParts, name: string): string | undefined {
  for (const parameter of parameters.keys()) {
    if (parameter.in === 'path' && variableName(parameter) === name) return undefined;
  }
  return '1';
}

/** A key declared as a parameter too is sent once. */
function addQuery(query: string[], pairs: readonly string[]): void {
  for (const pair of pairs) {
    const name = pair.slice(0, pair.indexOf('=') + 1);
    const index = query.findIndex(known => known.startsWith(name));
    if (index === -1) query.push(pair);
    else query[index] = pair;
  }
}

function setHeader(headers: [string, string][], name: string, value: string): void {
  const wanted = name.toLowerCase();
  const index = headers.findIndex(([known]) => known.toLowerCase() === wanted);
  if (index === -1) headers.push([name, value]);
  else headers[index] = [name, value];
}
