/** A change as plain data, with both places looked up: what all formats share. */
import { CHANGE_SEVERITIES, type Change, type ChangeSeverity } from '../../contract/diff/rule.ts';
import type { Source } from '../../contract/source.ts';

export interface PlaceRecord {
  /** As people call it: the path as given, `<stdin>` or a URL. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The first column after it, where it ends on the same line. */
  readonly endColumn?: number;
  /** JSON pointer into the document. */
  readonly pointer: string;
}

export interface ChangeRecord {
  readonly rule: string;
  readonly severity: ChangeSeverity;
  readonly message: string;
  readonly why: string;
  /** Where a client meets it first; empty for the whole API. */
  readonly operation: string;
  readonly operations: readonly string[];
  readonly before: PlaceRecord;
  readonly after: PlaceRecord;
}

export function changeRecord(change: Change): ChangeRecord {
  const { rule, severity, message, why, operation, operations } = change;
  const places = { before: placeRecord(change.before), after: placeRecord(change.after) };
  return { rule, severity, message, why, operation, operations, ...places };
}

function placeRecord({ document, pointer }: Source): PlaceRecord {
  const { line, column, endColumn } = document.locate(pointer);
  return {
    file: document.name,
    line,
    column,
    ...(endColumn === undefined ? {} : { endColumn }),
    pointer,
  };
}

/** `specs/pets.yaml:12:7`. */
export function placeInWords({ file, line, column }: PlaceRecord): string {
  return `${file}:${line}:${column}`;
}

/** ` and 3 more operations`; empty where one operation is all. */
export function furtherOperations({ operations }: ChangeRecord): string {
  const more = operations.length - 1;
  return more === 0 ? '' : ` and ${more} more operation${more === 1 ? '' : 's'}`;
}

/** `2 breaking, 1 safe`, or `no changes`. */
export function countInWords(changes: readonly { readonly severity: ChangeSeverity }[]): string {
  const counts = CHANGE_SEVERITIES.flatMap(severity => {
    const count = changes.filter(change => change.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}`];
  });
  if (counts.length === 0) return 'no changes';
  return `${counts.join(', ')} ${changes.length === 1 ? 'change' : 'changes'}`;
}
