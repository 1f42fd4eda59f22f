/**
 * What a run has seen of the documents: operations, statuses, media types, examples, and the constraints of requests
 * that were put to the test. A listener that counts while the run goes on; what was never seen is worked out at the end.
 */
import { contentTypeOf, documentedResponse, type Exchange } from '../contract/exchange.ts';
import { mediaTypeFor } from '../contract/http/content.ts';
import { isJson } from '../contract/http/media-type.ts';
import { parseJson } from '../contract/json/parse.ts';
import { jsonEqual } from '../contract/json/value.ts';
import type { Example, MediaType, Operation, Response } from '../contract/model.ts';
import { constraintPlaces } from './constraint-places.ts';
import type { CoverageRecord, OperationCoverage, Ratio, ResponseCoverage } from './coverage-record.ts';
import type { Listener, RunEvent, TestedContract } from './events.ts';

export interface Coverage {
  /** Stands before the reporters, so that they may ask when the run has ended. */
  readonly listener: Listener;
  /** Asked for when the run has ended, and worked out once. */
  readonly record: () => CoverageRecord;
}

/** What has come back from one operation. */
interface Seen {
  cases: number;
  /** By status and the Content-Type as received, with a blank between them. */
  readonly answers: Map<string, number>;
  readonly examples: Set<Example>;
  /** Answers that were held against examples. */
  compared: number;
  /** Pointers of what negative and positive cases were made for, and of the nodes above them. */
  readonly broken: Set<string>;
  readonly met: Set<string>;
}

/** Of one operation; a server that gives none of its examples is not read again and again. */
const MOST_COMPARED = 100;
/** Places named of one operation. */
const MOST_NAMED = 50;

export function newCoverage(): Coverage {
  const operations = new Map<Operation, Seen>();
  let contracts: readonly TestedContract[] = [];
  let record: CoverageRecord | undefined;
  return {
    listener: (event: RunEvent) => {
      if (event.kind === 'run-started') contracts = event.contracts;
      if (event.kind !== 'case-finished' || event.outcome.kind === 'unanswered') return;
      const { operation } = event.case;
      let seen = operations.get(operation);
      if (seen === undefined) operations.set(operation, (seen = nothingSeen()));
      note(event.outcome.exchange, seen);
    },
    record: () => (record ??= recordOf(contracts, operations)),
  };
}

/** Operations that were asked for and gave no answer are told by the run itself; here they were never seen. */
function nothingSeen(): Seen {
  return {
    cases: 0,
    answers: new Map(),
    examples: new Set(),
    compared: 0,
    broken: new Set(),
    met: new Set(),
  };
}

function note(exchange: Exchange, seen: Seen): void {
  const { case: tested, response } = exchange;
  if (response.dropped !== undefined) return;
  seen.cases += 1;
  const type = contentTypeOf(response);
  const answer = `${response.status} ${type ?? ''}`;
  seen.answers.set(answer, (seen.answers.get(answer) ?? 0) + 1);
  const places = tested.intent === 'positive' ? seen.met : seen.broken;
  const { pointer } = tested.why;
  places.add(pointer);
  // A violated `required` is told with the number of the name in it.
  places.add(pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))));
  if (type !== undefined && seen.compared < MOST_COMPARED && isJson(type)) noteExample(exchange, type, seen);
}

function noteExample({ case: { operation }, response }: Exchange, type: string, seen: Seen): void {
  const documented = documentedResponse(operation, response.status);
  const content = documented === undefined ? undefined : mediaTypeFor(documented.content, type);
  const wanted = content?.examples.filter(
    example => example.value !== undefined && !seen.examples.has(example),
  );
  if (wanted === undefined || wanted.length === 0) return;
  seen.compared += 1;
  const read = parseJson(new TextDecoder().decode(response.body));
  if (!('value' in read)) return;
  const same = wanted.find(({ value }) => value !== undefined && jsonEqual(value, read.value));
  if (same !== undefined) seen.examples.add(same);
}

function recordOf(
  contracts: readonly TestedContract[],
  operations: ReadonlyMap<Operation, Seen>,
): CoverageRecord {
  const all = contracts.flatMap(({ contract }) => contract.operations);
  const byOperation = all.map(operation => operationCoverage(operation, operations.get(operation)));
  const documented = byOperation.flatMap(({ responses }) => responses.filter(one => one.documented));
  const mediaTypes = documented.flatMap(one => one.mediaTypes.filter(type => type.documented));
  const sum = (ratios: readonly Ratio[]): Ratio => ({
    seen: ratios.reduce((total, { seen }) => total + seen, 0),
    of: ratios.reduce((total, { of }) => total + of, 0),
  });
  const ratio = (items: readonly { readonly cases: number }[]): Ratio => ({
    seen: items.filter(({ cases }) => cases > 0).length,
    of: items.length,
  });
  return {
    operations: ratio(byOperation),
    statuses: ratio(documented),
    mediaTypes: ratio(mediaTypes),
    examples: sum(byOperation.map(({ examples }) => examples)),
    constraints: sum(byOperation.map(({ constraints }) => constraints)),
    byOperation,
  };
}

function operationCoverage(operation: Operation, seen: Seen = nothingSeen()): OperationCoverage {
  const places = constraintPlaces(operation);
  const missed = places.filter(({ source }) => !seen.broken.has(source.pointer));
  const examples = operation.responses
    .flatMap(({ content }) => content)
    .flatMap(type => type.examples.filter(({ value }) => value !== undefined));
  return {
    document: operation.contract.source.document.name,
    operation: operation.key,
    cases: seen.cases,
    responses: responsesOf(operation, seen),
    examples: { seen: examples.filter(example => seen.examples.has(example)).length, of: examples.length },
    constraints: {
      seen: places.length - missed.length,
      of: places.length,
      met: places.filter(({ source }) => seen.met.has(source.pointer)).length,
      never: missed.slice(0, MOST_NAMED).map(({ keyword, source: { document, pointer } }) => ({
        keyword,
        document: document.name,
        pointer,
      })),
    },
  };
}

/** What is documented in the order of the document, then what came besides. */
function responsesOf(operation: Operation, seen: Seen): readonly ResponseCoverage[] {
  const documented = new Map<Response, Tally>(
    operation.responses.map(response => [response, newTally(response)]),
  );
  const others = new Map<string, Tally>();
  for (const [answer, count] of seen.answers) {
    const status = answer.slice(0, 3);
    const type = answer.slice(4);
    const response = documentedResponse(operation, Number(status));
    let tally = response === undefined ? others.get(status) : documented.get(response);
    if (tally === undefined) others.set(status, (tally = newTally()));
    tally.cases += count;
    if (type === '') continue;
    const content = response === undefined ? undefined : mediaTypeFor(response.content, type);
    const name = content?.mediaType ?? type.split(';', 1)[0]?.trim().toLowerCase() ?? type;
    tally.types.set(name, (tally.types.get(name) ?? 0) + count);
  }
  return [
    ...[...documented].map(([{ status, content }, tally]) => responseRow(status, content, tally)),
    ...[...others].toSorted().map(([status, tally]) => responseRow(status, undefined, tally)),
  ];
}

interface Tally {
  cases: number;
  readonly types: Map<string, number>;
}

function newTally(response?: Response): Tally {
  return { cases: 0, types: new Map((response?.content ?? []).map(({ mediaType }) => [mediaType, 0])) };
}

function responseRow(
  status: string,
  content: readonly MediaType[] | undefined,
  { cases, types }: Tally,
): ResponseCoverage {
  const names = new Set((content ?? []).map(({ mediaType }) => mediaType));
  return {
    status,
    documented: content !== undefined,
    cases,
    mediaTypes: [...types].map(([mediaType, count]) => ({
      mediaType,
      documented: names.has(mediaType),
      cases: count,
    })),
  };
}
