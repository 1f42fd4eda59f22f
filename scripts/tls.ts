/** `--https` of a command: the certificate that was given, or one made for this run. */
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { RehearsalError } from '../contract/errors.ts';
import type { CommandContext } from './command.ts';
import { type Certificate, fingerprint, selfMadeCertificate } from './self-made-certificate.ts';

/** A file that somebody named, and where they did: `--cert`, say. */
export interface NamedFile {
  readonly option: string;
  /** Absolute. */
  readonly file: string;
}

/**
 * What the server needs for TLS: the given pair, or one made for this run.
 *
 * @throws RehearsalError USAGE
 */
export function readTls(
  { cert, key }: { readonly cert: NamedFile | undefined; readonly key: NamedFile | undefined },
  host: string,
  context: CommandContext,
): Certificate {
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
    return https;
  }
  if (cert === undefined || key === undefined) throw usage('--cert and --key go together.');
  const https = { cert: read(cert), key: read(key) };
  try {
    createSecureContext(https);
  } catch (error) {
    throw usage(`${cert.option} and ${key.option} are no pair that works: ${(error as Error).message}`);
  }
  return https;
}

function read({ option, file }: NamedFile): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`${option} cannot be read: ${(error as Error).message}`);
  }
}

function usage(reason: string): RehearsalError {
  return new RehearsalError('USAGE', { reason, command: 'mock' });
}
