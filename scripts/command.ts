/** What a command is: its words and options, and what it does. One file each in `commands/`, one line each in `cli.ts`. */
import type { Command } from 'commander';
import type { Contract } from '../contract/model.ts';
import type { Config } from './config/config.ts';

export interface CommandModule {
  /** Adds arguments, options and examples. Every option may also be given as the environment variable `REHEARSAL_…`. */
  readonly define: (command: Command) => void;
  /** Does the work and says how it ended: one of the exit codes of docs/reference/cli.md. Misuse is thrown as a RehearsalError. */
  readonly run: (args: readonly string[], options: OptionValues, context: CommandContext) => Promise<number>;
}

/** As commander gives them: camel-cased long names. */
export type OptionValues = Readonly<Record<string, unknown>>;

export interface CommandContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Results go here. */
  readonly stdout: Output;
  /** Everything said on the way goes here: problems, progress, addresses for people. */
  readonly stderr: Output;
  /** The configuration file, read when first asked for; an empty one where there is none. */
  readonly config: () => Promise<Config>;
  /** Paths in the configuration are relative to this folder. */
  readonly configFolder: () => Promise<string>;
  /**
   * Has something closed when the command has ended, however it did: connections, a local gateway. `main` sees to it;
   * elsewhere they last as long as the process and do not keep it.
   */
  readonly atEnd?: (close: () => Promise<void>) => void;
}

export interface Output {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  readonly columns: number;
}

/** A contract ready to be used by a command, and what people call its document. */
export interface NamedContract {
  readonly name: string;
  readonly contract: Contract;
}

/** Whether what goes to this output may be coloured: a person reads it, and has not said no (https://no-color.org). */
export function takesColour({ isTTY }: Output, env: CommandContext['env']): boolean {
  return isTTY && (env['NO_COLOR'] ?? '') === '';
}

/** A whole number given as an option, or undefined when it was not given. */
export function numberOption(options: OptionValues, name: string): number | undefined {
  const value = options[name];
  // An empty text would count as 0.
  return value === undefined ? undefined : value === '' ? Number.NaN : Number(value);
}

/** A text given as an option, or undefined. */
export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The texts of a repeatable option; from the environment they come as one, separated by commas. */
export function listOption(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  if (typeof value === 'string') return value.split(',').map(item => item.trim());
  return Array.isArray(value) ? value.map(String) : [];
}
