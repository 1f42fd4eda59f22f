/** What of a contract an API has no place for, though clients may rely on it: callbacks, webhooks and links. */
import type { Contract } from '../../contract/model.ts';
import type { Source } from '../../contract/source.ts';
import { type Loss, loss } from '../lower/loss.ts';
import type { PlacedOperation } from './resource-paths.ts';

export function tellLeftOut(
  { webhooks }: Contract,
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
  for (const { key, source } of webhooks)
    told(`API Gateway knows no webhooks, so ${key} is left out.`, source);
}
