/** `rehearsal mock --proxy`: opens the proxy, and tells in the end how the traffic kept to the documents. */
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { RunSummary } from '../../contract-tests/events.ts';
import { createMask, type Mask } from '../../contract-tests/mask.ts';
import { exitCodeOf } from '../../contract-tests/verdict.ts';
import { logLine } from '../../mock-server/request-log.ts';
import type { CommandContext, NamedContract, OptionValues } from '../command.ts';
import { credentialPlaces } from '../credential-places.ts';
import { openReports } from '../open-reports.ts';
import {
  listenError,
  ownOrigin,
  placedDocuments,
  type ServedMocks,
  type ServeOptions,
} from '../serve-mocks.ts';
import { readStage } from '../stage.ts';
import { tellProblems } from '../usable-contracts.ts';
import type { PassedEntry } from './answers.ts';
import { createProxy, type ProxyOptions } from './proxy-server.ts';
import { type ProxySettings, proxySettings } from './proxy-settings.ts';
import { newRecorder } from './record/recorder.ts';
import { secretsInto } from './secrets-into.ts';
import { newTally, type Tally } from './tally.ts';
import { newTeller } from './teller.ts';

export interface ServedProxy extends ServedMocks {
  /** What the traffic came to, once it is closed. */
  readonly exitCode: () => number;
}

/**
 * Starts the proxy.
 *
 * @throws RehearsalError USAGE, PORT_BUSY, HOST_UNUSABLE, REPORT_UNWRITABLE
 */
export async function serveProxy(
  contracts: readonly NamedContract[],
  { host, port, log = false, ...mock }: ServeOptions,
  options: OptionValues,
  context: CommandContext,
): Promise<ServedProxy> {
  const config = await context.config();
  const settings = proxySettings(options, config);
  const [only, ...others] = contracts;
  const document = others.length === 0 ? only?.name : undefined;
  const stage = await readStage(settings.server, {}, config, context, document);
  const models = contracts.map(({ contract }) => contract);
  const mask = createMask(stage.headers, stage.secrets, credentialPlaces(contracts));
  const json = options['json'] === true;
  // With --json standard output is for machines alone.
  const reports = openReports(options, { mask }, json ? { ...context, stdout: context.stderr } : context);
  const tally = newTally(contracts, stage.url, reports.listeners);
  const proxy = createProxy(models, {
    server: stage,
    fallback: settings.fallback,
    refuses: settings.refuses,
    judging: settings.judging,
    mock: {
      ...mock,
      onProblem: problem => tellProblems([problem], context),
      onFault: error => context.stderr.write(`${error.stack ?? error.message}\n`),
    },
    tally,
    teller: newTeller(context.stderr.write, stage.url, mask),
    ...secretsInto(mask),
    ...recording(settings, mask, context),
    ...(log ? { onRequest: entry => context.stderr.write(`${entryLine(entry)}\n`) } : {}),
  });
  const server = mock.https === undefined ? createServer() : createSecureServer(mock.https as object);
  server.on('request', proxy.listener).on('upgrade', proxy.onUpgrade);
  await listen(server, host, port);
  const origin = ownOrigin(server, host, mock.https !== undefined);
  let summary: RunSummary | undefined;
  return {
    origin,
    documents: placedDocuments(contracts, origin),
    replace: next => {
      proxy.replace(next.map(({ contract }) => contract));
      return placedDocuments(next, origin);
    },
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve));
      server.closeIdleConnections();
      await proxy.close();
      // Whoever streams on would never let go.
      server.closeAllConnections();
      await closed;
      summary = tally.end();
      reports.write();
      tellAsides(tally, summary, json, context);
    },
    exitCode: () => (summary === undefined ? 3 : exitCodeOf(summary)),
  };
}

/** `--record`. That an example cannot be written must not hurt the traffic. */
function recording(
  { record: which }: ProxySettings,
  mask: Mask,
  { stderr }: CommandContext,
): Pick<ProxyOptions, 'onJudged'> {
  if (which === undefined) return {};
  const tell = (line: string): void => stderr.write(`${line}\n`);
  const record = newRecorder({ which, hide: mask.text, tell });
  return {
    onJudged: (passed, exchange, outcome) => {
      try {
        record(passed, exchange, outcome);
      } catch (error) {
        tell(`error: an example cannot be written: ${(error as Error).message}`);
      }
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', error => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function tellAsides(tally: Tally, summary: RunSummary, json: boolean, context: CommandContext): void {
  const asides = tally.asides();
  if (json) {
    const { verdict, cases, failures, warnings, unanswered } = summary;
    const counts = { exchanges: cases, failures, warnings, unanswered, ...tally.counts() };
    context.stdout.write(`${JSON.stringify({ event: 'ended', verdict, ...counts })}\n`);
  } else if (asides !== '') context.stdout.write(`${asides}\n`);
}

const BY: Readonly<Record<PassedEntry['by'], string>> = {
  server: '',
  mock: '  from the mock',
  proxy: '  not passed on',
};

function entryLine({ by, ...entry }: PassedEntry): string {
  return logLine({ ...entry, refusal: undefined, warning: undefined, aborted: false }) + BY[by];
}
