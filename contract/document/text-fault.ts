/** What can be wrong with a text before there is a document to point into, and the problem that makes of it. */
import type { JsonObject } from '../json/value.ts';
import type { Problem } from '../problem.ts';
import type { Place, SourceDocument } from '../source.ts';
import type { DocumentAddress } from './document-of.ts';
import { LIMITS } from './limits.ts';

/** What is wrong with a text, before there is a document to point into. */
export interface TextFault {
  readonly rule:
    | 'document-syntax'
    | 'document-duplicate-key'
    | 'document-alias-bomb'
    | 'document-depth'
    | 'document-size';
  readonly message: string;
  readonly place: Place;
  readonly fix: string;
}

/** The fault of a text beyond the depth limit, in JSON as in YAML. */
export function tooDeep(place: Place): TextFault {
  return {
    rule: 'document-depth',
    message: `The document is nested more than ${LIMITS.depth} levels deep.`,
    place,
    fix: 'Move inner schemas to "components" and refer to them.',
  };
}

/** The problem that a fault makes: its document has one place only, the fault's. */
export function faultProblem(fault: TextFault, text: string, address: DocumentAddress): Problem {
  // There is no value to point into, so this document knows one place only: the fault's.
  const document: SourceDocument = {
    ...address,
    value: NOTHING,
    text: () => text,
    locate: () => fault.place,
  };
  return {
    rule: fault.rule,
    severity: 'fatal',
    message: fault.message,
    source: { document, pointer: '' },
    fix: fault.fix,
  };
}
const NOTHING: JsonObject = {};
