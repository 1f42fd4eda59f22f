/**
 * A mapping template of API Gateway: what of a request it sees, and what becomes of its faults. Of the variables only
 * those are made whose names stand in the text.
 */
import { RehearsalError } from '../../../contract/errors.ts';
import { compileTemplate as compileVtl, type Template } from '../../vtl/template.ts';
import type { Value } from '../../vtl/values.ts';
import { type InputSource, inputVariable } from '../../vtl/variables/input.ts';
import { utilVariable } from '../../vtl/variables/text-functions.ts';
import { contextOf } from './context-values.ts';
import { complain } from './execution-log.ts';
import { configurationError, type GatewayFailure } from './failure.ts';
import { headersOf, queryOf } from './invocation.ts';
import type { Invocation, MappingTemplate } from './model.ts';
import type { MultiValues } from './multi-values.ts';

const UTIL = utilVariable();

/** A template that cannot be read fails each request instead of the deployment, as on AWS (2.4). */
export function compileTemplate(text: string, side: 'request' | 'response'): MappingTemplate {
  // Without either sign there is nothing to fill in.
  if (!/[$#]/.test(text)) return { render: () => text };
  let template: Template;
  try {
    template = compileVtl(text);
  } catch (error) {
    return {
      render: ({ log }) => {
        throw failureOf(error, side, log);
      },
    };
  }
  const variables = variablesFor(text);
  return {
    render: (invocation, body) => {
      try {
        return template.render(variables(invocation, body));
      } catch (error) {
        throw failureOf(error, side, invocation.log);
      }
    },
  };
}

/** AWS says only that it failed; the line before it says where and why. */
function failureOf(error: unknown, side: string, log: Invocation['log']): GatewayFailure {
  if (!(error instanceof RehearsalError)) throw error;
  complain(log, `Mapping template of the ${side}: ${error.message}`);
  return configurationError(`Unable to transform ${side}`);
}

type Variables = (invocation: Invocation, body: string) => ReadonlyMap<string, Value>;

function variablesFor(text: string): Variables {
  // What #evaluate reads may name anything.
  const names = (word: string): boolean => text.includes(word) || text.includes('evaluate');
  const [input, util, stageVariables, context] = ['input', 'util', 'stageVariables', 'context'].map(names);
  return (invocation, body) => {
    const variables = new Map<string, Value>();
    if (input) variables.set('input', inputVariable(new Source(invocation, body)));
    if (util) variables.set('util', UTIL);
    if (stageVariables) {
      variables.set('stageVariables', new Map<Value, Value>(Object.entries(invocation.release.variables)));
    }
    if (context) variables.set('context', contextOf(invocation));
    return variables;
  };
}

/** What `$input` is about; headers and query are read when a template asks for them. */
class Source implements InputSource {
  readonly body: string;
  readonly #invocation: Invocation;

  constructor(invocation: Invocation, body: string) {
    this.body = body;
    this.#invocation = invocation;
  }

  get path(): MultiValues {
    return this.#invocation.pathParameters;
  }

  get querystring(): MultiValues {
    return queryOf(this.#invocation);
  }

  get header(): MultiValues {
    return headersOf(this.#invocation);
  }
}
