/**
 * What an operation answers on a stage and from the mock server, held against each other: for every status, media type and
 * named example, the status, media type, declared headers and body. What may differ stands in a list.
 */
import { basePathOf } from '../contract/build/server-object.ts';
import type { Operation } from '../contract/model.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import { mockPlan } from '../contract/plan/mock-plan.ts';

interface Got {
  readonly status: number;
  readonly type: string | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** A character for each byte. */
  readonly body: string;
}

/** What one valid request gets that wishes for an answer. */
async function asked(
  url: string,
  { operation, request }: Case,
  declared: readonly string[],
  more: Readonly<Record<string, string>>,
): Promise<Got> {
  const answer = await fetch(url, {
    method: operation.method === 'ANY' ? 'PUT' : request.method,
    redirect: 'manual',
    headers: {
      ...Object.fromEntries(request.headers),
      ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
      ...more,
    },
    ...(request.body === undefined ? {} : { body: request.body as Uint8Array<ArrayBuffer> }),
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? undefined,
    headers: Object.fromEntries(declared.map(name => [name, answer.headers.get(name) ?? undefined])),
    body: Buffer.from(await answer.arrayBuffer()).toString('latin1'),
  };
}

/** In what the two may differ, each with its reason. */
const PERMITTED: readonly {
  readonly why: string;
  readonly is: (mock: Got, stage: Got, header: string | undefined) => boolean;
}[] = [
  {
    why: 'an answer without a body has no media type of its own, and API Gateway sends its default (apigateway 2.5)',
    is: (mock, _stage, header) => header === 'content-type' && mock.body === '',
  },
  {
    why: 'API Gateway keeps some names for itself and sends x-amzn-Remapped-… in their place (16.2)',
    is: (_mock, _stage, header) => header !== undefined && REMAPPED.has(header.toLowerCase()),
  },
];

const REMAPPED = new Set([
  'date',
  'www-authenticate',
  'server',
  'content-length',
  'connection',
  'transfer-encoding',
]);

function differences(mock: Got, stage: Got): readonly string[] {
  const pairs: readonly (readonly [string, string | number | undefined, string | number | undefined])[] = [
    ['status', mock.status, stage.status],
    ['content-type', mock.type, stage.type],
    ...Object.keys(mock.headers).map(name => [name, mock.headers[name], stage.headers[name]] as const),
    ['body', mock.body, stage.body],
  ];
  return pairs
    .filter(([what, one, other]) => one !== other && !PERMITTED.some(({ is }) => is(mock, stage, what)))
    .map(([what, one, other]) => `${what}: ${String(one).slice(0, 200)} | ${String(other).slice(0, 200)}`);
}

/** How the two differ, a line for each answer; nothing where no valid request can be made. */
export async function compareAnswers(
  operation: Operation,
  origin: string,
  stage: string,
): Promise<readonly string[]> {
  const valid = [...casePlan(operation, { depth: 'standard', maxCases: 25 })].find(
    // An empty value counts as none there (apigateway 4, recorded).
    ({ intent, request }) => intent === 'positive' && !/=(&|$)/.test(request.query),
  );
  if (valid === undefined) return [];
  const [server] = operation.servers;
  const base = server === undefined ? '' : basePathOf(server);
  const { path, query } = valid.request;
  const target = `${path}${query === '' ? '' : `?${query}`}`;
  const found: string[] = [];
  for (const { status, name, mediaType, headers } of mockPlan(operation).answers) {
    const prefer = `code=${status}${name === undefined ? '' : `, example=${JSON.stringify(name)}`}`;
    const wishes = { prefer, accept: mediaType ?? '*/*' };
    const declared = headers.map(([header]) => header).filter(header => header !== 'Content-Type');
    const [one, other] = await Promise.all([
      asked(`${origin}${base}${target}`, valid, declared, wishes),
      asked(`${stage}${target}`, valid, declared, wishes),
    ]);
    const differ = differences(one, other);
    if (differ.length > 0) found.push(`${operation.key} ${prefer} ${wishes.accept}: ${differ.join('; ')}`);
  }
  return found;
}
