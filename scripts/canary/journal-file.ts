/** The journal of a stage's canary on the disk, one file for each: `.rehearsal/canary/{api}/{stage}.json`. */
import { RehearsalError } from '../../contract/errors.ts';
import type { JsonObject } from '../../contract/json/value.ts';
import { validate } from '../../contract/schema/validate.ts';
import type { Journal, JournalStore, Phase } from '../../gateway/stages/canary/journal.ts';
import { ownSchema } from '../config/own-schema.ts';
import { readState, stateFile, writeState } from '../state-file.ts';

/** @param folder - that of the configuration */
export function journalFile(folder: string, apiId: string, stageName: string): JournalStore {
  const file = stateFile(folder, 'canary', apiId, `${stageName}.json`);
  return {
    read: () => {
      const text = readState(file);
      return text === undefined ? undefined : journalOf(text, file);
    },
    write: journal => writeState(file, `${JSON.stringify(journal, null, 2)}\n`),
  };
}

const TEXT: JsonObject = { type: 'string' };
const TEXTS: JsonObject = { type: 'object', additionalProperties: TEXT };
const PERCENT: JsonObject = { type: 'number', minimum: 0, maximum: 100 };
const KINDS: readonly Phase['kind'][] = [
  'begun',
  'moving',
  'judging',
  'promoting',
  'confirming',
  'ending',
  'rolling-back',
  'undoing',
  'restoring',
  'ended',
];

const SCHEMA: JsonObject = {
  type: 'object',
  required: [
    'version',
    'run',
    'document',
    'stage',
    'apiId',
    'stageName',
    'before',
    'steps',
    'ending',
    'phase',
  ],
  properties: {
    version: { const: 1 },
    run: TEXT,
    document: TEXT,
    stage: TEXT,
    apiId: TEXT,
    stageName: TEXT,
    before: {
      type: 'object',
      required: ['deploymentId', 'variables'],
      properties: {
        deploymentId: TEXT,
        variables: TEXTS,
        canary: {
          type: 'object',
          required: ['deploymentId', 'percentTraffic', 'variables', 'useStageCache'],
          properties: {
            deploymentId: TEXT,
            percentTraffic: PERCENT,
            variables: TEXTS,
            useStageCache: { type: 'boolean' },
          },
        },
      },
    },
    steps: { type: 'array', items: PERCENT },
    ending: { enum: ['promote', 'hold'] },
    phase: {
      type: 'object',
      required: ['kind'],
      properties: {
        kind: { enum: KINDS },
        step: { type: 'integer', minimum: 0 },
        reason: TEXT,
        outcome: { enum: ['promoted', 'held', 'rolled-back', 'undone', 'inconclusive'] },
      },
    },
    known: { type: 'array', items: TEXT },
    began: TEXT,
    changed: TEXT,
  },
};

/** @throws RehearsalError CANARY_JOURNAL for what we did not write, or another version of us did */
function journalOf(text: string, file: string): Journal {
  const unreadable = (reason: string): RehearsalError =>
    new RehearsalError('CANARY_JOURNAL', { file, reason });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw unreadable((error as Error).message);
  }
  const [first] = validate(ownSchema(SCHEMA), value as JsonObject, { maxViolations: 1 });
  if (first !== undefined) throw unreadable(`${first.instance || 'it'} ${first.message}`);
  const journal = value as Journal;
  // JSON has no word for what is undefined.
  return { ...journal, before: { ...journal.before, canary: journal.before.canary } };
}
