/** For tests: a folder with documents and a configuration, and commands that run in it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { main } from '../cli.ts';
import type { CommandContext } from '../command.ts';
import type { Config } from '../config/config.ts';

export interface Project {
  readonly folder: string;
  readonly write: (file: string, text: string) => void;
  readonly run: (args: readonly string[], env?: CommandContext['env']) => Promise<Ended>;
  readonly context: (env?: CommandContext['env']) => CommandContext;
  readonly remove: () => void;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param config - as it stands in `rehearsal.config.json`; tests may change it between two commands */
export function newProject(config: Config): Project {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-project-'));
  const contextWith = (
    write: (stream: 'stdout' | 'stderr', text: string) => void,
    env = {},
  ): CommandContext => ({
    cwd: folder,
    env,
    stdout: { write: text => write('stdout', text), isTTY: false, columns: 80 },
    stderr: { write: text => write('stderr', text), isTTY: false, columns: 80 },
    config: () => Promise.resolve(config),
    configFolder: () => Promise.resolve(folder),
  });
  return {
    folder,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    },
    run: async (args, env) => {
      const said = { stdout: '', stderr: '' };
      const context = contextWith((stream, text) => {
        said[stream] += text;
      }, env);
      return { exitCode: await main(args, context), ...said };
    },
    context: env => contextWith(() => {}, env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface PetsChoices {
  readonly limit?: number | bigint;
  readonly name?: string;
  readonly title?: string;
}

/** A small document; what is given stands in the place of what it says there. */
export function petsDocument({ limit = 100, name = 'Rex', title = 'Pets' }: PetsChoices = {}): string {
  return `openapi: 3.1.1
info: { title: ${title}, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{ name: limit, in: query, schema: { type: integer, maximum: ${limit} } }]
      responses:
        '200':
          description: Pets.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } }
  /pets/{petId}:
    get:
      parameters: [{ name: petId, in: path, required: true, schema: { type: string }, example: p1 }]
      responses:
        '200': { description: A pet., content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } } }
components:
  schemas:
    Pet: { type: object, required: [name], properties: { name: { type: string, examples: [${name}] } } }
`;
}
