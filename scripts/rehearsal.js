#!/usr/bin/env node
/**
 * The command `rehearsal`. Plain JavaScript without static imports, so that an old Node gets one clear line instead of a
 * syntax error. In a checkout it runs the TypeScript sources, on the project's own Node; published, the compiled code.
 */
const { existsSync, realpathSync } = await import('node:fs');
const { dirname, join } = await import('node:path');
const { fileURLToPath } = await import('node:url');

const here = dirname(realpathSync(fileURLToPath(import.meta.url)));
const inCheckout = existsSync(join(here, 'cli.ts'));
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 19);

if (newEnough) {
  const module = await import('node:module');
  module.enableCompileCache?.();
  const { main } = await import(inCheckout ? './cli.ts' : './cli.js');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const own = join(here, '..', 'node_modules', '.bin', 'node');
  if (inCheckout && existsSync(own)) {
    const { spawn } = await import('node:child_process');
    const child = spawn(own, [join(here, 'rehearsal.js'), ...process.argv.slice(2)], { stdio: 'inherit' });
    process.on('SIGINT', () => {});
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
  } else {
    process.stderr.write(
      `error: rehearsal needs Node.js 22.19 or newer, and this is ${process.versions.node}. Install a newer Node.js.\n`,
    );
    process.exitCode = 2;
  }
}
