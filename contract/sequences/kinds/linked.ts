/** Links of what was created lead where the document says. */

import { declaredAt } from '../../http/schema-views.ts';
import type { Link, Operation, Parameter } from '../../model.ts';
import { SAFE_METHODS } from '../../plan/cases/options.ts';
import { isValid } from '../../schema/validate.ts';
import { newDraft } from '../draft.ts';
import { expressionSource, expressionsIn } from '../expression.ts';
import type { Input, StepBody, Unplanned } from '../sequence.ts';
import type { Kind } from './kind.ts';

export const linked: Kind = {
  name: 'linked',
  title: 'the links of what is created lead somewhere',
  description:
    'Creates an item and asks the operations that the links of the answer name, with the values and bodies that their runtime expressions take from it: first those that only read, then the others.',
  claims: ['linked'],
  plan: (resource, options) => {
    const { create } = resource;
    const links = (create?.responses ?? [])
      .filter(({ status }) => /^2/.test(status))
      .flatMap(response => [...response.links.values()]);
    const ends = links.flatMap(link =>
      link.operation === undefined ? [] : [{ link, operation: link.operation }],
    );
    if (create === undefined || resource.kind !== 'collection' || ends.length === 0) return undefined;
    const draft = newDraft(resource, options, 10);
    const item = draft.make(resource);
    if (item === undefined) return draft.fail('linked', 'no-sample');
    const isSafe = ({ operation }: { readonly operation: Operation }): boolean =>
      SAFE_METHODS.has(operation.method);
    const without: Unplanned[] = [];
    for (const { link, operation } of [...ends.filter(isSafe), ...ends.filter(end => !isSafe(end))]) {
      const inputs = inputsOf(link, operation, item.step);
      const body = bodyOf(link, draft.bodies(operation), item.step);
      if (inputs === undefined || body === undefined) {
        without.push({ reason: 'value-missing', what: `${resource.path} linked: the link ${link.name}` });
        continue;
      }
      const step = draft.ask(operation, undefined, {
        name: `follow the link ${link.name}`,
        inputs: [...inputs, ...body.inputs],
        why: link.source,
        bodies: body.bodies,
        needs: [{ step: item.step, outcome: 'accepted' }],
        claims: [{ kind: 'linked', from: item.step, name: link.name }],
        settles: SAFE_METHODS.has(operation.method),
      });
      if (step !== undefined && operation.method === 'DELETE') draft.removed(item, step);
    }
    return draft.end('linked', 'links lead somewhere', { without });
  },
};

/** What a link puts into the request; undefined when it says something that is not read here. */
function inputsOf(link: Link, operation: Operation, step: number): readonly Input[] | undefined {
  const inputs: Input[] = [];
  for (const [name, value] of link.parameters) {
    const parameter = parameterOf(operation, name);
    const source = expressionSource(value, step);
    if (parameter === undefined || source === undefined) return undefined;
    inputs.push({ into: { kind: 'parameter', parameter }, from: [source] });
  }
  return inputs;
}

interface LinkBody {
  readonly bodies: readonly StepBody[];
  readonly inputs: readonly Input[];
}

/**
 * The body that a link names, with its expressions as inputs; else those that are made up. Undefined for a body that the
 * operation does not take.
 */
function bodyOf({ requestBody }: Link, bodies: readonly StepBody[], step: number): LinkBody | undefined {
  if (requestBody === undefined) return { bodies, inputs: [] };
  const usual = bodies.find(body => body.kind === 'value');
  const expressions = expressionsIn(requestBody, step);
  if (usual === undefined || expressions === undefined) return undefined;
  const { content } = usual;
  const { schema } = content;
  if (expressions.length === 0 && schema !== undefined && !isValid(schema, requestBody, 'request'))
    return undefined;
  return {
    bodies: [{ kind: 'value', content, value: requestBody }],
    inputs: expressions.map(([pointer, source]) => ({
      into: { kind: 'body', pointer, schema: declaredAt(schema, pointer) },
      from: [source],
    })),
  };
}

/** `id`, or `path.id` where several are called so. */
function parameterOf({ parameters }: Operation, name: string): Parameter | undefined {
  const [, place, rest] = /^(path|query|header|cookie)\.(.+)$/.exec(name) ?? [];
  return (
    parameters.find(parameter => parameter.name === name) ??
    parameters.find(parameter => parameter.in === place && parameter.name === rest)
  );
}
