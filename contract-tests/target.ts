/** The target `vitest`: for each document one thin test file, which only names the document. */
import {
  defineTarget,
  type GeneratedFile,
  madeBy,
  type Target,
  type TargetInput,
} from '../contract/target.ts';

export const vitestTarget: Target = defineTarget({
  name: 'vitest',
  summary: 'a vitest file for each document, with one test for each case',
  folder: 'contract-tests',
  requires: ['address'],
  emit,
});

function emit({ name, spec = '', language }: TargetInput): readonly GeneratedFile[] {
  const remote = /^https?:/.test(spec);
  const address = remote
    ? `${quoted(spec)},\n  allowRemote: true`
    : `new URL(${quoted(encodeURI(spec).replace(/[?#]/g, encodeURIComponent))}, import.meta.url)`;
  const text = `// ${madeBy('vitest', spec)}
import { contractTests } from 'rehearsal/vitest';

await contractTests({
  name: ${quoted(name)},
  spec: ${address},
});
`;
  return [{ path: `${name}.contract.test.${language}`, text }];
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
