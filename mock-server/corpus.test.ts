import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LightMyRequestResponse } from 'fastify';
import { beforeAll, describe, expect, test } from 'vitest';
import { basePathOf } from '../contract/build/server-object.ts';
import { decodeBody } from '../contract/http/body/body.ts';
import { mediaTypeFor } from '../contract/http/content.ts';
import { parseHeader } from '../contract/http/parameter-style.ts';
import { loadContracts } from '../contract/load/load-contracts.ts';
import type { Contract, Operation } from '../contract/model.ts';
import { keyForStatus } from '../contract/plan/answer-status.ts';
import { casePlan } from '../contract/plan/case-plan.ts';
import type { Case } from '../contract/plan/cases/case.ts';
import { mockPlan } from '../contract/plan/mock-plan.ts';
import { validate } from '../contract/schema/validate.ts';
import { createMockServer } from './server.ts';

const root = join(import.meta.dirname, '..');
const DOCUMENTS = ['test/corpus', 'specs', 'specs/next'].flatMap(folder =>
  readdirSync(join(root, folder))
    .filter(name => /\.(json|ya?ml)$/.test(name))
    .map(name => `${folder}/${name}`),
);

/** In what ways an answer breaks what its operation declares for its status. */
function breaches(operation: Operation, answer: LightMyRequestResponse): readonly string[] {
  const { statusCode, headers, rawPayload } = answer;
  const key = keyForStatus(
    statusCode,
    operation.responses.map(({ status }) => status),
  );
  const response = operation.responses.find(({ status }) => status === key);
  if (response === undefined)
    return operation.responses.length === 0 ? [] : [`${statusCode} is not declared`];
  const found: string[] = [];
  for (const [name, header] of response.headers) {
    const sent = headers[name.toLowerCase()];
    if (sent === undefined) {
      if (header.required) found.push(`the header ${name} is missing`);
      continue;
    }
    const parsed = parseHeader(header, String(sent));
    if ('malformed' in parsed) found.push(`${name}: ${parsed.malformed}`);
    else if (header.schema !== undefined && parsed.value !== undefined)
      found.push(
        ...validate(header.schema, parsed.value, { direction: 'response' }).map(
          one => `${name}: ${one.message}`,
        ),
      );
  }
  const type = headers['content-type'];
  if (type === undefined) {
    if (response.content.length > 0 && rawPayload.length > 0) found.push('there is no Content-Type');
    return found;
  }
  const content = mediaTypeFor(response.content, String(type));
  if (content === undefined) return [...found, `${type} is not declared`];
  if (operation.method === 'HEAD') return found;
  const decoded = decodeBody(content, String(type), rawPayload, { direction: 'response' });
  if ('malformed' in decoded) return [...found, decoded.malformed];
  if ('raw' in decoded || content.schema === undefined) return found;
  const violations = validate(content.schema, decoded.value, { direction: 'response' });
  return [...found, ...violations.map(({ instance, message }) => `${type} ${instance}: ${message}`)];
}

describe.each(DOCUMENTS)('%s', name => {
  let contract: Contract;
  beforeAll(async () => {
    const [loaded] = await loadContracts([name], { cwd: root });
    if (loaded?.contract === undefined) throw new Error(`${name} is not a contract`);
    contract = loaded.contract;
  });

  test('every answer of every plan keeps to the document, and so does every refusal', async () => {
    const server = createMockServer([contract]);
    const wrong: string[] = [];
    for (const operation of contract.operations) {
      const cases = [...casePlan(operation, { depth: 'standard', maxCases: 40 })];
      for (const one of cases) {
        const answer = await send(one, {});
        const refusal = answer.headers['x-rehearsal-refusal'];
        if (refusal === 'mock-failed') wrong.push(`${one.id}: ${answer.body}`);
        if (one.intent === 'positive' && refusal !== undefined)
          wrong.push(`${one.id}: refused, ${answer.body}`);
        const open = one.intent === 'negative' && one.expectation === 'any';
        if (one.intent === 'negative' && !open && refusal === undefined) wrong.push(`${one.id}: accepted`);
        if (answer.headers['content-type'] === 'application/problem+json' && refusal !== undefined) continue;
        // What another method is answered with, this operation does not say.
        if (one.breaks === 'method') continue;
        wrong.push(...breaches(operation, answer).map(breach => `${one.id}: ${breach}`));
      }
      const valid = cases.find(({ intent }) => intent === 'positive');
      if (valid === undefined) continue;
      for (const planned of mockPlan(operation).answers) {
        const prefer = `code=${planned.status}${planned.name === undefined ? '' : `, example="${planned.name}"`}`;
        const accept = planned.mediaType ?? '*/*';
        const answer = await send(valid, { prefer, accept });
        const title = `${operation.key} ${planned.statusKey ?? ''} ${planned.mediaType ?? ''}`.trimEnd();
        if (answer.statusCode !== planned.status) wrong.push(`${title}: answered with ${answer.statusCode}`);
        wrong.push(...breaches(operation, answer).map(breach => `${title}: ${breach}`));
      }
    }
    expect(wrong).toEqual([]);

    function send(
      { request, operation }: Case,
      headers: Record<string, string>,
    ): Promise<LightMyRequestResponse> {
      const [serverOf] = operation.servers;
      const base = serverOf === undefined ? '' : basePathOf(serverOf);
      return server.inject({
        method: (operation.method === 'ANY' ? 'GET' : request.method) as 'GET',
        url: `${base}${request.path}${request.query === '' ? '' : `?${request.query}`}`,
        headers: {
          ...Object.fromEntries(request.headers),
          ...(request.contentType === undefined ? {} : { 'content-type': request.contentType }),
          ...headers,
        },
        ...(request.body === undefined ? {} : { payload: Buffer.from(request.body) }),
      });
    }
  });
});
