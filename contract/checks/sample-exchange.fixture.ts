/** A sample as the exchange that it stands for, for the tests of the checks. */
import type { Claim, SequencePlace } from '../claim.ts';
import type { Exchange } from '../exchange.ts';
import type { Operation } from '../model.ts';
import { contractFromText } from '../read.ts';
import type { EarlierSample, Sample } from './check.ts';

const HEAD = `openapi: 3.1.1
info: { title: Pets, version: "1" }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
`;

function operationFrom(method: string, path: string, yaml: string): Operation {
  const members = yaml.replace(/^/gm, '      ');
  const { contract, problems } = contractFromText(
    `${HEAD}paths:\n  ${path.replace(/\d+/, '{id}')}:\n    ${method.toLowerCase()}:\n${members}\n`,
  );
  if (problems.length > 0) throw new Error(JSON.stringify(problems.map(({ message }) => message)));
  const operation = contract?.operations[0];
  if (operation === undefined) throw new Error(yaml);
  return operation;
}

export function exchangeOf({
  operation,
  method: documentedMethod,
  request = 'GET /pets',
  expectation = 'accepted',
  breaks,
  requestHeaders = {},
  requestBody,
  status,
  headers = {},
  body,
  framing,
  dropped,
  ms = 1,
  earlier = [],
  claims = [],
  step = earlier.length,
}: Sample): Exchange {
  const [method = '', target = ''] = request.split(' ');
  const [path = '', query = ''] = target.split('?');
  const built = operationFrom(documentedMethod ?? method, path, operation);
  return {
    case: {
      id: request,
      operation: built,
      intent: expectation === 'accepted' ? 'positive' : 'negative',
      breaks,
      name: 'sample',
      why: built.source,
      request: {
        method,
        path,
        query,
        headers: Object.entries(requestHeaders),
        contentType: requestBody === undefined ? undefined : 'application/json',
        body: requestBody === undefined ? undefined : new TextEncoder().encode(requestBody),
      },
      expectation,
      ...(claims.length + earlier.length === 0 ? {} : { step: placeOf(step, claims) }),
    },
    response: {
      status,
      headers: Object.entries(headers).flatMap(([name, values]) =>
        [values].flat().map(value => [name, value] as const),
      ),
      body: new TextEncoder().encode(body ?? ''),
      ms,
      ...(framing === undefined ? {} : { framing }),
      ...(dropped === undefined ? {} : { dropped }),
    },
    ...(earlier.length === 0 ? {} : { earlier: earlier.map(placed) }),
  };
}

function placed(sample: EarlierSample, index: number): Exchange {
  const exchange = exchangeOf(sample);
  return { ...exchange, case: { ...exchange.case, step: placeOf(sample.step ?? index, []) } };
}

function placeOf(index: number, claims: readonly Claim[]): SequencePlace {
  return { sequence: 'sample', index, claims };
}
