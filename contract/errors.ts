/**
 * The one table of coded errors: misuse and environment, thrown, shown without a stack. What is wrong with a document
 * is a problem and what is wrong with an answer is a failure; neither stands here.
 *
 * A code is never used again for something else once it is gone. `docs/reference/errors.md` holds one row for each. Long
 * because there is one table.
 */

export interface ErrorRow {
  /** What is wrong; `{name}` is filled from the details. */
  readonly message: string;
  /** How to mend it. */
  readonly fix: string;
  readonly exitCode: 2 | 3;
}

const TABLE = {
  API_AMBIGUOUS: {
    message: 'There are {count} REST APIs {what}: {ids}.',
    fix: 'Say which one belongs to {document}, by its id: apis; the key apis of the stage in the configuration does.',
    exitCode: 2,
  },
  API_FOREIGN: {
    message: 'The REST API {api} is not one of {document}: {reason}.',
    fix: 'Name the API of this document under apis in the configuration; nothing was changed.',
    exitCode: 2,
  },
  BASELINE_INVALID: {
    message: 'The baseline {file} cannot be used:\n{reasons}',
    fix: 'Mend what is listed; docs/reference/baseline.md says what an entry holds.',
    exitCode: 2,
  },
  CANARY_CHANGED: {
    message: 'The stage {stage} is not as it was left: {differences}.',
    fix: 'Nothing was changed. See who else works on it with rehearsal canary status {stage}, and begin again.',
    exitCode: 3,
  },
  CANARY_JOURNAL: {
    message: 'The journal of a canary {file} cannot be read: {reason}.',
    fix: 'Move it away; the stage is then taken as it is, and what it served before is not known any more.',
    exitCode: 2,
  },
  CANARY_LEFT: {
    message: 'The stage {stage} is not as the run that was cut off at {when} left it: {differences}.',
    fix: 'See it with rehearsal canary status {stage}; --afresh forgets that run and takes the stage as it is.',
    exitCode: 3,
  },
  CANARY_LOCKED: {
    message: 'The stage {stage} is in the hands of {owner} until {until}.',
    fix: 'Wait for that run to end; where it no longer runs, take the stage over with --take-over.',
    exitCode: 3,
  },
  CANARY_NONE: {
    message: 'The stage {stage} has no canary.',
    fix: 'Release one with rehearsal deploy {stage} --canary PERCENT.',
    exitCode: 2,
  },
  CANARY_SAME: {
    message: 'The canary of {stage} serves what production serves, so there is nothing to judge.',
    fix: 'Release another with rehearsal deploy {stage} --canary PERCENT, or end this one with rehearsal canary rollback {stage}.',
    exitCode: 2,
  },
  CANARY_UNVERIFIED: {
    message: 'API Gateway took a change of the stage {stage} and has not made it: {differences}.',
    fix: 'See what it serves with rehearsal canary status {stage}.',
    exitCode: 3,
  },
  COLLECTION_UNUSABLE: {
    message: '{file} is a Postman collection of format 1.',
    fix: 'Export it from Postman as Collection v2.1.',
    exitCode: 2,
  },
  CONFIG_INVALID: {
    message: 'The configuration {file} cannot be used:\n{reasons}',
    fix: 'Correct the keys named above; docs/reference/configuration.md lists them all.',
    exitCode: 2,
  },
  CONFIG_NOT_FOUND: {
    message: 'There is no configuration file {file}.',
    fix: 'Check the path given with --config.',
    exitCode: 2,
  },
  CONFIG_UNREADABLE: {
    message: 'The configuration {file} cannot be read: {reason}',
    fix: 'Mend the file; it is read like any other module or document.',
    exitCode: 2,
  },
  CREDENTIALS_MISSING: {
    message: 'The credentials of {scheme} are missing: {operation} needs them, and {variables} not set.',
    fix: 'Set what is missing, or leave out with --operation or --tag what needs it.',
    exitCode: 2,
  },
  CREDENTIALS_UNAVAILABLE: {
    message: 'The credentials of {scheme} cannot be had: {reason}.',
    fix: '{advice}',
    exitCode: 3,
  },
  DEPLOYMENT_GONE: {
    message: 'The deployment {deployment} that {stage} served before is gone, so it cannot go back to it.',
    fix: 'Deploy that release again: rehearsal deploy {stage}.',
    exitCode: 2,
  },
  DOCUMENT_EMPTY_FOLDER: {
    message: 'There is no OpenAPI document in {path}.',
    fix: 'Put a .yaml or .json document directly into that folder, or name its file.',
    exitCode: 2,
  },
  DOCUMENT_NOT_FOUND: {
    message: '{path} does not exist.',
    fix: 'Check the path; it is taken relative to the folder you are in.',
    exitCode: 2,
  },
  DOCUMENT_NO_MATCH: {
    message: 'No file matches {path}.',
    fix: 'Quote the pattern if your shell should not expand it, and check its folder.',
    exitCode: 2,
  },
  DOCUMENT_NONE: {
    message: 'No document was named, and there is no folder specs/ here.',
    fix: 'Name one: rehearsal {command} api.yaml',
    exitCode: 2,
  },
  DOCUMENT_REMOTE: {
    message: '{path} is a URL, and URLs are not fetched.',
    fix: 'Add --allow-remote to fetch it.',
    exitCode: 2,
  },
  DOCUMENT_TOO_LARGE: {
    message: '{path} has {size} MB; documents of up to {limit} MB are read.',
    fix: 'Split the document, or take recorded bodies out of its examples.',
    exitCode: 2,
  },
  DOCUMENT_UNREADABLE: {
    message: '{path} cannot be read: {reason}.',
    fix: 'Check that it is a text file and that you may read it.',
    exitCode: 2,
  },
  DOCUMENT_INVALID: {
    message: '{count} in {name}, so it cannot be used.',
    fix: 'Mend what is listed above; rehearsal lint shows everything at once.',
    exitCode: 2,
  },
  DOCUMENT_NO_CONTRACT: {
    message: '{name} is no OpenAPI document: {reason}',
    fix: 'Give a whole document, as an object or as its text; rehearsal lint shows what is wrong with a file.',
    exitCode: 2,
  },
  EXPORT_FOREIGN: {
    message: '{file} is an export of another API: it has no operation in common with {name}.',
    fix: 'Name the document that it belongs to, write a new one with --out, or merge it all the same with --force.',
    exitCode: 2,
  },
  EXPORT_UNMERGEABLE: {
    message: '{path} cannot be edited so that it says what the export says.',
    fix: 'A change stands behind an alias of YAML or in a file that is not on this machine: write it there by hand, or write the alias out.',
    exitCode: 2,
  },
  EXPORT_UNUSABLE: {
    message: '{file} cannot be brought home:\n{reasons}',
    fix: 'Give what GetExport wrote, as swagger or oas30.',
    exitCode: 2,
  },
  GATEWAY_STORE_FOREIGN: {
    message: '{file} is a database, but not one of the local API Gateway.',
    fix: 'Name another file with --store.',
    exitCode: 2,
  },
  GATEWAY_STORE_IN_USE: {
    message: 'Another local API Gateway uses {file}.',
    fix: 'Stop that one, name another file with --store, or keep nothing with --memory.',
    exitCode: 2,
  },
  GATEWAY_STORE_NEWER: {
    message: '{file} was written by a newer Rehearsal.',
    fix: 'Use that version again, or name another file with --store.',
    exitCode: 2,
  },
  GATEWAY_STORE_UNUSABLE: {
    message: 'The local API Gateway cannot keep its state in {file}: {reason}.',
    fix: 'Check the folder and who may write to it, name another file with --store, or keep nothing with --memory.',
    exitCode: 2,
  },
  HOOK_FAILED: {
    message: 'The hook {hook} failed: {reason}.',
    fix: 'Mend the hook, or what it needs; nothing was sent after it.',
    exitCode: 3,
  },
  HOST_UNUSABLE: {
    message: 'Nothing can listen on {host}: {reason}.',
    fix: 'Give --host an address of this machine: 127.0.0.1, or 0.0.0.0 for all of them.',
    exitCode: 2,
  },
  LOG_CLIENT_MISSING: {
    message: 'The access log at AWS is read by @aws-sdk/client-cloudwatch-logs, which is not installed.',
    fix: 'Install it beside rehearsal: npm install --save-dev @aws-sdk/client-cloudwatch-logs.',
    exitCode: 2,
  },
  LOG_UNREADABLE: {
    message: 'The access log {log} cannot be read: {reason}.',
    fix: 'Check that it is there and that you may read it, or do without it with --no-log.',
    exitCode: 3,
  },
  NODE_TOO_OLD: {
    message: 'rehearsal needs Node.js {needed}, and this is {found}.',
    fix: 'Install a newer Node.js.',
    exitCode: 2,
  },
  NEWMAN_MISSING: {
    message: 'newman is not installed.',
    fix: 'Run npm install --save-dev newman, or leave out --runner newman.',
    exitCode: 2,
  },
  OUTPUT_BROKEN: {
    message: '{path} is no JSON any more: {reason}.',
    fix: 'Mend it, or take it back from version control; nothing was written. --force writes it anew, without what was changed by hand.',
    exitCode: 2,
  },
  OUTPUT_CLASH: {
    message: 'Two outputs would be one file, {path}: {first}, and {second}.',
    fix: 'Give one of the documents another name, or generate them into folders of their own with --out.',
    exitCode: 2,
  },
  OUTPUT_FOREIGN: {
    message: '{path} is there and was not generated, or no longer says so, so it is left alone.',
    fix: 'Move it away, or write over it with --force.',
    exitCode: 2,
  },
  OUTPUT_UNMERGEABLE: {
    message:
      '{path} does not say what was generated in it last, so nobody can tell what was changed by hand.',
    fix: 'Take it back from version control, or write it anew with --force; what was changed by hand is lost then.',
    exitCode: 2,
  },
  OUTPUT_UNWRITABLE: {
    message: '{path} cannot be written: {reason}.',
    fix: 'Choose a folder that you may write to with --out.',
    exitCode: 2,
  },
  PLANE_CREDENTIALS: {
    message: 'AWS does not know who is asking: {reason}.',
    fix: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile, or renew what has expired; the AWS CLI is asked in the same way.',
    exitCode: 3,
  },
  PLANE_DENIED: {
    message: 'Not allowed: {operation}. Missing: {actions}.',
    fix: 'Let whoever runs this have the IAM actions named above; docs/reference/stages.md lists all that commands need.',
    exitCode: 3,
  },
  PLANE_REFUSED: {
    message: 'API Gateway refused {operation}: {reason}.',
    fix: 'Mend what it names.',
    exitCode: 2,
  },
  PLANE_REGION: {
    message: 'Nobody has said which region of AWS the stage is in.',
    fix: 'Set region of the stage in the configuration, or AWS_REGION.',
    exitCode: 2,
  },
  PLANE_THROTTLED: {
    message: 'API Gateway throttles {operation}, asked {times}: {reason}.',
    fix: 'Run it again in a minute; it goes on where it stopped.',
    exitCode: 3,
  },
  PLANE_UNREACHABLE: {
    message: 'The control plane does not answer {operation}: {reason}.',
    fix: 'Check the network, and endpoint and region of the stage; what was begun goes on when it is run again.',
    exitCode: 3,
  },
  PORT_BUSY: {
    message: 'Port {port} on {host} is taken by another program.',
    fix: 'Choose another with --port, or --port 0 for any that is free.',
    exitCode: 2,
  },
  PROXY_INVALID: {
    message: 'The proxy in {variable} cannot be used: {reason}.',
    fix: 'Write it as http://host:port, with user:password@ before the host where it asks for them.',
    exitCode: 2,
  },
  REPORT_UNREADABLE: {
    message: 'The report {file} cannot be read: {reason}.',
    fix: 'Give a report that rehearsal test wrote with --reporter json, ndjson or har.',
    exitCode: 2,
  },
  REPORT_UNWRITABLE: {
    message: 'The report {file} cannot be written: {reason}.',
    fix: 'Choose a file in a folder that exists and that you may write to.',
    exitCode: 2,
  },
  SOURCE_CHANGED: {
    message: '{path} or the export has changed since the merge was shown, so nothing is written.',
    fix: 'Look at what rehearsal import shows now.',
    exitCode: 2,
  },
  STAGE_CANNOT: {
    message: 'The stage {stage} is of the provider {provider} and cannot {cannot}.',
    fix: 'A stage of the provider {providers} can.',
    exitCode: 2,
  },
  STAGE_CHANGED: {
    message: 'The stage {stage} of {document} was changed by somebody else: {reason}.',
    fix: 'Run it again: it begins with what is there now.',
    exitCode: 3,
  },
  STAGE_CONNECTION: {
    message: 'No connection to {url}: {reason}.',
    fix: '{advice}',
    exitCode: 3,
  },
  STAGE_GONE: {
    message: 'The API {api} has no stage {stage} any more.',
    fix: 'Somebody deleted it; rehearsal deploy makes it anew.',
    exitCode: 3,
  },
  STAGE_FOREIGN: {
    message:
      'Somebody else made the stage {stage} of {document}, on the REST API {api}: it has no tag of rehearsal deploy.',
    fix: 'Remove it at the console or with the AWS CLI; nothing was removed.',
    exitCode: 2,
  },
  STAGE_NOT_DEPLOYED: {
    message: '{document} is not on the stage {stage}: {reason}.',
    fix: 'Put it there with rehearsal deploy {stage}, or name its REST API under apis in the configuration.',
    exitCode: 3,
  },
  STAGE_UNREACHABLE: {
    message: '{url} does not answer: {reason}.',
    fix: 'Start the server, or check the address.',
    exitCode: 3,
  },
  STAGE_UNKNOWN: {
    message: 'Nobody has said which server the tests of {name} are for.',
    fix: 'Set REHEARSAL_STAGE to a URL or a stage of the configuration, or provide it: test.provide.rehearsal in the configuration of vitest.',
    exitCode: 2,
  },
  STATE_UNWRITABLE: {
    message: 'What is remembered cannot be written to {path}: {reason}.',
    fix: 'Check the folder .rehearsal beside the configuration and who may write to it.',
    exitCode: 2,
  },
  TARGET_REQUIREMENT: {
    message: 'The target {target} cannot be made of {name}: {reason}.',
    fix: '{fix}',
    exitCode: 2,
  },
  TEMPLATE_FAILED: {
    message: 'The mapping template failed in line {line}, column {column}: {reason}.',
    fix: 'Mend what the template asks for there; docs/reference/mapping-templates.md says what there is.',
    exitCode: 2,
  },
  TEMPLATE_INVALID: {
    message: 'The mapping template cannot be read, line {line}, column {column}: {reason}.',
    fix: 'Mend the template there; docs/reference/mapping-templates.md has the syntax.',
    exitCode: 2,
  },
  TEMPLATE_LIMIT: {
    message: 'The mapping template asks for too much in line {line}, column {column}: {reason}.',
    fix: 'Let the template do less; docs/reference/mapping-templates.md lists the limits.',
    exitCode: 2,
  },
  USAGE: {
    message: '{reason}',
    fix: 'See rehearsal {command} --help.',
    exitCode: 2,
  },
  VARIABLE_REFUSED: {
    message: 'The stage variable {name} cannot be set from {variable}: {reason}.',
    fix: 'Set {variable} to letters, digits and -._~:/?#&=, of at most 512.',
    exitCode: 2,
  },
} as const;

export type ErrorCode = keyof typeof TABLE;

/** Every coded error by its code. */
export const ERRORS: Readonly<Record<ErrorCode, ErrorRow>> = TABLE;

/** Thrown for misuse and environment. `message` says what and ends in how to mend it. */
export class RehearsalError extends Error {
  override readonly name = 'RehearsalError';
  readonly code: ErrorCode;
  readonly exitCode: number;
  readonly fix: string;
  /** The values that filled the message. */
  readonly details: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    details: Readonly<Record<string, string | number>> = {},
    options: ErrorOptions = {},
  ) {
    const texts = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, String(value)]));
    const row = ERRORS[code];
    const fix = fill(row.fix, texts);
    const message = fill(row.message, texts);
    super(`${message}${message.includes('\n') ? '\n' : ' '}${fix}`, options);
    this.code = code;
    this.exitCode = row.exitCode;
    this.fix = fix;
    this.details = texts;
  }
}

function fill(template: string, details: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(details, name) ? (details[name] ?? '') : whole,
  );
}
