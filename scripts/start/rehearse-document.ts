/** The rehearsal of one document: contract tests on stage `dev`, then its next version as a canary of stage `prod`. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { diffContracts } from '../../contract/diff/diff.ts';
import { RehearsalError } from '../../contract/errors.ts';
import { SAFE_METHODS } from '../../contract/plan/cases/options.ts';
import type { RunSummary } from '../../contract-tests/events.ts';
import { exitCodeOf } from '../../contract-tests/verdict.ts';
import { countInWords } from '../changes/change-record.ts';
import type { CommandContext, NamedContract, OptionValues } from '../command.ts';
import { canaryCommand } from '../commands/canary.ts';
import { deployCommand } from '../commands/deploy.ts';
import { documentName } from '../document-name.ts';
import { apiOf, openPlane } from '../gateway-stage.ts';
import { type QuietRun, quietRun } from '../quiet-run.ts';
import { readSpecs } from '../read-specs.ts';
import { wholeContracts } from '../whole-contracts.ts';
import type { OwnStages } from './own-stages.ts';

export interface Rehearsed {
  readonly document: NamedContract;
  readonly mock: string;
  /** Addresses of the stages; undefined where API Gateway cannot have the document. */
  readonly stages: { readonly dev: string; readonly prod: string } | undefined;
  readonly summary: RunSummary;
  /** What there is to be told beside the table. */
  readonly findings: string;
  /** The next version in the words of a comparison. */
  readonly next: string;
  /** What became of it on `prod`. */
  readonly release: string;
  readonly exitCode: number;
}

/** Half of the requests go to the canary, and mocks need not be told apart by a hair. */
const RAMP: OptionValues = { steps: '50', margin: '0.02', latency: false };

/** @throws RehearsalError HOOK_FAILED, and whatever else is no finding about the document */
export async function rehearseDocument(
  document: NamedContract,
  mock: string,
  own: OwnStages,
  options: OptionValues,
  outer: CommandContext,
): Promise<Rehearsed> {
  const name = await documentName(document.name, outer);
  const production = document.contract.operations.some(({ method }) => SAFE_METHODS.has(method));
  const file = { name, path: document.name, production };
  const { hooks } = await outer.config();
  const dev = own.contextFor(file, hooks);
  const refused = await deployRefusal('dev', document.name, options, dev.context);
  // A document that the service cannot have is still mocked.
  const tested = await (refused === undefined
    ? quietRun('dev', document, {}, dev.context, outer)
    : quietRun(mock, document, { stateless: true }, dev.context, outer));
  const exitCode = exitCodeOf(tested.summary);
  const { summary } = tested;
  const found = { document, mock, summary, findings: exitCode === 0 ? '' : tested.findings };
  if (refused !== undefined) {
    const findings = `${found.findings}note: ${refused}\n`;
    return { ...found, findings, stages: undefined, next: '-', release: '-', exitCode };
  }
  const released = await release({ document, file, tested }, own, options, outer);
  return {
    ...found,
    ...released,
    findings: found.findings + released.findings,
    exitCode: gravest(exitCode, released.exitCode),
  };
}

/** Why API Gateway cannot have the document, if it cannot. */
async function deployRefusal(
  stage: string,
  path: string,
  options: OptionValues,
  context: CommandContext,
): Promise<string | undefined> {
  if (path === '<stdin>') return 'what comes from standard input is mocked and not deployed.';
  try {
    await deployCommand.run([stage], { ...options, spec: [path], smoke: false }, context);
    return undefined;
  } catch (error) {
    const about = ['TARGET_REQUIREMENT', 'PLANE_REFUSED'];
    if (error instanceof RehearsalError && about.includes(error.code)) return error.message;
    throw error;
  }
}

interface Release {
  readonly document: NamedContract;
  readonly file: { readonly name: string; readonly path: string; readonly production: boolean };
  readonly tested: QuietRun;
}

type Released = Pick<Rehearsed, 'stages' | 'findings' | 'next' | 'release' | 'exitCode'>;

/** The document as it is to `prod`, then the next version to a canary, which is judged and promoted. */
async function release(
  { document, file, tested }: Release,
  own: OwnStages,
  options: OptionValues,
  outer: CommandContext,
): Promise<Released> {
  const before = own.contextFor(file, undefined);
  const spec = [file.path];
  await deployCommand.run(['prod'], { ...options, spec, smoke: false }, before.context);
  const path = nextOf(file.path, outer);
  const next = path === undefined ? document : await readNext(path, options, outer);
  const changes = diffContracts(document.contract, next.contract);
  const now = own.contextFor({ ...file, path: next.name }, undefined);
  const given = { ...options, spec: [next.name] };
  const stages = { dev: tested.url, prod: await prodUrl(file.name, before.context) };
  const words = path === undefined ? 'the same again' : countInWords(changes);
  const found = { stages, next: words };
  // A release of the same document is a deployment of its own all the same.
  const deployed = await deployCommand.run(
    ['prod'],
    { ...given, canary: '50', redeploy: true, smoke: false },
    now.context,
  );
  if (deployed !== 0) return { ...found, release: 'stopped', findings: now.said(), exitCode: deployed };
  const ended = await canaryCommand.run(['run', 'prod'], { ...given, ...RAMP }, now.context);
  const told = ENDS[ended] ?? 'inconclusive';
  return { ...found, release: told, findings: ended === 0 ? '' : now.said(), exitCode: ended };
}

const ENDS: Readonly<Record<number, string>> = { 0: 'promoted', 1: 'rolled back', 130: 'interrupted' };

/** `specs/next/petstore.yaml` beside `specs/petstore.yaml`. */
function nextOf(path: string, { cwd }: CommandContext): string | undefined {
  const next = join(dirname(path), 'next', basename(path));
  return /^https?:/.test(path) || !existsSync(resolve(cwd, next)) ? undefined : next;
}

async function readNext(path: string, options: OptionValues, outer: CommandContext): Promise<NamedContract> {
  const [next] = wholeContracts(await readSpecs([path], options, outer, 'start'), outer);
  if (next === undefined) throw new RehearsalError('DOCUMENT_NOT_FOUND', { path });
  return next;
}

async function prodUrl(document: string, context: CommandContext): Promise<string> {
  const opened = await openPlane('prod', 'send', 'start', context);
  const api = await apiOf(opened, document);
  return opened.stageOf(document, api?.id ?? '').url;
}

/** What is broken is broken, whatever else could not be judged. */
export function gravest(...codes: readonly number[]): number {
  if (codes.includes(130)) return 130;
  return codes.includes(1) ? 1 : Math.max(0, ...codes);
}
