/** What of a contract an API has no place for: callbacks, webhooks and links, and the words for people, counted at once. */
import type { Contract, Operation } from '../../contract/model.ts';
import type { Source } from '../../contract/source.ts';
import { type Loss, loss } from '../lower/loss.ts';
import type { PlacedOperation } from './resource-paths.ts';

export function tellLeftOut(
  contract: Contract,
  placed: readonly PlacedOperation[],
  lose: (loss: Loss) => void,
): void {
  const told = (message: string, source: Source): void =>
    lose(
      loss('dropped', {
        rule: 'apigateway-left-out',
        message,
        source,
        fix: 'Nothing has to be done; the document keeps it, and the back end does it.',
      }),
    );
  for (const { operation } of placed) {
    for (const [name, requests] of operation.callbacks) {
      const [first] = requests;
      told(
        `API Gateway knows no callbacks, so ${name} of ${operation.key} is left out.`,
        first?.source ?? operation.source,
      );
    }
    for (const { status, links } of operation.responses) {
      for (const { name, source } of links.values())
        told(`API Gateway knows no links, so ${name} of ${operation.key}, ${status}, is left out.`, source);
    }
  }
  for (const { key, source } of contract.webhooks)
    told(`API Gateway knows no webhooks, so ${key} is left out.`, source);
  const described = placed.filter(({ operation }) => isDescribed(operation)).length;
  if (described > 0)
    told(
      `The summaries, descriptions and tags of ${described} ${described === 1 ? 'operation' : 'operations'} are left out: a REST API has them as documentation parts alone.`,
      contract.source,
    );
}

function isDescribed({ summary, description, tags }: Operation): boolean {
  return summary !== undefined || description !== undefined || tags.length > 0;
}
