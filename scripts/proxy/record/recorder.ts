/**
 * Writes exchanges that passed by into their documents as named examples: one name for the request and its answer, so
 * that the mock gives the same answer to the same request from then on.
 */
import { readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { insertMembers, type Member } from '../../../contract/document/insert-members.ts';
import { contentTypeOf, documentedResponse, type Exchange } from '../../../contract/exchange.ts';
import { decodeBody } from '../../../contract/http/body/body.ts';
import { mediaTypeFor } from '../../../contract/http/content.ts';
import { isJson, isText, isXml } from '../../../contract/http/media-type.ts';
import { isSecretName } from '../../../contract/http/secret-names.ts';
import { joinPointer } from '../../../contract/json/pointer.ts';
import { stringifyJson } from '../../../contract/json/stringify.ts';
import { type Json, jsonEqual } from '../../../contract/json/value.ts';
import type { Example, MediaType, Operation, Schema } from '../../../contract/model.ts';
import { isValid } from '../../../contract/schema/validate.ts';
import type { Source } from '../../../contract/source.ts';
import type { CaseOutcome } from '../../../contract-tests/events.ts';
import type { PassedRequest } from '../traffic-exchange.ts';
import { redacted } from './redact.ts';

export interface RecorderOptions {
  /** `kept`: only what keeps to the document. `all`: whatever comes. */
  readonly which: 'kept' | 'all';
  /** Hides secrets that are known as such. */
  readonly hide: (text: string) => string;
  /** Hears of each example that was written, and why one was not. */
  readonly tell: (line: string) => void;
}

export type Recorder = (passed: PassedRequest, exchange: Exchange, outcome: CaseOutcome) => void;

/** Of one media type of one response; whoever needs more has them in a report. */
const MOST = 10;
/** The text is read anew for each example. */
const LARGEST_TEXT = 4 * 1024 * 1024;

/** A part of a document that takes examples, and the example for it. */
interface Spot {
  readonly source: Source;
  readonly examples: readonly Example[];
  readonly value: Json;
}

/** A recorder that remembers what it has written, since the contract that it is given does not know. */
export function newRecorder({ which, hide, tell }: RecorderOptions): Recorder {
  const written = new Map<string, Map<string, Json>>();
  const requests = new Set<string>();
  const knownAt = ({ source, examples }: Spot): Map<string, Json> => {
    const key = keyOf(source);
    let known = written.get(key);
    if (known === undefined) {
      known = new Map(examples.map(({ name = '', value = null }) => [name, value]));
      written.set(key, known);
    }
    return known;
  };

  return (passed, exchange, outcome) => {
    if (which === 'kept' && outcome.kind !== 'passed') return;
    const { operation } = passed;
    const answer = answerSpot(exchange, hide);
    if (answer === undefined) return;
    const what = `${operation.key} ${exchange.response.status}`;
    if (typeof answer === 'string') return tell(`${what} is not recorded: ${answer}`);
    const known = knownAt(answer);
    if ([...known.values()].some(value => jsonEqual(value, answer.value))) return;
    if (known.has(''))
      return tell(
        `${what} is not recorded: there is an "example", and both cannot be; name it under "examples"`,
      );
    if (known.size >= MOST) return tell(`${what} is recorded ${MOST} times, which is enough`);
    const asked = exchange.case.intent === 'positive' ? requestSpots(passed, hide) : [];
    const request = `${keyOf(answer.source)} ${stringifyJson(asked.map(({ value }) => value))}`;
    // A second answer to the very same request could never be chosen.
    if (exchange.case.intent === 'positive' && requests.has(request)) return;
    // A name that stands for half of a request would stand for other requests too.
    const spots = asked.every(spot => !knownAt(spot).has('')) ? [answer, ...asked] : [answer];
    const name = freeName(operation, exchange.response.status, spots.map(knownAt));
    const trouble = write(
      spots.map(spot => ({ ...spot, isFirst: knownAt(spot).size === 0 })),
      name,
    );
    if (trouble !== undefined) return tell(`${what} is not recorded: ${trouble}`);
    for (const spot of spots) knownAt(spot).set(name, spot.value);
    requests.add(request);
    tell(`recorded ${what} as ${name} in ${answer.source.document.name}`);
  };
}

function keyOf({ document, pointer }: Source): string {
  return `${document.uri}#${pointer}`;
}

/** Where the answer belongs; undefined when there is no body to keep, a sentence when it cannot be kept. */
function answerSpot(
  { case: { operation }, response }: Exchange,
  hide: (text: string) => string,
): Spot | string | undefined {
  if (response.body.byteLength === 0) return undefined;
  if (operation.contract.dialect === '2.0') return 'OpenAPI 2.0 has no named examples';
  const type = contentTypeOf(response);
  const content = documentedResponse(operation, response.status)?.content ?? [];
  const mediaType = type === undefined ? undefined : mediaTypeFor(content, type);
  if (type === undefined || mediaType === undefined) return 'the document has no such media type there';
  return bodySpot(mediaType, type, response.body, hide, 'response');
}

function bodySpot(
  mediaType: MediaType,
  type: string,
  body: Uint8Array,
  hide: (text: string) => string,
  direction: 'request' | 'response',
): Spot | string {
  if (!isJson(type) && !isXml(type) && !isText(type)) return `${type} is no text that an example could hold`;
  const decoded = decodeBody(mediaType, type, body, { direction });
  if (!('value' in decoded)) return 'it cannot be read';
  const { schema, source, examples } = mediaType;
  const value = redacted(decoded.value, schema, hide);
  if (
    value !== decoded.value &&
    breaks(schema, value, direction) &&
    !breaks(schema, decoded.value, direction)
  )
    return 'without its secrets it would break its schema';
  return { source, examples, value };
}

function breaks(schema: Schema | undefined, value: Json, direction: 'request' | 'response'): boolean {
  return schema !== undefined && !isValid(schema, value, direction);
}

/** The request's body and parameters; none when one of them cannot be kept, or holds a secret. */
function requestSpots(
  { operation, wire, check }: PassedRequest,
  hide: (text: string) => string,
): readonly Spot[] {
  const spots: Spot[] = [];
  const type = wire.headers['content-type'];
  if (wire.body !== undefined && wire.body.byteLength > 0) {
    const mediaType =
      typeof type === 'string' ? mediaTypeFor(operation.requestBody?.content ?? [], type) : undefined;
    const spot =
      mediaType === undefined || typeof type !== 'string'
        ? undefined
        : bodySpot(mediaType, type, wire.body, hide, 'request');
    if (spot === undefined || typeof spot === 'string') return [];
    spots.push(spot);
  }
  for (const { in: place, name, schema, source, examples } of operation.parameters) {
    const value = check?.values.get(`${place}.${place === 'header' ? name.toLowerCase() : name}`);
    const sent = value ?? check?.values.get(`${place}.${name}`);
    if (sent === undefined) continue;
    const secret = place === 'cookie' || isSecretName(name) || isCredential(operation, name);
    if (secret || !jsonEqual(redacted(sent, schema, hide), sent)) return [];
    spots.push({ source, examples, value: sent });
  }
  return spots;
}

function isCredential({ contract }: Operation, name: string): boolean {
  return [...contract.securitySchemes.values()].some(
    scheme => scheme.kind === 'apiKey' && scheme.parameter.toLowerCase() === name.toLowerCase(),
  );
}

/** `getPet-200`, then `getPet-200-2`: the same in every place, and nothing there is called so. */
function freeName(operation: Operation, status: number, known: readonly Map<string, Json>[]): string {
  const words = operation.id ?? `${operation.method.toLowerCase()}${operation.path}`;
  const base = `${words.replace(/[^\w]+/g, '-').replace(/^-|-$/g, '')}-${status}`;
  let name = base;
  for (let count = 2; known.some(names => names.has(name)); count += 1) name = `${base}-${count}`;
  return name;
}

/** All files or none; a sentence when it is none. */
function write(spots: readonly (Spot & { readonly isFirst: boolean })[], name: string): string | undefined {
  const texts = new Map<string, string>();
  for (const [uri, inFile] of Map.groupBy(spots, ({ source }) => source.document.uri)) {
    if (!uri.startsWith('file:')) return 'its document is not a file';
    const file = realpathSync(fileURLToPath(uri));
    if (statSync(file).size > LARGEST_TEXT) return `${file} is too large to be written anew for each example`;
    const members = inFile.map(({ source: { pointer }, isFirst, value }): Member => {
      const example = { value };
      return isFirst
        ? { pointer, key: 'examples', value: { [name]: example } }
        : { pointer: joinPointer(pointer, 'examples'), key: name, value: example };
    });
    const text = insertMembers(readFileSync(file, 'utf8'), members);
    if (text === undefined) return `its place in ${file} is not as it was when the document was read`;
    texts.set(file, text);
  }
  for (const [file, text] of texts) replaceFile(file, text);
  return undefined;
}

/** All at once, so that nobody ever reads half of it. */
function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { mode: statSync(file).mode });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
