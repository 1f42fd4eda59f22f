/** A sample as the exchange that it stands for, for the tests of the checks. */
import type { Exchange } from '../exchange.ts';
import type { Operation } from '../model.ts';
import { contractFromText } from '../read.ts';
import type { Sample } from './check.ts';

const HEAD = `openapi: 3.1.1
info: { title: Pets, version: "1" }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
`;

function operationFrom(method: string, yaml: string): Operation {
  const members = yaml.replace(/^/gm, '      ');
  const { contract, problems } = contractFromText(
    `${HEAD}paths:\n  /pets:\n    ${method.toLowerCase()}:\n${members}\n`,
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
  ms = 1,
}: Sample): Exchange {
  const [method = '', target = ''] = request.split(' ');
  const [path = '', query = ''] = target.split('?');
  const built = operationFrom(documentedMethod ?? method, operation);
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
    },
    response: {
      status,
      headers: Object.entries(headers).flatMap(([name, values]) =>
        [values].flat().map(value => [name, value] as const),
      ),
      body: new TextEncoder().encode(body ?? ''),
      ms,
      ...(framing === undefined ? {} : { framing }),
    },
  };
}
