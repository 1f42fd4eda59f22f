/**
 * Every kind of problem that a document can have, as data: those that reading meets, those of the rules, those that
 * planning a mock meets. `docs/reference/problems.md` is written from this list, and a test holds it against the code.
 */
import type { Severity } from '../problem.ts';
import { LINT_RULES } from './lint-rules.ts';

export interface ProblemRule {
  readonly name: string;
  readonly severity: Severity;
  readonly optional?: true;
  readonly title: string;
  readonly fix: string;
  readonly see?: string;
  /** Where it comes to light. */
  readonly found: 'text' | 'reading' | 'linting' | 'answering';
  readonly failing?: string;
  readonly passing?: string;
}

const row = (
  found: ProblemRule['found'],
  name: string,
  severity: Severity,
  title: string,
  fix: string,
  see?: string,
): ProblemRule => ({ found, name, severity, title, fix, ...(see === undefined ? {} : { see }) });

const TEXT: readonly ProblemRule[] = [
  row(
    'text',
    'document-not-found',
    'fatal',
    'The file, folder or pattern names nothing.',
    'Check the path; it is taken relative to the folder you are in.',
  ),
  row(
    'text',
    'document-unreadable',
    'fatal',
    'The file cannot be read: no permission, no UTF-8 text, no regular file, beyond the size limit, or a part of the document that is broken itself.',
    'Check that it is a text file and that you may read it.',
  ),
  row(
    'text',
    'document-syntax',
    'fatal',
    'The text is neither JSON nor YAML, or a file holds more than one document.',
    'Correct the text at the place named.',
  ),
  row(
    'text',
    'document-duplicate-key',
    'fatal',
    'A key stands twice in one object; readers would keep one of the two without a word.',
    'Remove or rename one of the two.',
  ),
  row(
    'text',
    'document-alias-bomb',
    'fatal',
    'The YAML aliases of the document stand for more values than are read (5 million, or 100 times its own size).',
    'Replace aliases of aliases by `$ref`, or write the values out.',
  ),
  row(
    'text',
    'document-size',
    'fatal',
    'The YAML has more lines and list items than are read (1.2 million).',
    'Write it as JSON, which takes far less memory to read, or split it.',
  ),
  row(
    'text',
    'document-depth',
    'fatal',
    'The document is nested more than 128 levels deep.',
    'Move inner schemas to `components` and refer to them.',
  ),
  row(
    'text',
    'document-not-openapi',
    'fatal',
    'The document is empty, or has neither `openapi` nor `swagger` at its top.',
    'Name an OpenAPI document.',
  ),
  row(
    'text',
    'document-version',
    'fatal',
    'The document follows a version of OpenAPI that is not read.',
    'Versions 2.0, 3.0, 3.1 and 3.2 are read.',
  ),
  row(
    'text',
    'document-paths',
    'fatal',
    '`paths` is missing (2.0, 3.0) or no object, or a path has no object below it.',
    'Write the paths of the API under `paths`.',
    'https://spec.openapis.org/oas/v3.1.1#paths-object',
  ),
];

const READING: readonly ProblemRule[] = [
  row(
    'reading',
    'reference-missing',
    'fatal',
    'A `$ref` names nothing.',
    'Correct the reference; the message names what is near.',
    'https://spec.openapis.org/oas/v3.1.1#reference-object',
  ),
  row(
    'reading',
    'reference-circular',
    'fatal',
    'A `$ref` leads back to itself without anything in between. A schema that contains itself is no problem.',
    'Point it at the object that is meant.',
    'https://spec.openapis.org/oas/v3.1.1#reference-object',
  ),
  row(
    'reading',
    'reference-file',
    'fatal',
    'A `$ref` names a file that does not exist, cannot be read, or was not looked for.',
    'Correct the name, or put the file there.',
  ),
  row(
    'reading',
    'reference-outside',
    'fatal',
    'A `$ref` names a file outside the document’s folder, be it by a symbolic link.',
    'Move the file beside the document, or allow it with `--allow-outside`.',
  ),
  row(
    'reading',
    'reference-remote',
    'fatal',
    'A `$ref` is a URL, and URLs are not fetched.',
    'Copy the file beside the document, or allow fetching with `--allow-remote`.',
  ),
  row(
    'reading',
    'schema-keyword',
    'error',
    'A keyword of a schema has a value of the wrong form, so it is ignored.',
    'Write the value in the form that the message names.',
    'https://spec.openapis.org/oas/v3.1.1#schema-object',
  ),
  row(
    'reading',
    'discriminator-mapping',
    'error',
    'A discriminator maps a value to no schema.',
    'Name a schema of `components.schemas`, or point at one with a reference.',
    'https://spec.openapis.org/oas/v3.1.1#discriminator-object',
  ),
  row(
    'reading',
    'parameter-form',
    'error',
    'A parameter lacks `name` or `in`, or its `in` is no place in a request.',
    'Write both members.',
    'https://spec.openapis.org/oas/v3.1.1#parameter-object',
  ),
  row(
    'reading',
    'parameter-style',
    'error',
    'A parameter has a `style` that its place in the request does not have.',
    'Use one of the styles that the message lists.',
    'https://spec.openapis.org/oas/v3.1.1#style-values',
  ),
  row(
    'reading',
    'response-status',
    'error',
    'A key under `responses` is no status, no range such as 4XX and not `default`.',
    'Use a status such as 200, a range such as 4XX, or `default`.',
    'https://spec.openapis.org/oas/v3.1.1#responses-object',
  ),
  row(
    'reading',
    'link-target',
    'error',
    'A link leads to an operation that does not exist.',
    'Write the operationId of an operation, or a pointer to one.',
    'https://spec.openapis.org/oas/v3.1.1#link-object',
  ),
  row(
    'reading',
    'security-scheme',
    'error',
    'A security scheme lacks what its type needs, so it is ignored.',
    'Write the members that its type needs.',
    'https://spec.openapis.org/oas/v3.1.1#security-scheme-object',
  ),
  row(
    'reading',
    'security-form',
    'error',
    '`security` is no list of requirements. One requirement without a list is read as that one.',
    'Put a dash before each alternative.',
    'https://spec.openapis.org/oas/v3.1.1#security-requirement-object',
  ),
  row(
    'reading',
    'security-undefined',
    'error',
    'A security requirement names a scheme that the document does not define.',
    'Define the scheme, or correct its name.',
    'https://spec.openapis.org/oas/v3.1.1#security-requirement-object',
  ),
];

const STRUCTURE: readonly ProblemRule[] = [
  row(
    'linting',
    'document-structure',
    'error',
    'The specification’s own JSON Schema refuses the document at this place: a member is missing, unknown or of the wrong form.',
    'Write what the message names.',
    'https://spec.openapis.org/oas/',
  ),
];

const ANSWERING: readonly ProblemRule[] = [
  row(
    'answering',
    'sample-impossible',
    'warning',
    'No value was found that a schema admits, so nothing can be answered that keeps to it.',
    'Add an example that keeps to the schema, or loosen the schema.',
  ),
  row(
    'answering',
    'answer-breaks-schema',
    'warning',
    'A mock answer does not keep to its schema, because no value is known that does.',
    'Add an example that keeps to the schema, or loosen the schema.',
  ),
  row(
    'answering',
    'answer-unwritable',
    'warning',
    'An example cannot be written in its media type, and is sent as it stands.',
    'Give the example as a text, or change the media type or its schema.',
  ),
  row(
    'answering',
    'response-not-answered',
    'note',
    'A response can never be given: an interim status, or a range whose statuses all have responses of their own.',
    'Remove it, or one of the responses beside it.',
  ),
  row(
    'answering',
    'route-taken',
    'warning',
    'Two documents, or two paths of one, are served under the same address; the second is not served.',
    'Give the documents different base paths in `servers`, or serve them apart.',
  ),
];

/** All kinds, in the order of the reference page. */
export const PROBLEM_RULES: readonly ProblemRule[] = [
  ...TEXT,
  ...READING,
  ...STRUCTURE,
  ...LINT_RULES.map((rule): ProblemRule => ({ ...rule, found: 'linting' })),
  ...ANSWERING,
];
