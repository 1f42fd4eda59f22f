/** Values of a step put into its item: into the variables that stand for them, else into the request itself. */
import { utf8Text } from '../../contract/http/body/bytes.ts';
import { serializeParameter } from '../../contract/http/parameter-style.ts';
import { pointerTokens } from '../../contract/json/pointer.ts';
import { stringifyJson } from '../../contract/json/stringify.ts';
import type { Operation, Parameter } from '../../contract/model.ts';
import { writeValid } from '../../contract/plan/cases/parameter-value.ts';
import type { WrittenParameter } from '../../contract/plan/cases/request-parts.ts';
import { hash } from '../../contract/schema/random.ts';
import { isIdempotencyKey } from '../../contract/sequences/idempotency-key.ts';
import type { Ready } from '../../contract/sequences/resolve.ts';
import type { Pm } from './pm.ts';
import type { InputData, StepData } from './step-data.ts';

/**
 * Makes the request of an item that of its step.
 *
 * @param body - which of the step's bodies, from 0
 * @param salt - what tells this run from others
 * @returns the variables that were set, or why the request cannot be made
 */
export function putValues(
  data: StepData,
  operation: Operation,
  ready: Extract<Ready, { readonly kind: 'ready' }>,
  body: number,
  salt: string,
  pm: Pm,
): { readonly variables: readonly string[] } | { readonly unsendable: string } {
  const { parts, intoBody, page } = ready;
  const variables: string[] = [];
  const set = ({ variable }: InputData, text: string): void => {
    if (variable === undefined) return;
    variables.push(variable);
    pm.collectionVariables.set(variable, text);
  };
  for (const parameter of operation.parameters)
    if (isIdempotencyKey(parameter)) putOwnKey(parameter, salt, pm);
  const rewrites = data.rewrites === true || body > 0;
  for (const input of data.inputs ?? []) {
    const { into } = input;
    switch (into.kind) {
      case 'parameter': {
        const parameter = operation.parameters[into.parameter];
        const written = parameter === undefined ? undefined : parts.parameters.get(parameter);
        if (parameter !== undefined) putParameter(parameter, written, input, set, pm);
        break;
      }
      case 'header': {
        const value = parts.given.find(([name]) => name === into.name)?.[1];
        if (value === undefined) pm.request.headers.remove(into.name);
        else set(input, value);
        break;
      }
      case 'body': {
        const value = intoBody.findLast(([pointer]) => pointer === into.pointer)?.[1];
        const text = value === undefined ? input.usual : stringifyJson(value);
        if (input.variable === undefined) break;
        if (text === undefined) leaveOut(into.pointer, input.variable, pm);
        else set(input, text);
        break;
      }
      default:
        into satisfies never;
    }
  }
  if (page?.kind === 'parameter') {
    const written = parts.parameters.get(page.parameter);
    if (written?.where === 'query') putPairs(written.pairs, pm);
  }
  if (page?.kind === 'address')
    pm.request.url.update(`{{${data.base}}}${page.path}${page.query === '' ? '' : `?${page.query}`}`);
  if (rewrites && parts.body !== undefined) {
    const text = utf8Text(parts.body.bytes);
    if (text === undefined) return { unsendable: 'not-sendable: its body is no text' };
    pm.request.body = { mode: 'raw', raw: text };
    if (parts.body.contentType !== undefined)
      pm.request.headers.upsert({ key: 'Content-Type', value: parts.body.contentType });
  }
  return { variables };
}

function putParameter(
  parameter: Parameter,
  written: WrittenParameter | undefined,
  input: InputData,
  set: (input: InputData, text: string) => void,
  pm: Pm,
): void {
  if (written === undefined) {
    if (input.usual !== undefined) set(input, input.usual);
    else if (parameter.in === 'query') pm.request.url.query.remove(encodeURIComponent(parameter.name));
    else if (parameter.in === 'header') pm.request.headers.remove(parameter.name);
    return;
  }
  const text = textOf(written);
  if (text !== undefined) set(input, text);
  else if (written.where === 'query') putPairs(written.pairs, pm);
}

/** Takes a member out of the body, which was written without blanks. */
function leaveOut(pointer: string, variable: string, { request }: Pm): void {
  const raw = request.body !== undefined && 'raw' in request.body ? request.body.raw : '';
  const member = `${JSON.stringify(pointerTokens(pointer).at(-1) ?? '')}:{{${variable}}}`;
  const found = [`,${member}`, `${member},`, member].find(text => raw.includes(text));
  if (found !== undefined) request.body = { mode: 'raw', raw: raw.replace(found, '') };
}

/** A server remembers keys for longer than a run takes, so each run has its own, made of the same kinds of characters. */
function putOwnKey(parameter: Parameter, salt: string, pm: Pm): void {
  const wanted = parameter.name.toLowerCase();
  const sent = pm.request.headers.members.find(({ key }) => key.toLowerCase() === wanted);
  if (sent === undefined) return;
  let seed = hash(`${salt} ${sent.value}`);
  const value = sent.value.replace(/[0-9a-z]/gi, character => {
    seed = hash(`${seed}`);
    const kind = /\d/.test(character) ? '0123456789' : /[a-f]/.test(character) ? 'abcdef' : LETTERS;
    const letter = kind[seed % kind.length] ?? character;
    return /[A-Z]/.test(character) ? letter.toUpperCase() : letter;
  });
  const written = writeValid(parameter, value);
  if (written?.where === 'header') pm.request.headers.upsert({ key: sent.key, value: written.text });
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The one text that a variable can stand for. */
export function textOf(written: WrittenParameter): string | undefined {
  if (written.where !== 'query') return written.text;
  const [first, ...others] = written.pairs;
  return others.length === 0 ? first?.[1] : undefined;
}

function putPairs(pairs: readonly (readonly [name: string, value: string])[], pm: Pm): void {
  for (const name of new Set(pairs.map(([name]) => name))) pm.request.url.query.remove(name);
  for (const [key, value] of pairs) pm.request.url.query.add({ key, value });
}

/** The name under which a query parameter of one value stands. */
export function nameInQuery(parameter: Parameter): string {
  const written = serializeParameter(parameter, 'x');
  return written.where === 'query' ? (written.pairs[0]?.[0] ?? parameter.name) : parameter.name;
}
