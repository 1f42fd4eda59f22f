/** Does an answer that must end with its headers try to go on? */
import { documentedResponse, type Exchange, headerValues } from '../exchange.ts';
import type { Check, Finding } from './check.ts';

export const bodyNotAllowed: Check = {
  name: 'body-not-allowed',
  title: 'There is no body where HTTP allows none',
  severity: 'error',
  appliesTo: 'answers to HEAD, and the statuses 204, 205 and 304',
  description:
    'A body there is read as the beginning of the next answer, or cut off. Since clients drop it unseen, the headers that announce one count as well: Transfer-Encoding, or a Content-Length above 0, on a 204.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1',
  samples: {
    passing: {
      operation: 'responses: { "204": { description: Gone } }',
      request: 'DELETE /pets',
      status: 204,
    },
    failing: {
      operation: 'responses: { "204": { description: Gone } }',
      request: 'DELETE /pets',
      status: 204,
      headers: { 'Content-Length': '16' },
    },
  },
  check,
};

function check({ case: { operation, request }, response }: Exchange): readonly Finding[] {
  const { status } = response;
  const head = request.method === 'HEAD';
  if (!head && status !== 204 && status !== 205 && status !== 304) return [];
  const received = bodyOf(response.body.length, status === 204 ? announced(response) : undefined);
  if (received === undefined) return [];
  return [
    {
      received,
      documented: `no body, since ${head ? 'the method is HEAD' : `the status is ${status}`}`,
      source: documentedResponse(operation, status)?.source ?? operation.source,
    },
  ];
}

function bodyOf(bytes: number, announcement: string | undefined): string | undefined {
  return bytes > 0 ? `a body of ${bytes} bytes` : announcement;
}

function announced(response: Exchange['response']): string | undefined {
  const [length] = headerValues(response, 'content-length');
  if (length !== undefined && length.trim() !== '0') return `Content-Length: ${length}`;
  const [encoding] = headerValues(response, 'transfer-encoding');
  return encoding === undefined ? undefined : `Transfer-Encoding: ${encoding}`;
}
