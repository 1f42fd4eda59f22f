#!/usr/bin/env node
/**
 * The command `rehearsal`. No static imports and no new syntax, so that an old Node gives one clear line instead of a
 * syntax error. In a checkout it runs the TypeScript sources, on the project's own Node; published, the compiled code.
 */
const [major, minor] = process.versions.node.split('.').map(Number);
const newEnough = major > 22 || (major === 22 && minor >= 19);

import('node:fs').then(({ existsSync }) => {
  const inCheckout = existsSync(new URL('./cli.ts', import.meta.url));
  if (newEnough) return start(inCheckout);
  if (inCheckout) {
    process.argv.splice(1, 1, 'bootstrap.js', 'scripts/rehearsal.js');
    return import('./bootstrap.js');
  }
  return fail(
    `rehearsal needs Node.js 22.19 or newer, and this is ${process.versions.node}. Install a newer Node.js.`,
  );
});

function start(inCheckout) {
  // A configuration may wait for what never comes; Node then ends in peace, and nothing was judged.
  process.exitCode = 2;
  const unfinished = code => {
    if (code === 2) process.stderr.write('error: rehearsal ended before its work did.\n');
  };
  process.once('exit', unfinished);
  return import('node:module')
    .then(({ enableCompileCache, registerHooks }) => {
      // Compiled code is kept between runs, which makes `--version` and `--help` about twice as quick.
      enableCompileCache();
      registerHooks({ resolve: ownFiles(inCheckout) });
      return import(inCheckout ? './cli.ts' : './cli.js');
    })
    .then(
      ({ main }) => main(process.argv.slice(2)),
      error => {
        if (!inCheckout || error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
        return fail(`${error.message.split('\n')[0]}. Run npm ci in the checkout.`);
      },
    )
    .then(exitCode => {
      process.exitCode = exitCode;
      process.off('exit', unfinished);
    });
}

/**
 * Our own files name each other in full, so nobody needs to ask the disk where they are and what they hold. There are
 * some hundreds of them: a fifth of the time until a command begins its work.
 */
function ownFiles(inCheckout) {
  const root = new URL('..', import.meta.url).href;
  const [ending, format] = inCheckout ? ['.ts', 'module-typescript'] : ['.js', 'module'];
  return (specifier, context, next) => {
    const from = context.parentURL;
    const own =
      specifier.startsWith('.') &&
      specifier.endsWith(ending) &&
      from?.startsWith(root) &&
      !from.includes('/node_modules/', root.length - 1);
    if (!own) return next(specifier, context);
    return { url: new URL(specifier, from).href, format, shortCircuit: true };
  };
}

function fail(sentence) {
  process.stderr.write(`error: ${sentence}\n`);
  process.exitCode = 2;
  return 2;
}
