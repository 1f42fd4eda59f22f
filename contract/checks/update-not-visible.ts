/** Does a change show? */
import type { Check } from './check.ts';
import { JSON_TYPE, MADE_REX, READ_PET, READ_REX, RENAMED } from './item-samples.ts';
import { notShown } from './written-not-shown.ts';

export const updateNotVisible: Check = {
  name: 'update-not-visible',
  title: 'What was changed shows the change',
  severity: 'error',
  appliesTo: 'sequences: the reading after a PUT or a PATCH that was accepted',
  description:
    'Compares as created-not-equal does. A server that shows changes late is asked again for a while first.',
  specification: 'https://www.rfc-editor.org/rfc/rfc9110#section-9.3.4',
  samples: {
    passing: {
      operation: READ_PET,
      request: 'GET /pets/7',
      status: 200,
      headers: JSON_TYPE,
      body: '{"id":7,"name":"Bella","age":3}',
      earlier: [MADE_REX, RENAMED],
      claims: [{ kind: 'shows', written: 1, how: 'updated' }],
    },
    failing: {
      ...READ_REX,
      earlier: [MADE_REX, RENAMED],
      claims: [{ kind: 'shows', written: 1, how: 'updated' }],
    },
  },
  check: exchange => notShown(exchange, 'updated'),
};
