/** The 13 MB document that the benches use, fetched once from the npm registry and kept out of the repository. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = '@octokit/openapi@23.0.2';
const CACHE = join(import.meta.dirname, '..', 'node_modules', '.cache', 'rehearsal-bench');

/** The path of GitHub's OpenAPI document (about 1,100 operations). */
export function githubDocument(): string {
  const file = join(CACHE, 'package', 'generated', 'api.github.com.json');
  if (existsSync(file)) return file;
  mkdirSync(CACHE, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--silent', VERSION, '--pack-destination', CACHE], {
    encoding: 'utf8',
  });
  execFileSync('tar', ['-xzf', join(CACHE, packed.trim().split('\n').at(-1) ?? ''), '-C', CACHE]);
  return file;
}
