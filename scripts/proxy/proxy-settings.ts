/** What `rehearsal mock --proxy` does with traffic: flags over the configuration. */
import { listOption, type OptionValues, textOption } from '../command.ts';
import type { Config, ProxyConfig } from '../config/config.ts';
import { requireKnown } from '../select-cases.ts';
import { checkOptionsOf, selectChecks } from '../select-checks.ts';
import { FALLBACKS, type Fallback } from './fallback.ts';
import type { Judging } from './judged.ts';

export interface ProxySettings {
  /** A URL, or a stage of the configuration. */
  readonly server: string;
  readonly fallback: ReadonlySet<Fallback>;
  readonly refuses: { readonly requests: boolean; readonly responses: boolean };
  /** Which exchanges become examples; undefined for none. */
  readonly record: 'kept' | 'all' | undefined;
  readonly judging: Judging;
}

/** @throws RehearsalError USAGE for words that nobody knows */
export function proxySettings(options: OptionValues, { mock, test }: Config): ProxySettings {
  const configured: Partial<ProxyConfig> = mock?.proxy ?? {};
  const errors = wordOf(options, 'proxyErrors') ?? configured.errors;
  const record = wordOf(options, 'record') ?? configured.record;
  return {
    server: textOption(options, 'proxy') ?? configured.server ?? '',
    fallback: fallbacksOf(options, configured),
    refuses: {
      requests: errors === 'requests' || errors === 'all',
      responses: errors === 'responses' || errors === 'all',
    },
    record: record === 'kept' || record === 'all' ? record : undefined,
    judging: { checks: selectChecks(options, test), options: checkOptionsOf(options, test) },
  };
}

/** `--no-…` stands over the configuration as much as a word does. */
function wordOf(options: OptionValues, name: string): string | undefined {
  return options[name] === false ? 'none' : textOption(options, name);
}

function fallbacksOf(options: OptionValues, { fallback = [] }: Partial<ProxyConfig>): ReadonlySet<Fallback> {
  const given = listOption(options, 'fallback').flatMap(text => text.split(','));
  for (const word of given) requireKnown('fallback', word, [...FALLBACKS, 'never']);
  const words: readonly string[] = given.length > 0 ? given : fallback;
  return new Set(FALLBACKS.filter(one => words.includes(one) && !words.includes('never')));
}
