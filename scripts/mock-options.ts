/** What `rehearsal mock` serves with: flags and the environment over the configuration over the defaults. */
import { resolve } from 'node:path';
import { RehearsalError } from '../contract/errors.ts';
import type { Cors } from '../mock-server/cors.ts';
import { type CommandContext, listOption, type OptionValues, textOption } from './command.ts';
import type { MockConfig } from './config/config.ts';
import { DEFAULT_HOST, DEFAULT_PORT, portNumber, type ServeOptions } from './serve-mocks.ts';
import type { NamedFile } from './tls.ts';

export const VALIDATIONS: readonly ['on', 'warn', 'off'] = ['on', 'warn', 'off'];

export interface MockOptions extends ServeOptions {
  /** Serves the documents anew when their files change. */
  readonly watch: boolean;
}

/**
 * The options of one run of the mock server. What the configuration switches on, `--no-…` switches off.
 *
 * @throws RehearsalError USAGE
 */
export async function mockOptions(options: OptionValues, context: CommandContext): Promise<MockOptions> {
  const { mock = {} } = await context.config();
  const host = textOption(options, 'host') ?? mock.host ?? DEFAULT_HOST;
  const validate = VALIDATIONS.find(mode => mode === options['validate']) ?? mock.validate;
  const isOn = (name: 'echo' | 'docs' | 'log' | 'watch'): boolean => (options[name] ?? mock[name]) === true;
  return {
    host,
    port: portNumber(options['port'] ?? mock.port ?? DEFAULT_PORT, 'mock'),
    cors: corsOf(options, mock),
    echo: isOn('echo'),
    docs: isOn('docs'),
    log: isOn('log'),
    watch: isOn('watch'),
    ...(validate === undefined ? {} : { validate }),
    ...(await secured(options, mock, host, context)),
  };
}

function corsOf(options: OptionValues, { cors = true }: MockConfig): Cors {
  const named = listOption(options, 'corsOrigin').map(origin => exactOrigin(origin, '--cors-origin'));
  if (named.length > 0) return named;
  if (typeof options['cors'] === 'boolean') return options['cors'];
  return typeof cors === 'boolean' ? cors : cors.map(origin => exactOrigin(origin, 'mock.cors'));
}

/** An origin as browsers send it: `http://localhost:5173`, without a path. */
function exactOrigin(text: string, option: string): string {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null';
  if (origin !== 'null' && (text === origin || text === `${origin}/`)) return origin;
  throw usage(`${option} takes an origin such as http://localhost:5173, not ${JSON.stringify(text)}.`);
}

async function secured(
  options: OptionValues,
  { https: configured = false }: MockConfig,
  host: string,
  context: CommandContext,
): Promise<Pick<ServeOptions, 'https'>> {
  const [cert, key] = [textOption(options, 'cert'), textOption(options, 'key')];
  const given = cert !== undefined || key !== undefined;
  if (options['https'] === false || (options['https'] === undefined && configured === false)) {
    if (given) throw usage('--cert and --key are for --https.');
    return {};
  }
  const { readTls } = await import('./tls.ts');
  if (given || typeof configured === 'boolean') {
    const named = (option: string, file: string | undefined): NamedFile | undefined =>
      file === undefined ? undefined : { option: `${option} ${file}`, file: resolve(context.cwd, file) };
    return { https: readTls({ cert: named('--cert', cert), key: named('--key', key) }, host, context) };
  }
  const folder = await context.configFolder();
  return {
    https: readTls(
      {
        cert: { option: 'mock.https.cert', file: resolve(folder, configured.cert) },
        key: { option: 'mock.https.key', file: resolve(folder, configured.key) },
      },
      host,
      context,
    ),
  };
}

function usage(reason: string): RehearsalError {
  return new RehearsalError('USAGE', { reason, command: 'mock' });
}
