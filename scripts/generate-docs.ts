/** `npm run generate` writes the generated pages; with `--check` it only says which of them are stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referencePages } from './docs/pages.ts';

const root = join(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const stale: string[] = [];

for (const page of await referencePages()) {
  const file = join(root, page.path);
  if (existsSync(file) && readFileSync(file, 'utf8') === page.text) continue;
  stale.push(page.path);
  if (!check) writeFileSync(file, page.text);
}

if (check && stale.length > 0) {
  process.stderr.write(
    `These pages are not what the code says: ${stale.join(', ')}. Run npm run generate.\n`,
  );
  process.exitCode = 1;
} else {
  process.stdout.write(
    stale.length === 0 ? 'All generated pages are fresh.\n' : `Wrote ${stale.join(', ')}.\n`,
  );
}
