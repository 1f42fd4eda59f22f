/**
 * The sequence plan as folders: one for each resource, in it one for each sequence, in it its steps, the clean-up last.
 * Those that count things come behind all others, as in a run.
 */
import type { Contract } from '../contract/model.ts';
import type { Depth } from '../contract/plan/cases/options.ts';
import type { Sequence, Step } from '../contract/sequences/sequence.ts';
import { sequencePlan } from '../contract/sequences/sequence-plan.ts';
import { type Folder, folder, type Item } from './format.ts';
import type { ItemContext } from './item.ts';
import { type Loss, loss } from './loss.ts';
import { type Place, stepItem } from './step-item.ts';

/** @param closes - whether nothing comes after the folders */
export function sequenceFolders(
  contract: Contract,
  depth: Depth,
  context: ItemContext,
  closes: boolean,
  losses: Loss[],
): readonly Folder[] {
  // A person who wants the document's examples wants no more.
  if (depth === 'examples') return [];
  const plan = sequencePlan(contract, { depth });
  const made = [...plan].flatMap(sequence => {
    const steps = stepsOf(sequence, context, losses);
    return steps.some(({ cleans }) => !cleans) ? [{ sequence, steps }] : [];
  });
  for (const { what } of plan.unplanned)
    losses.push(loss('not in a sequence', `${what}: it cannot be planned.`, contract.source));
  const ordered = [...made.filter(one => !one.sequence.alone), ...made.filter(one => one.sequence.alone)];
  const rows = ordered.map(({ sequence, steps }, index) => ({
    sequence,
    folder: folderOf(
      sequence,
      itemsOf(steps, index === 0, closes && index === ordered.length - 1),
      context.key,
    ),
  }));
  const alone = rows.filter(({ sequence }) => sequence.alone);
  const others = rows.filter(({ sequence }) => !sequence.alone);
  return [
    ...(others.length === 0 ? [] : [root('Sequences', SEQUENCES, others, context.key)]),
    ...(alone.length === 0 ? [] : [root('Counting sequences', COUNTING, alone, context.key)]),
  ];
}

const SEQUENCES =
  'Requests that build on each other: values of earlier answers go into later requests, as collection variables. Run a folder of a resource from its first sequence on, which shows whether the server keeps what it is told.';
const COUNTING =
  'Sequences in which nothing else may be made or removed meanwhile. They are judged once the others have shown that the server keeps what it is told.';

interface Row {
  readonly sequence: Sequence;
  readonly folder: Folder;
}

function root(name: string, description: string, rows: readonly Row[], key: string): Folder {
  const resources = [...Map.groupBy(rows, ({ sequence }) => sequence.group)].map(([group, own]) =>
    folder(
      `${name} of ${group}`,
      undefined,
      own.map(row => row.folder),
      `${key} ${name} ${group}`,
    ),
  );
  return folder(name, description, resources, `${key} ${name}`);
}

function folderOf({ id, name }: Sequence, items: readonly Item[], key: string): Folder {
  return folder(name, undefined, items, `${key} sequence ${id}`);
}

interface MadeStep {
  readonly cleans: boolean;
  readonly at: (place: Place) => Item;
}

function stepsOf(sequence: Sequence, context: ItemContext, losses: Loss[]): readonly MadeStep[] {
  const of = (steps: readonly Step[], cleans: boolean): readonly MadeStep[] =>
    steps.flatMap(step => {
      const at = stepItem(sequence, step, context);
      if (typeof at === 'function') return [{ cleans, at }];
      if (at.kind === 'unsendable')
        losses.push(loss('not sendable', `${sequence.id}: ${step.name}: ${at.reason}.`, step.why));
      return [];
    });
  return [...of(sequence.steps, false), ...of(sequence.cleanUp, true)];
}

function itemsOf(steps: readonly MadeStep[], begins: boolean, closes: boolean): readonly Item[] {
  const last = steps.findLastIndex(({ cleans }) => !cleans);
  return steps.map(({ cleans, at }, index) => {
    const ends = index === steps.length - 1;
    return at({
      ...(begins && index === 0 ? { begins } : {}),
      ...(index === last ? { last: true as const } : {}),
      ...(cleans ? { cleans } : {}),
      ...(ends ? { ends } : {}),
      ...(ends && closes ? { closes } : {}),
    });
  });
}
