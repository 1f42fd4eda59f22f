/**
 * What a target is: a kind of output made from a contract. A target is a pure function from a contract to texts; the
 * disk, and whether a file may be written, are the command's matter.
 */
import type { Contract } from './model.ts';
import type { Depth } from './plan/cases/options.ts';
import type { Problem } from './problem.ts';
import type { StageKind } from './stage-kind.ts';

export interface Target {
  /** `vitest` of `rehearsal generate vitest`. */
  readonly name: string;
  /** What comes out, one line. */
  readonly summary: string;
  /** Where the files go when nobody says, relative to the configuration. */
  readonly folder: string;
  /** What a document must be for this target. */
  readonly requires: readonly Requirement[];
  /** What the command takes for this target alone, beside what it takes for all. */
  readonly options?: readonly TargetOption[];
  /**
   * Throws where a glance at the document shows that nothing can be made of it, so that nobody waits until all of it has
   * been read. What a glance does not show is refused by `emit`.
   */
  readonly refuse?: (input: TargetInput) => void;
  /** The files of one document. Same input, same bytes: no clock, no chance, no locale. */
  readonly emit: (input: TargetInput) => readonly GeneratedFile[];
  /**
   * For files that people may change: what stands there and what was made now, put together.
   *
   * @throws RehearsalError OUTPUT_BROKEN, OUTPUT_UNMERGEABLE for one that cannot be read, so that nothing is written
   */
  readonly merge?: (before: GeneratedFile, made: GeneratedFile) => MergedFile;
  /** Of the same files: whether one that nothing is made of any more holds nothing of anybody's. Default: true. */
  readonly removable?: (before: GeneratedFile) => boolean;
  /** What of the document the output cannot say, the most serious first; for targets that lose something. */
  readonly losses?: (input: TargetInput) => readonly TargetLoss[];
}

/** An option of `rehearsal generate` that only one target heeds. */
export interface TargetOption {
  /** As the command line has it: `--format <name>`, `--yaml`, `--no-cors`. */
  readonly flags: string;
  readonly summary: string;
  readonly choices?: readonly string[];
}

/** What was given for a target's options, by their names in camel case. */
export type TargetChoices = Readonly<Record<string, unknown>>;

/** A loss is a problem that the output has, and the document has not. */
export interface TargetLoss extends Problem {
  /** What it does to whoever uses the output, one or two words to be counted under: `not validated`. */
  readonly effectName: string;
  /** True for a loss that lets something through which the document forbids, or takes something away. */
  readonly matters: boolean;
}

/** `address`: the output names the document, so there must be a file or a URL. */
export type Requirement = 'address';

export interface TargetInput {
  /** What the files are called: the document's name in kebab-case, without its ending. */
  readonly name: string;
  readonly contract: Contract;
  /** The document as the generated files name it: a URL, or a path from their folder, with slashes. Undefined for none. */
  readonly spec: string | undefined;
  readonly language: 'ts' | 'js';
  /** How many requests of each operation, for targets that write them down. Default: the target's own. */
  readonly depth?: Depth;
  /** Of the target's own options. Default: none was given. */
  readonly choices?: TargetChoices;
  /** Where the stages of the configuration answer. Default: there are none. */
  readonly addresses?: readonly StageAddress[];
  /** Where the output is for, if it is for one stage. */
  readonly stage?: TargetStage;
  /** Further stages that the same output is for. Default: none. */
  readonly otherStages?: readonly TargetStage[];
}

/** A stage of the configuration. */
export interface TargetStage {
  /** Fit for the name of a folder. */
  readonly name: string;
  readonly provider: string;
  /** As the configuration has them, of which a target takes what is its own. */
  readonly settings: object;
}

/** Where a stage of the configuration answers, as far as is known without asking anybody. */
export interface StageAddress {
  readonly name: string;
  /** With a name in `{{…}}` for each of `places`. */
  readonly url: string;
  readonly kind: StageKind;
  /** AWS's region, where it is said. */
  readonly region: string | undefined;
  /** What only a deployment tells, such as `apiId`, empty. */
  readonly places: Readonly<Record<string, string>>;
  /** Stage variables of API Gateway; undefined for a value that may be secret. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

export interface MergedFile {
  readonly text: string;
  /** What of somebody's was kept, and what they should know about the file. A sentence each. */
  readonly notes: readonly string[];
}

export interface GeneratedFile {
  /** Relative to the output folder, with slashes. */
  readonly path: string;
  readonly text: string;
}

/**
 * Gives a target its type; hands back what it is given.
 *
 * @example
 * ```ts
 * import { defineTarget, madeBy } from './contract/target.ts';
 *
 * export const titles = defineTarget({
 *   name: 'titles',
 *   summary: 'the title of each document',
 *   folder: 'titles',
 *   requires: [],
 *   emit: ({ name, contract, spec }) => [
 *     { path: `${name}.txt`, text: `# ${madeBy('titles', spec)}\n${contract.title}\n` },
 *   ],
 * });
 * ```
 */
export function defineTarget(target: Target): Target {
  return target;
}

/** The sentence that every generated file carries: in its first line, or in its description where it has no comments. */
export function madeBy(target: string, spec: string | undefined): string {
  return `Made by rehearsal generate ${target} from ${spec ?? 'standard input'}. Do not edit.`;
}

/**
 * What `madeBy` said of a file; undefined for a file that nobody generated. Code says it in its first line, where no
 * document and no test that quotes the sentence can stand; JSON says it somewhere.
 */
export function madeFrom(text: string): { readonly target: string; readonly spec: string } | undefined {
  const place = text.startsWith('{') ? text : text.slice(0, text.indexOf('\n'));
  const [, target, spec] = /Made by rehearsal generate (\S+) from (.+?)\. Do not edit\./.exec(place) ?? [];
  return target === undefined || spec === undefined ? undefined : { target, spec };
}

/** Why a target cannot be made of a document, and how it could be; undefined when it can. */
export function unmetRequirement(
  { name, requires }: Target,
  { spec }: Pick<TargetInput, 'spec'>,
): { readonly reason: string; readonly fix: string } | undefined {
  if (!requires.includes('address') || spec !== undefined) return undefined;
  return {
    reason: 'what is made of it names its file, and standard input has none',
    fix: `Save the document and name it: rehearsal generate ${name} api.yaml`,
  };
}
