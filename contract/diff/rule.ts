/** What a rule of `diff` is: one way in which two documents of an API can differ, with its weight and a pair that shows it. */
import type { Source } from '../source.ts';

/**
 * - `breaking`: clients that keep to the first document fail with the second
 * - `risky`: some may
 * - `safe`: none do
 */
export type ChangeSeverity = 'breaking' | 'risky' | 'safe';

/** From the gravest. */
export const CHANGE_SEVERITIES: readonly ChangeSeverity[] = ['breaking', 'risky', 'safe'];

export interface DiffRule {
  /** Kebab-case. A retired name is never used again. */
  readonly name: string;
  readonly severity: ChangeSeverity;
  /** What changed, one sentence for the reference page. */
  readonly title: string;
  /** What it means for clients, one sentence. */
  readonly why: string;
  /** A pair that shows it; each continues {@link DIFF_SAMPLE_HEAD} unless it begins with a version of its own. */
  readonly before: string;
  readonly after: string;
}

/** One difference between two documents. */
export interface Change {
  readonly rule: string;
  readonly severity: ChangeSeverity;
  /** Where a client meets it first: `GET /pets`; empty for the whole API. */
  readonly operation: string;
  /** All operations that it reaches, the first included. */
  readonly operations: readonly string[];
  /** One sentence that names the place and what became of it. */
  readonly message: string;
  readonly why: string;
  readonly before: Source;
  readonly after: Source;
}

/** What stands before a sample that does not begin with a version of its own. */
export const DIFF_SAMPLE_HEAD = 'openapi: 3.1.1\ninfo: { title: Pets, version: 1.0.0 }\n';

/** A sample as the whole document it stands for. */
export function diffSample(sample: string): string {
  return /^(openapi|swagger):/.test(sample) ? sample : DIFF_SAMPLE_HEAD + sample;
}

/** A sample with one operation, `GET /pets`, that answers with 200 and has these members beside. */
export function withOperation(members: string): string {
  return `paths:\n  /pets:\n    get:\n      responses: { '200': { description: Pets } }\n${indented(members, 6)}`;
}

/** A sample with one operation, `POST /pets`, that takes a body of this schema. */
export function withRequestSchema(schema: string): string {
  return `paths:
  /pets:
    post:
      requestBody: { content: { application/json: { schema: ${schema} } } }
      responses: { '204': { description: Kept } }
${animals(schema)}`;
}

/** A sample with one operation, `GET /pets`, that answers with a body of this schema. */
export function withResponseSchema(schema: string): string {
  return `paths:
  /pets:
    get:
      responses: { '200': { description: Pets, content: { application/json: { schema: ${schema} } } } }
${animals(schema)}`;
}

/** The components that a schema refers to. */
function animals(schema: string): string {
  if (!schema.includes('#/components/')) return '';
  return `components:
  schemas:
    Cat: { type: object, properties: { kind: { enum: [Cat, feline] } }, required: [kind] }
    Dog: { type: object, properties: { kind: { const: Dog } }, required: [kind] }
`;
}

function indented(text: string, by: number): string {
  return text
    .split('\n')
    .filter(line => line !== '')
    .map(line => `${' '.repeat(by)}${line}\n`)
    .join('');
}
