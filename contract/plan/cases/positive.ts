/** Requests that the document allows: its own examples, as little as may be sent, as much as may be sent. */
import type { Example, MediaType, Operation, Parameter } from '../../model.ts';
import type { Source } from '../../source.ts';
import { bodyValue, exampleBody } from './body-value.ts';
import type { Basis, Draft, Step } from './draft.ts';
import { parameterExamples, parameterValue, writeValid } from './parameter-value.ts';
import type { RequestParts, WrittenBody, WrittenParameter } from './request-parts.ts';

/** Further samples at depth `deep`. */
const VARIATIONS = 4;

/** The positive cases of an operation, the document's own first. */
export function* positiveCases(basis: Basis): Generator<Step> {
  let examples = 0;
  for (const step of exampleCases(basis)) {
    if (step.kind === 'draft') examples += 1;
    yield step;
  }
  if (basis.depth === 'examples' && examples > 0) return;
  yield draft('required fields only', basis.operation.source, basis.least);
  if (basis.depth === 'examples') return;
  yield* fullCases(basis, 'all fields', basis.seed);
  if (basis.depth !== 'deep') return;
  for (let variation = 1; variation <= VARIATIONS; variation += 1) {
    yield* fullCases(basis, `all fields, variation ${variation}`, basis.seed + variation);
  }
}

/**
 * One case for each name among the examples of parameters and bodies: those of one name belong together, and what has
 * no example of that name takes its usual value. Single, nameless examples make one case more.
 */
function* exampleCases(basis: Basis): Generator<Step> {
  const { operation } = basis;
  const contents = operation.requestBody?.content ?? [];
  const names = new Set<string | undefined>();
  for (const parameter of operation.parameters)
    for (const { name } of parameterExamples(parameter)) names.add(name);
  for (const { examples } of contents) for (const { name } of examples) names.add(name);
  // By name and not by place: of several that make the same request, the same one stays wherever it is written.
  for (const name of [...names].sort(byName)) {
    const withBody = contents.filter(({ examples }) => examples.some(example => example.name === name));
    for (const content of withBody.length > 0 ? withBody : [undefined])
      yield exampleCase(basis, name, content);
  }
}

function byName(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  return a === undefined || (b !== undefined && a < b) ? -1 : 1;
}

function exampleCase(basis: Basis, name: string | undefined, content: MediaType | undefined): Step {
  const { operation } = basis;
  const words = `example${name === undefined ? '' : ` ${name}`}${several(basis, content)}`;
  const what = words;
  let source: Source | undefined;
  const parameters = new Map<Parameter, WrittenParameter>();
  for (const parameter of operation.parameters) {
    const example = parameterExamples(parameter).find(candidate => candidate.name === name);
    if (example !== undefined) {
      source ??= example.source;
      if (example.value === undefined) return { kind: 'skip', reason: 'example-elsewhere', what };
      const written = writeValid(parameter, example.value);
      if (written === undefined) return { kind: 'skip', reason: 'example-invalid', what };
      parameters.set(parameter, written);
      continue;
    }
    const usual = parameter.required ? basis.least.parameters.get(parameter) : undefined;
    if (usual !== undefined) parameters.set(parameter, usual);
  }
  let { body }: { body: WrittenBody | undefined } = basis.least;
  const example: Example | undefined = content?.examples.find(candidate => candidate.name === name);
  if (content !== undefined && example !== undefined) {
    source = example.source;
    const made = exampleBody(content, example);
    if ('why' in made) return { kind: 'skip', reason: made.why, what };
    body = made.body;
  }
  const parts: RequestParts = { ...basis.least, parameters, body };
  const made = draft(words, source ?? operation.source, parts, true);
  return name !== undefined && failsByName(operation, name) ? { ...made, mayFail: true } : made;
}

/**
 * Request and response examples of one name belong together, so a name that stands among failures only tells of a
 * request that is well-formed and refused nevertheless, such as one for an account that is closed.
 */
function failsByName({ responses }: Operation, name: string): boolean {
  const owners = responses.filter(({ content }) =>
    content.some(({ examples }) => examples.some(example => example.name === name)),
  );
  return owners.length > 0 && owners.every(({ status }) => /^[45]|^default$/.test(status));
}

/** Everything at once, with each media type in turn. */
function* fullCases(basis: Basis, words: string, seed: number): Generator<Step> {
  const { operation, most } = basis;
  let parts = most;
  if (seed !== basis.seed) {
    const parameters = new Map<Parameter, WrittenParameter>();
    for (const [parameter, usual] of most.parameters) {
      const value = parameterValue(parameter, 'all', seed);
      parameters.set(parameter, 'written' in value ? value.written : usual);
    }
    parts = { ...most, parameters };
  }
  if (basis.bodies.length === 0) {
    yield draft(words, operation.source, parts);
    return;
  }
  for (const { content } of basis.bodies) {
    const made = bodyValue(content, 'all', seed);
    const name = `${words}${several(basis, content)}`;
    if ('why' in made) yield { kind: 'skip', reason: made.why, what: name };
    else yield draft(name, content.source, { ...parts, body: made.body });
  }
}

/** Names the media type where there is a choice of them. */
function several({ operation }: Basis, content: MediaType | undefined): string {
  const many = (operation.requestBody?.content.length ?? 0) > 1;
  return many && content !== undefined ? ` as ${content.mediaType}` : '';
}

function draft(name: string, why: Source, parts: RequestParts, fromExample = false): Draft {
  return { kind: 'draft', intent: 'positive', expectation: 'accepted', name, why, parts, fromExample };
}
