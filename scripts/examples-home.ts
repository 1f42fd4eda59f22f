/**
 * Saved responses of a Postman collection as named examples of a document: what keeps to the schemas and is not there yet
 * arrives, everything else is told with the reason. Nothing in the document is changed or removed.
 */

import { basePathsOf } from '../contract/build/server-object.ts';
import { documentedResponse } from '../contract/exchange.ts';
import { decodeBody } from '../contract/http/body/body.ts';
import { mediaTypeFor } from '../contract/http/content.ts';
import { comparePathTemplates, matchPath, parsePathTemplate } from '../contract/http/path-template.ts';
import { joinPointer } from '../contract/json/pointer.ts';
import { type Json, jsonEqual } from '../contract/json/value.ts';
import type { Contract, MediaType, Operation } from '../contract/model.ts';
import { validate } from '../contract/schema/validate.ts';
import type { Source, SourceDocument } from '../contract/source.ts';
import type { BroughtHome } from '../gateway/home/bring-home.ts';
import { newDrafts } from '../gateway/home/drafts.ts';
import type { Arrival, Remark } from '../gateway/home/homecoming.ts';
import { type SavedAnswer, savedAnswers } from '../postman/saved-answers.ts';
import { redacted } from './proxy/record/redact.ts';

/** What a collection brings to a contract's documents. */
export function examplesHome(contract: Contract, collection: SourceDocument): BroughtHome {
  const arrivals: Arrival[] = [];
  const remarks: Remark[] = [];
  const drafts = newDrafts();
  /** By place: names with their values, those of the document first. */
  const known = new Map<string, Map<string, Json>>();
  const { answers, generated } = savedAnswers(collection.value);
  let common = 0;
  for (const answer of answers) {
    const there: Source = { document: collection, pointer: answer.pointer };
    const operation = operationOf(contract, answer);
    if (operation !== undefined) common += 1;
    const spot = operation === undefined ? UNKNOWN : spotOf(operation, answer);
    if (typeof spot === 'string') {
      remarks.push({ message: `${wordsOf(answer)} stays out: ${spot}.`, source: there });
      continue;
    }
    const { mediaType, value } = spot;
    const { source, examples } = mediaType;
    const key = `${source.document.uri}#${source.pointer}`;
    const names = known.get(key) ?? new Map(examples.map(one => [one.name ?? '', one.value ?? null]));
    known.set(key, names);
    if ([...names.values()].some(one => jsonEqual(one, value))) continue;
    const name = freeName(answer.name, names);
    const isPut = !names.has('') && drafts.put(source, ['examples', name], { value });
    if (!isPut) {
      const why = names.has('')
        ? 'there is an "example", and both cannot be; name it under "examples"'
        : 'its place in the document is a reference';
      remarks.push({ message: `${wordsOf(answer)} stays out: ${why}.`, source: there });
      continue;
    }
    names.set(name, value);
    arrivals.push({ what: `example ${name} of ${operation?.key} ${answer.status}`, there });
  }
  if (generated > 0)
    remarks.push({
      message: `${generated} saved response${generated === 1 ? ' is' : 's are'} as rehearsal generate has made them, so nothing comes of them.`,
      source: { document: collection, pointer: joinPointer('', 'item') },
    });
  return { drafts: drafts.changed(), arrivals, conflicts: [], remarks, common: common + generated };
}

const UNKNOWN = 'no operation of the document has its method and path';

function wordsOf({ name, method, path }: SavedAnswer): string {
  return `${JSON.stringify(name)} of ${method} ${path}`;
}

/** With the base path of a server or without; of several templates that fit, the one with the fewest variables. */
function operationOf(
  { operations, servers }: Contract,
  { method, path }: SavedAnswer,
): Operation | undefined {
  const bases = ['', ...servers.flatMap(basePathsOf)];
  const paths = [...new Set(bases.flatMap(base => (path.startsWith(base) ? [path.slice(base.length)] : [])))];
  const fitting = operations
    .filter(operation => operation.method === method || operation.method === 'ANY')
    .map(operation => ({ operation, template: parsePathTemplate(operation.path) }))
    .filter(({ template }) => paths.some(one => matchPath(template, one) !== undefined));
  return fitting.toSorted((a, b) => comparePathTemplates(a.template, b.template))[0]?.operation;
}

interface Spot {
  readonly mediaType: MediaType;
  readonly value: Json;
}

/** Where a saved response belongs, or why it belongs nowhere, as the end of a sentence. */
function spotOf(operation: Operation, answer: SavedAnswer): Spot | string {
  const { status, contentType, body } = answer;
  if (operation.contract.dialect === '2.0') return 'OpenAPI 2.0 has no named examples';
  if (status === undefined) return 'it was saved without a status';
  if (body === undefined || body === '') return 'it has no body';
  const response = documentedResponse(operation, status);
  if (response === undefined) return `${operation.key} documents no ${status}`;
  const mediaType = contentType === undefined ? undefined : mediaTypeFor(response.content, contentType);
  if (contentType === undefined || mediaType === undefined)
    return `${operation.key} documents no ${contentType ?? 'media type'} with ${status}`;
  const decoded = decodeBody(mediaType, contentType, new TextEncoder().encode(body), {
    direction: 'response',
  });
  if (!('value' in decoded)) return 'its body cannot be read';
  const { schema } = mediaType;
  const [violation] = schema === undefined ? [] : validate(schema, decoded.value, { direction: 'response' });
  if (violation !== undefined)
    return `it breaks its schema at ${violation.instance === '' ? 'the top' : violation.instance}: ${violation.message}`;
  const value = redacted(decoded.value, schema, text => text);
  const lost = schema !== undefined && validate(schema, value, { direction: 'response' }).length > 0;
  return lost ? 'without its secrets it would break its schema' : { mediaType, value };
}

/** `Found one` is `found-one`; a second one of a name is counted. */
function freeName(given: string, names: ReadonlyMap<string, Json>): string {
  const words = given
    .normalize('NFKD')
    .replace(/[^\w]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  const base = words === '' ? 'saved' : words;
  let name = base;
  for (let count = 2; names.has(name); count += 1) name = `${base}-${count}`;
  return name;
}
