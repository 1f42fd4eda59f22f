/** `rehearsal replay`: sends the failed cases of a report again and tells which of them still fail. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { createMask, type Mask } from '../../contract-tests/mask.ts';
import type { Replayed } from '../../contract-tests/replay.ts';
import type { ReplayCase, ReplayReport } from '../../contract-tests/replay-record.ts';
import { leftBehindLines, NOT_JUDGED_BECAUSE } from '../../contract-tests/summary-text.ts';
import {
  type CommandContext,
  type CommandModule,
  listOption,
  type NamedContract,
  type OptionValues,
  textOption,
} from '../command.ts';
import { credentialPlaces } from '../credential-places.ts';
import { type RunCredentials, readCredentials } from '../credentials.ts';
import { openStage, stageTransport, tokenTransport } from '../open-stage.ts';
import { readReport } from '../read-report.ts';
import { defineSpecOptions, readSpecs } from '../read-specs.ts';
import { replayRun } from '../replay-run.ts';
import { readStage, type Stage } from '../stage.ts';
import { wholeContracts } from '../whole-contracts.ts';

export const replayCommand: CommandModule = { define, run };

function define(command: Command): void {
  const collect = (value: string, before: readonly string[] | undefined): readonly string[] => [
    ...(before ?? []),
    value,
  ];
  command
    .option('--url <stage>', 'another address or stage than the one in the report')
    .option(
      '--spec <document...>',
      'the documents to judge by (default: those named in the report, where they are)',
    )
    .option('-H, --header <line>', "a header in the place of the recorded one, as 'Name: value'", collect)
    .option('--case <id>', 'only this case; give it again for more', collect)
    .option('--stage-kind <kind>', 'what answers: server, apigateway or apigateway-mock (default: server)')
    .option('--timeout <seconds>', 'wait no longer for an answer (default: 30)')
    .option('--ca <file>', 'trust also the certificates in this file, PEM')
    .option('--cert <file>', "the client's own certificate, PEM")
    .option('--key <file>', 'its key, PEM; REHEARSAL_KEY_PASSPHRASE unlocks it')
    .option('--insecure', 'take any certificate of the server; not on stages of production')
    .addHelpText(
      'after',
      `
Examples:
  $ rehearsal replay report.json
  $ rehearsal replay report.ndjson --url http://localhost:3000/v1 --spec specs/petstore.yaml

It reads reports of json, ndjson and har. Requests are sent as they were recorded, one after the other; what was masked in
them is taken from the configuration, the environment or --header. A step of a sequence is sent with all that it stands
on. Checks weigh as in the configuration, whose hooks are called. Without the document an answer can only be compared.
Exit codes: 0 none fails any more, 1 some still do, 2 wrong usage or no report, 3 could not tell.`,
    );
  defineSpecOptions(command);
}

async function run(args: readonly string[], options: OptionValues, context: CommandContext): Promise<number> {
  const report = readReport(args[0] ?? '', context.cwd);
  const wanted = listOption(options, 'case');
  const cases = report.cases.filter(one => wanted.length === 0 || wanted.includes(one.case));
  const [first] = cases;
  if (first === undefined) {
    context.stdout.write('No failed case to send again.\n');
    return 0;
  }
  const config = await context.config();
  const url = textOption(options, 'url');
  const stage = await readStage(url ?? first.baseUrl, options, config, context, first.document);
  const contracts = await documentsOf(report, options, context);
  const tokens = tokenTransport(stage);
  const credentials = credentialsFor(cases, contracts, stage, () => tokens, context);
  const mask = createMask(
    stage.headers,
    [...credentials.hidden, ...stage.secrets],
    credentialPlaces(contracts, new Set(Object.keys(stage.credentials))),
  );
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const transport = stageTransport(stage, 1);
  interruption.signal.addEventListener('abort', transport.close);
  const counts = { fails: 0, passes: 0, open: 0 };
  try {
    const { signal } = interruption;
    const opened = await openStage(transport, stage, { credentials, mask, signal });
    const cleanUp = await replayRun({
      cases,
      made: report.made,
      contracts,
      stage,
      elsewhere: url !== undefined,
      config,
      credentials,
      mask,
      transport: opened.transport,
      signal,
      told: (replayed, recorded) => {
        counts[KINDS[replayed.kind]] += 1;
        context.stdout.write(lineOf(replayed, recorded, mask));
      },
    });
    for (const line of leftBehindLines({ cleanUp })) context.stdout.write(`${mask.text(`! ${line}`)}\n`);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    transport.close();
    tokens.close();
  }
  const total = `${cases.length} ${cases.length === 1 ? 'case' : 'cases'} of the report`;
  context.stdout.write(
    `\n${total}: ${counts.fails} still failing, ${counts.passes} passing, ${counts.open} open\n`,
  );
  if (interruption.signal.aborted) return 130;
  return counts.fails > 0 ? 1 : counts.open > 0 ? 3 : 0;
}

const KINDS: Readonly<Record<Replayed['kind'], 'fails' | 'passes' | 'open'>> = {
  fails: 'fails',
  'same-answer': 'fails',
  'other-answer': 'open',
  passes: 'passes',
  'not-judged': 'open',
  unanswered: 'open',
  'not-sent': 'open',
};

function lineOf(replayed: Replayed, { case: id }: ReplayCase, mask: Mask): string {
  const marks = { fails: '✗', passes: '✓', open: '?' };
  return mask.text(`${marks[KINDS[replayed.kind]]} ${id}: ${wordsOf(replayed)}\n`);
}

function wordsOf(replayed: Replayed): string {
  switch (replayed.kind) {
    case 'fails':
      return `still fails: ${replayed.failures.map(({ check, received }) => `${check}, received ${oneLine(received)}`).join('; ')}`;
    case 'same-answer':
      return `the same answer, status ${replayed.status}`;
    case 'other-answer':
      return `another answer, ${replayed.was === undefined ? 'none before' : `status ${replayed.was} before`} and ${replayed.status} now; --spec lets the checks judge it`;
    case 'passes':
      return 'passes';
    case 'not-judged':
      return `not judged: ${NOT_JUDGED_BECAUSE[replayed.reason]}`;
    case 'unanswered':
      return `not answered: ${oneLine(replayed.message)}`;
    case 'not-sent':
      return `not sent: ${replayed.why}`;
  }
}

function oneLine(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** The documents named, else those of the report that are still where they were. */
async function documentsOf(
  report: ReplayReport,
  options: OptionValues,
  context: CommandContext,
): Promise<readonly NamedContract[]> {
  const named = listOption(options, 'spec');
  const known = new Set([
    ...report.documents.map(({ name }) => name),
    ...report.cases.map(one => one.document),
  ]);
  const there = [...known].filter(name => existsSync(resolve(context.cwd, name)));
  const specs = named.length > 0 ? named : there;
  if (specs.length === 0) {
    context.stderr.write('note: no document is at hand, so answers are only compared; --spec names one.\n');
    return [];
  }
  const contracts = wholeContracts(await readSpecs(specs, options, context, 'replay'), context);
  for (const { contract } of contracts) {
    const { name, text } = contract.source.document;
    const before = report.documents.find(document => document.name === name);
    const sha256 = createHash('sha256').update(text()).digest('hex');
    if (before !== undefined && before.sha256 !== sha256)
      context.stderr.write(`note: ${name} has changed since the report; what it says now is what counts.\n`);
  }
  return contracts;
}

function credentialsFor(
  cases: readonly ReplayCase[],
  contracts: readonly NamedContract[],
  stage: Stage,
  tokens: Parameters<typeof readCredentials>[0]['tokens'],
  context: CommandContext,
): RunCredentials {
  const keys = new Set(cases.map(({ operation }) => operation));
  // What a step stands on may be any other operation.
  const steps = cases.some(({ step }) => step !== undefined);
  const operations = contracts
    .flatMap(({ contract }) => contract.operations)
    .filter(({ key }) => steps || keys.has(key));
  const { url: stageUrl, credentials: config, headers } = stage;
  const certificate = stage.tls?.cert !== undefined;
  if (operations.length > 0)
    return readCredentials({ config, stageUrl, operations, headers, certificate, tokens }, context);
  // Without a document only a secret that is sent as it is can be put where another one stood.
  const planned = new Map<string, string>();
  for (const [scheme, credential] of Object.entries(config)) {
    const secret = 'env' in credential ? context.env[credential.env] : undefined;
    if (secret !== undefined && secret !== '') planned.set(scheme, secret);
  }
  return { planned, lesser: new Map(), live: [], hidden: [...planned.values()] };
}
