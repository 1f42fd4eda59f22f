/** Is what can be read what was sent when it was made? */
import type { Check } from './check.ts';
import { JSON_TYPE, MADE_REX, READ_PET, READ_REX } from './item-samples.ts';
import { notShown } from './written-not-shown.ts';

export const createdNotEqual: Check = {
  name: 'created-not-equal',
  title: 'What was created is what was sent',
  severity: 'error',
  appliesTo: 'sequences: the first reading of what an earlier request made',
  description:
    'Compares the properties that were sent and that the answer declares. `readOnly` and `writeOnly` ones, passwords, what the answer leaves out, other spellings of the same instant or address and the order of lists are no differences.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.3',
  samples: {
    passing: { ...READ_REX, earlier: [MADE_REX], claims: [{ kind: 'shows', written: 0, how: 'created' }] },
    failing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 200,
      headers: JSON_TYPE,
      body: '{"id":7,"name":"Rex","age":4}',
      earlier: [MADE_REX],
      claims: [{ kind: 'shows', written: 0, how: 'created' }],
    },
  },
  check: exchange => notShown(exchange, 'created'),
};
