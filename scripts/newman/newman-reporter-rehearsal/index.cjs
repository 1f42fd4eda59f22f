/**
 * What newman finds under `-r rehearsal` where this folder is in reach, by NODE_PATH or as a package of its own. Newman
 * calls it with `new`, and goes on where it throws, so what went wrong is said here and is the end of the run.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const source = join(__dirname, '../../newman-reporter.ts');
const { rehearsalReporter } = require(
  existsSync(source) ? source : join(__dirname, '../../newman-reporter.js'),
);

module.exports = function Reporter(newman, options, run) {
  try {
    rehearsalReporter(newman, options, run);
  } catch (error) {
    process.stderr.write(`error: ${error.message}\n`);
    process.exit(error.exitCode === undefined ? 2 : error.exitCode);
  }
};
