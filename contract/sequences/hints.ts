/**
 * What somebody says of an operation where its path does not tell: in the document as extensions, or in the
 * configuration. A hint that is written wrong counts as none; `lint` and the configuration's reader say so.
 */
import { parsePathTemplate, pathShape } from '../http/path-template.ts';
import type { Operation } from '../model.ts';

export interface SequenceHint {
  /** No sequence uses the operation. */
  readonly leftOut?: boolean;
  /** The runtime expression for the id of what the operation makes. */
  readonly id?: string;
  /** The path of what the operation makes. */
  readonly item?: string;
}

/** By operation key, `POST /pets`; false leaves the operation out. */
export type ConfiguredHints = Readonly<
  Record<string, false | { readonly id?: string; readonly item?: string }>
>;

/** Runtime expressions that may say where an id stands. */
export const ID_EXPRESSION: RegExp =
  /^\$(response|request)\.(body#(\/.*)?|header\.[!#$%&'*+.^_`|~0-9A-Za-z-]+)$/;

const MAKERS: ReadonlySet<string> = new Set(['POST', 'PUT']);

const SEQUENCES = 'x-rehearsal-sequences';
const ID = 'x-rehearsal-id';
const ITEM = 'x-rehearsal-item';

/** What is known of each operation; what is configured stands over what the document says. */
export function hintsOf(configured: ConfiguredHints = {}): (operation: Operation) => SequenceHint {
  return operation => {
    const entry = Object.hasOwn(configured, operation.key) ? configured[operation.key] : undefined;
    if (entry === false) return { leftOut: true };
    const wrong = new Set(wrongHints(operation).map(({ extension }) => extension));
    const text = (name: string): string | undefined => {
      const value = wrong.has(name) ? undefined : operation.extensions.get(name);
      return typeof value === 'string' ? value : undefined;
    };
    const id = entry === undefined ? text(ID) : entry.id;
    const item = entry === undefined ? text(ITEM) : entry.item;
    return {
      leftOut: entry === undefined && operation.extensions.get(SEQUENCES) === false,
      ...(id === undefined ? {} : { id }),
      ...(item === undefined ? {} : { item }),
    };
  };
}

/** What is wrong with an operation's own hints, each as a sentence. */
export function wrongHints(
  operation: Operation,
): readonly { readonly extension: string; readonly message: string }[] {
  const wrong: { extension: string; message: string }[] = [];
  const sequences = operation.extensions.get(SEQUENCES);
  if (sequences !== undefined && typeof sequences !== 'boolean')
    wrong.push({ extension: SEQUENCES, message: `"${SEQUENCES}" is true or false.` });
  for (const [extension, read] of [
    [ID, wrongId],
    [ITEM, wrongItem],
  ] as const) {
    const value = operation.extensions.get(extension);
    if (value === undefined) continue;
    const reason = typeof value === 'string' ? read(value, operation) : 'is a text';
    if (reason !== undefined) wrong.push({ extension, message: `"${extension}" ${reason}.` });
  }
  return wrong;
}

/** Why an operation can have no such id; undefined when it can. The end of a sentence. */
export function wrongId(id: string, operation: Operation): string | undefined {
  if (!MAKERS.has(operation.method)) return `is for POST and PUT, not for ${operation.key}`;
  if (ID_EXPRESSION.test(id)) return undefined;
  return `is an expression such as $response.body#/id or $response.header.Location, not ${JSON.stringify(id)}`;
}

/** Why an operation can make no such item; undefined when it can. The end of a sentence. */
export function wrongItem(item: string, operation: Operation): string | undefined {
  if (!MAKERS.has(operation.method)) return `is for POST and PUT, not for ${operation.key}`;
  const shape = pathShape(parsePathTemplate(item));
  const known = operation.contract.operations.some(
    ({ path }) => pathShape(parsePathTemplate(path)) === shape,
  );
  if (!known) return `is a path of the document, and ${JSON.stringify(item)} is none`;
  return /\{[^{}]+\}$/.test(item) ? undefined : `ends with a variable, unlike ${JSON.stringify(item)}`;
}
