/**
 * Mapping templates of a method, and which of them counts: by the Content-Type of a request (apigateway.md 2.2), by the
 * Accept of the client for a response (3.7).
 */
import type { Integration } from '../state/records.ts';
import { GatewayFailure } from './failure.ts';
import { compileTemplate } from './mapping-template.ts';
import type { TemplateChoice, Templates } from './model.ts';
import { mediaType } from './multi-values.ts';

export function compileTemplates(
  texts: Readonly<Record<string, string | null>> | undefined,
  side: 'request' | 'response',
): Templates {
  const byType = new Map<string, TemplateChoice>();
  for (const [type, text] of Object.entries(texts ?? {})) {
    const key = type === '$default' ? type : mediaType(type);
    byType.set(key, text === null || text === '' ? 'pass' : compileTemplate(text, side));
  }
  return { byType, first: byType.values().next().value, fallback: byType.get('$default') };
}

/** @throws GatewayFailure UNSUPPORTED_MEDIA_TYPE where the passthrough behavior says so */
export function requestTemplate(
  { byType, fallback }: Templates,
  contentType: string,
  passthrough: Integration['passthroughBehavior'],
): TemplateChoice {
  const chosen = byType.get(contentType) ?? fallback;
  if (chosen !== undefined) return chosen;
  if (passthrough === 'NEVER' || (passthrough === 'WHEN_NO_TEMPLATES' && byType.size > 0)) {
    throw new GatewayFailure('UNSUPPORTED_MEDIA_TYPE');
  }
  return 'pass';
}

/** @param accept - the client's first media type */
export function responseTemplate({ byType, first }: Templates, accept: string): TemplateChoice {
  return byType.get(accept) ?? byType.get('application/json') ?? first ?? 'pass';
}
