/** The stage that a command was told: a URL, or a name in the configuration with all that is written beside it. */
import { FRAMING_HEADERS } from '../contract/http/framing-headers.ts';
import { decodedOrSame } from '../contract/http/percent-encoding.ts';
import type { StageKind } from '../contract/stage-kind.ts';
import { type ProxyChoice, proxyFromEnvironment, proxyUrl } from '../contract-tests/transport/proxy.ts';
import type { TlsOptions } from '../contract-tests/transport/tls.ts';
import type { GatewayStage } from '../gateway/stages/stage.ts';
import { type CommandContext, listOption, numberOption, type OptionValues, textOption } from './command.ts';
import type { Config, CredentialConfig, StageConfig } from './config/config.ts';
import { documentName } from './document-name.ts';
import { suggestion, usage } from './select-cases.ts';
import { usualKind } from './stage-kind.ts';
import { stageTls } from './stage-tls.ts';

export interface Stage {
  readonly url: string;
  /** Of the configuration, the URL and the command line, the last said standing over the others. */
  readonly headers: readonly (readonly [string, string])[];
  readonly production: boolean;
  readonly kind: StageKind;
  readonly timeoutMs: number;
  /** Requests a second. */
  readonly rate: number | undefined;
  readonly tls: TlsOptions | undefined;
  readonly proxy: ProxyChoice;
  /** By security scheme: the stage's own over the common ones. */
  readonly credentials: Readonly<Record<string, CredentialConfig>>;
  /** What no report may show, beside headers and credentials. */
  readonly secrets: readonly string[];
  /** Where it is at the service, for a stage of API Gateway that the configuration names. */
  readonly gateway: GatewayStage | undefined;
}

/**
 * What is known about a stage: flags over the configuration over the environment that is not ours, such as HTTPS_PROXY.
 *
 * @param document - as it was typed or found: on API Gateway each has an address of its own
 * @throws RehearsalError USAGE, PROXY_INVALID, and of API Gateway STAGE_NOT_DEPLOYED, API_AMBIGUOUS and those of `askPlane`
 */
export async function readStage(
  word: string,
  options: OptionValues,
  config: Config,
  context: CommandContext,
  document?: string,
): Promise<Stage> {
  const named = Object.hasOwn(config.stages ?? {}, word) ? config.stages?.[word] : undefined;
  const gateway = await gatewayOf(word, named, document, context);
  const { url, headers } =
    gateway === undefined ? addressOf(word, named, config) : { url: gateway.url, headers: [] };
  const production = named?.production === true;
  const proxy = proxyOf(word, named, context);
  const seconds = numberOption(options, 'timeout') ?? named?.timeout ?? 30;
  if (!(seconds > 0 && seconds <= 3600))
    throw usage(`--timeout takes seconds up to 3600, not ${JSON.stringify(options['timeout'])}.`);
  const rate = numberOption(options, 'rate') ?? named?.rate;
  if (rate !== undefined && !(rate > 0))
    throw usage(`--rate takes a number of requests a second, not ${JSON.stringify(options['rate'])}.`);
  const through = proxy(new URL(url));
  return {
    url,
    headers: merged([
      ...Object.entries(named?.headers ?? {}).map(([name, value]) => headerOf(`${name}: ${value}`)),
      ...headers,
      ...listOption(options, 'header').map(headerOf),
    ]),
    production,
    kind: kindOf(options, named),
    timeoutMs: seconds * 1000,
    rate,
    tls: await stageTls(word, named?.tls, production, options, context),
    proxy,
    credentials: { ...config.credentials, ...named?.credentials },
    secrets: through === undefined ? [] : [decodedOrSame(through.password), through.password],
    gateway,
  };
}

async function gatewayOf(
  word: string,
  named: StageConfig | undefined,
  document: string | undefined,
  context: CommandContext,
): Promise<GatewayStage | undefined> {
  if (named === undefined || named.provider === 'url') return undefined;
  if (document === undefined)
    throw usage(`The stage ${word} has an address for each document; name one with --spec.`);
  // Loaded when a stage asks for it.
  const { deployedStage, openPlaneOf } = await import('./gateway-stage.ts');
  const opened = await openPlaneOf(word, named, context);
  return await deployedStage(opened, await documentName(document, context));
}

const STAGE_KINDS: readonly StageKind[] = ['server', 'apigateway', 'apigateway-mock'];

function kindOf(options: OptionValues, stage: StageConfig | undefined): StageKind {
  const word = textOption(options, 'stageKind') ?? stage?.kind ?? usualKind(stage);
  const kind = STAGE_KINDS.find(candidate => candidate === word);
  if (kind === undefined)
    throw usage(`--stage-kind takes ${STAGE_KINDS.join(', ')}, not ${JSON.stringify(word)}.`);
  return kind;
}

function addressOf(
  word: string,
  stage: StageConfig | undefined,
  config: Config,
): Pick<Stage, 'url' | 'headers'> {
  const written = stage?.url ?? word;
  if (/^https?:\/\/[^/]/i.test(written) && URL.canParse(written)) {
    const url = new URL(written);
    const { username, password } = url;
    url.username = '';
    url.password = '';
    url.search = '';
    url.hash = '';
    const pair = `${decodedOrSame(username)}:${decodedOrSame(password)}`;
    const basic = `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
    return {
      url: url.href.replace(/\/$/, ''),
      headers: username === '' && password === '' ? [] : [['Authorization', basic]],
    };
  }
  const names = Object.keys(config.stages ?? {});
  const shown = JSON.stringify(word.replace(/\/\/[^/]*@/, '//***@'));
  throw usage(
    URL.canParse(`http://${word}`) && /^[\w.-]+:\d+(\/|$)/.test(word)
      ? `${shown} is no URL: did you mean http://${word}?`
      : `${shown} is neither a URL of http or https nor a stage of the configuration${suggestion(word, names)}`,
  );
}

function proxyOf(word: string, stage: StageConfig | undefined, context: CommandContext): ProxyChoice {
  if (stage?.proxy === undefined) return proxyFromEnvironment(context.env);
  const proxy = stage.proxy === false ? undefined : proxyUrl(stage.proxy, `stages.${word}.proxy`);
  return () => proxy;
}

function headerOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon).trim();
  const value = line.slice(colon + 1).trim();
  // The value may be a secret, so it is not repeated here.
  if (colon < 1 || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
    throw usage("--header takes a line such as 'Name: value'.");
  if (FRAMING_HEADERS.has(name.toLowerCase()) && name.toLowerCase() !== 'content-type')
    throw usage(`The header ${name} cannot be given: it is decided by each request's body and connection.`);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    throw usage(`The value of the header ${name} holds characters that cannot be sent.`);
  return [name, value];
}

/** One of each name, the last. */
function merged(headers: readonly (readonly [string, string])[]): Stage['headers'] {
  const last = new Map(headers.map(header => [header[0].toLowerCase(), header]));
  return headers.filter(header => last.get(header[0].toLowerCase()) === header);
}
