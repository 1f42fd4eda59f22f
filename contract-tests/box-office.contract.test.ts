// Made by rehearsal generate vitest from ../specs/box-office.yaml. Do not edit.
import { contractTests } from 'rehearsal/vitest';

await contractTests({
  name: 'box-office',
  spec: new URL('../specs/box-office.yaml', import.meta.url),
});
