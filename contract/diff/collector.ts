/** Gathers changes: what several operations share is told once, and says how far it reaches. */
import type { Schema } from '../model.ts';
import type { Direction } from '../schema/run.ts';
import type { Source } from '../source.ts';
import { CHANGE_SEVERITIES, type Change, type DiffRule } from './rule.ts';
import { comparisonIncomplete } from './rules/comparison.ts';
import { schemaRule } from './rules/schema-rules.ts';
import type { Conjunction } from './schema/finding.ts';
import { type Found, type SchemaComparer, schemaComparer } from './schema/pairs.ts';
import type { Collector, Spot } from './spot.ts';

/** A collector without any change yet. */
export function newCollector(): Collector {
  const found = new Map<string, { readonly change: Change; readonly operations: Set<string> }>();
  const comparers: Readonly<Record<Direction, SchemaComparer>> = {
    request: schemaComparer('request'),
    response: schemaComparer('response'),
  };

  const add = (rule: DiffRule, spot: Spot, place: string, message: string, places: Places): void => {
    const { operation } = spot;
    const key = [rule.name, addressOf(places.before), addressOf(places.after), message].join('\n');
    const known = found.get(key);
    if (known !== undefined) {
      known.operations.add(operation);
      return;
    }
    const { name, severity, why } = rule;
    const where = place === '' ? '' : `${place}: `;
    const text = `${where}${message}.`;
    const change: Change = {
      rule: name,
      severity,
      operation,
      operations: [operation],
      message: text.charAt(0).toUpperCase() + text.slice(1),
      why,
      ...places,
    };
    found.set(key, { change, operations: new Set([operation]) });
  };

  return {
    report: (rule, spot, message, before, after) => add(rule, spot, spot.part, message, { before, after }),
    schemas(direction, spot, old, now, at) {
      const { found: differences, complete } = comparers[direction].compare(
        conjunctionOf(old, at.before),
        conjunctionOf(now, at.after),
      );
      for (const finding of differences) {
        const { message, before, after } = finding;
        add(schemaRule(direction, finding), spot, placeIn(spot, finding), message, { before, after });
      }
      if (!complete) add(comparisonIncomplete, spot, spot.part, 'there is too much to compare all of it', at);
    },
    changes: () =>
      [...found.values()]
        .map(({ change, operations }) => ({ ...change, operations: [...operations] }))
        .toSorted((a, b) => CHANGE_SEVERITIES.indexOf(a.severity) - CHANGE_SEVERITIES.indexOf(b.severity)),
  };
}

interface Places {
  readonly before: Source;
  readonly after: Source;
}

function placeIn({ part }: Spot, { path }: Found): string {
  return path === '' ? part : `${part}, ${path.replace(/^\./, '')}`;
}

function conjunctionOf(schema: Schema | undefined, at: Source): Conjunction {
  return { schemas: schema === undefined ? [] : [schema], at };
}

function addressOf({ document, pointer }: Source): string {
  return `${document.uri}#${pointer}`;
}
