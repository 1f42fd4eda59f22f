/** From which size on bodies may be compressed. */
import { joinPointer } from '../../../contract/json/pointer.ts';
import { type GatewayRule, QUOTAS } from '../gateway-rule.ts';

const SIZE = 'x-amazon-apigateway-minimum-compression-size';
const MAX_BYTES = 10_485_760;

export const compressionSize: GatewayRule = {
  name: 'apigateway-compression-size',
  severity: 'error',
  title: 'The minimum compression size is no whole number from 0 to 10485760.',
  fix: 'Give a number of bytes in that range, or leave it out for no compression.',
  see: QUOTAS,
  failing: `paths: {}
${SIZE}: ${MAX_BYTES + 1}
`,
  passing: `paths: {}
${SIZE}: 1024
`,
  check: ({ contract: { extensions, source } }, report) => {
    const size = extensions.get(SIZE);
    if (size === undefined) return;
    if (typeof size === 'number' && Number.isInteger(size) && size >= 0 && size <= MAX_BYTES) return;
    report({ ...source, pointer: joinPointer(source.pointer, SIZE) }, `It is ${JSON.stringify(size)}.`);
  },
};
