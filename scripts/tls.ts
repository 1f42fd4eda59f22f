/** `--https` of a command: the certificate that was given, or one made for this run. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import { RehearsalError } from '../contract/errors.ts';
import { type CommandContext, type OptionValues, textOption } from './command.ts';
import { type Certificate, fingerprint, selfMadeCertificate } from './self-made-certificate.ts';

/**
 * What the server needs for TLS; empty without `--https`.
 *
 * @throws RehearsalError USAGE
 */
export function readTls(
  options: OptionValues,
  host: string,
  context: CommandContext,
): { readonly https?: Certificate } {
  const [cert, key] = [textOption(options, 'cert'), textOption(options, 'key')];
  if (options['https'] !== true) {
    if (cert === undefined && key === undefined) return {};
    throw usage('--cert and --key are for --https.');
  }
  if (cert === undefined && key === undefined) {
    const names = new Set([
      'localhost',
      '127.0.0.1',
      '::1',
      ...(/^(0\.0\.0\.0|::)$/.test(host) ? [] : [host]),
    ]);
    const https = selfMadeCertificate([...names]);
    context.stderr.write(
      `The certificate is made for this run; clients have to be told to trust it. SHA-256 ${fingerprint(https)}\n`,
    );
    return { https };
  }
  if (cert === undefined || key === undefined) throw usage('--cert and --key go together.');
  const https = { cert: read('--cert', cert, context), key: read('--key', key, context) };
  try {
    createSecureContext(https);
  } catch (error) {
    throw usage(`--cert ${cert} and --key ${key} are no pair that works: ${(error as Error).message}`);
  }
  return { https };
}

function read(option: string, file: string, { cwd }: CommandContext): string {
  try {
    return readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw usage(`${option} cannot be read: ${(error as Error).message}`);
  }
}

function usage(reason: string): RehearsalError {
  return new RehearsalError('USAGE', { reason, command: 'mock' });
}
