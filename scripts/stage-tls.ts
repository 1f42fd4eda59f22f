/** `--ca`, `--cert`, `--key` and `--insecure`, and the same in the configuration: read and tried before anything is sent. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';
import type { TlsOptions } from '../contract-tests/transport/tls.ts';
import { type CommandContext, type OptionValues, textOption } from './command.ts';
import type { TlsConfig } from './config/config.ts';
import { usage } from './select-cases.ts';

/** The variable that unlocks the key of `--key`; a flag would show the passphrase to everybody on the machine. */
const PASSPHRASE = 'REHEARSAL_KEY_PASSPHRASE';

/**
 * What to trust and to show beyond Node's own; undefined when nothing was said.
 *
 * @throws RehearsalError USAGE for files that cannot be read or are no pair
 */
export async function stageTls(
  stage: string,
  config: TlsConfig = {},
  production: boolean,
  options: OptionValues,
  context: CommandContext,
): Promise<TlsOptions | undefined> {
  const folder = await context.configFolder();
  const given = (key: 'ca' | 'cert' | 'key'): Given | undefined => {
    const flag = textOption(options, key);
    if (flag !== undefined) return read(`--${key}`, resolve(context.cwd, flag), flag);
    const file = config[key];
    return file === undefined ? undefined : read(`stages.${stage}.tls.${key}`, resolve(folder, file), file);
  };
  const [ca, cert, key] = [given('ca'), given('cert'), given('key')];
  const insecure = options['insecure'] === true;
  if (insecure) {
    if (production) throw usage('--insecure is not for a stage of production.');
    context.stderr.write(
      'WARNING: certificates are not checked (--insecure). Whoever is on the way to the stage can read and change everything, credentials included.\n',
    );
  }
  if ((cert === undefined) !== (key === undefined))
    throw usage(`${(cert ?? key)?.name ?? ''} needs the other of --cert and --key beside it.`);
  if (ca !== undefined) tried(ca.name, ca.file, { ca: ca.text });
  const variable = config.passphrase?.env ?? PASSPHRASE;
  const passphrase = context.env[variable] || undefined;
  const own = cert === undefined || key === undefined ? {} : { cert: cert.text, key: key.text };
  const unlocked = { ...own, ...(passphrase === undefined ? {} : { passphrase }) };
  if (key !== undefined && cert !== undefined) {
    if (/ENCRYPTED/.test(key.text) && passphrase === undefined)
      throw usage(`The key ${key.file} is locked: set ${variable} to its passphrase.`);
    tried(`${cert.name} and ${key.name}`, `${cert.file} and ${key.file}`, unlocked);
  }
  if (ca === undefined && cert === undefined && !insecure) return undefined;
  return {
    ...(ca === undefined ? {} : { ca: ca.text }),
    ...(cert === undefined ? {} : unlocked),
    ...(insecure ? { insecure } : {}),
  };
}

interface Given {
  /** Where it was said. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

function read(name: string, path: string, file: string): Given {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw usage(`${name} cannot be read: ${(error as Error).message}`);
  }
  if (!text.includes('-----BEGIN '))
    throw usage(`${name}: ${file} is not in PEM, the form that begins with -----BEGIN.`);
  return { name, file, text };
}

/** Node says what is wrong with a certificate or key only when it is used. */
function tried(name: string, file: string, options: TlsOptions): void {
  try {
    createSecureContext(options);
  } catch (error) {
    const { message } = error as Error;
    const reason = /bad decrypt|bad password|interrupted or cancelled/i.test(message)
      ? 'the passphrase does not unlock the key'
      : message;
    throw usage(`${name} cannot be used (${file}): ${reason}.`);
  }
}
