/** How large the body of a request or of an answer may be. */
import { stringifyJson } from '../../../contract/json/stringify.ts';
import type { MediaType, Operation } from '../../../contract/model.ts';
import { bytesOf, type GatewayRule, isText, QUOTAS } from '../gateway-rule.ts';

const MAX_BYTES = 10 * 1024 * 1024;

const sample = (length: number): string => `paths:
  /pets:
    put:
      requestBody: { content: { text/csv: { schema: { type: string, minLength: 1, maxLength: ${length} } } } }
      responses: { '204': { description: kept } }
`;

export const payloadSize: GatewayRule = {
  name: 'apigateway-payload-size',
  severity: 'warning',
  title: 'A body may be larger than 10 MB, which API Gateway refuses with 413 or 500.',
  fix: 'Have large bodies sent to and from a store of objects, with a signed address for each; or allow less.',
  see: QUOTAS,
  failing: sample(MAX_BYTES + 1),
  passing: sample(MAX_BYTES),
  check: ({ contract }, report) => {
    for (const operation of contract.operations) {
      for (const [what, media] of bodiesOf(operation)) {
        const bytes = Math.max(
          media.schema?.maxLength ?? 0,
          ...media.examples.map(({ value }) => sizeOf(value)),
        );
        if (bytes <= MAX_BYTES) continue;
        report(
          media.source,
          `${what} of ${operation.key} in ${media.mediaType} may have ${bytes} bytes; API Gateway takes ${MAX_BYTES}.`,
        );
      }
    }
  },
};

function bodiesOf({ requestBody, responses }: Operation): readonly (readonly [string, MediaType])[] {
  return [
    ...(requestBody?.content.map(media => ['The request body', media] as const) ?? []),
    ...responses.flatMap(({ status, content }) =>
      content.map(media => [`The answer ${status}`, media] as const),
    ),
  ];
}

function sizeOf(value: MediaType['examples'][number]['value']): number {
  if (value === undefined) return 0;
  return bytesOf(isText(value) ? value : stringifyJson(value));
}
