// Made by rehearsal generate vitest from ../specs/props-export.json. Do not edit.
import { contractTests } from 'rehearsal/vitest';

await contractTests({
  name: 'props-export',
  spec: new URL('../specs/props-export.json', import.meta.url),
});
