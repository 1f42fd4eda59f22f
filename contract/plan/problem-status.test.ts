import { expect, test } from 'vitest';
import { contractFromText } from '../read.ts';
import { mockPlan } from './mock-plan.ts';
import { withProblemStatus } from './problem-status.ts';

const OPERATION = `openapi: 3.1.1
paths:
  /pets:
    get:
      responses:
        "200": { description: Pets }
        "404":
          description: None
          content:
            application/problem+json:
              schema: { type: object, required: [status], properties: { status: { type: integer } } }
        "409":
          description: Taken
          content: { application/problem+json: { example: { status: 400 } } }
        default:
          description: Anything else
          content:
            application/problem+json:
              schema: { type: object, properties: { status: { type: integer, maximum: 499 } } }
              example: { title: Oh, status: 418 }
`;

const [operation] = contractFromText(OPERATION).contract?.operations ?? [];
if (operation === undefined) throw new Error('no operation');
const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

test('what is made says the status that it is sent with; an example of one status says what it says', () => {
  const said = mockPlan(operation).answers.map(({ statusKey, body }) => [statusKey, text(body)]);
  expect(Object.fromEntries(said)).toEqual({
    '200': '',
    '404': '{"status":404}',
    '409': '{"status":400}',
    // 500, which a default stands for, the schema does not allow.
    default: '{"title":"Oh","status":418}',
  });
});

test.each([
  ['application/problem+json', '{"title":"Oh","status":418}', '{"title":"Oh","status":415}'],
  ['application/problem+json', '{"title":"Oh"}', '{"title":"Oh"}'],
  ['application/problem+json', '[1]', '[1]'],
  ['application/problem+json', '{', '{'],
  ['application/json', '{"status":418}', '{"status":418}'],
])('%s %s sent with 415', (mediaType, body, expected) => {
  const content = operation.responses.find(({ status }) => status === 'default')?.content[0];
  if (content === undefined) throw new Error('no content');
  expect(text(withProblemStatus({ ...content, mediaType }, new TextEncoder().encode(body), 415))).toBe(
    expected,
  );
});
