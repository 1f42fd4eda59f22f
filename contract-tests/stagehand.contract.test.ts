// Made by rehearsal generate vitest from ../specs/stagehand.yaml. Do not edit.
import { contractTests } from 'rehearsal/vitest';

await contractTests({
  name: 'stagehand',
  spec: new URL('../specs/stagehand.yaml', import.meta.url),
});
