/**
 * `npm run bundle`: makes one text of the checks, which collections carry into Postman's sandbox, and writes it as a
 * module. To be run after a change to checks, schemas or the contract; a test says when it is stale.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'vite';

const ROOT = join(import.meta.dirname, '..');
/** Where the module stands. */
export const BUNDLE_PATH: string = join(ROOT, 'postman/sandbox/bundled-source.ts');

/** The sandbox of newman 6 lacks some of what browsers and Node have; these are made of what it does have. */
const MISSING: Readonly<Record<string, string>> = {
  TextEncoder: `class {
    encode(text) { return Uint8Array.from(Buffer.from(text, 'utf8')); }
  }`,
  TextDecoder: `class {
    constructor(name = 'utf-8', { fatal = false, ignoreBOM = false } = {}) {
      this.encoding = { 'utf8': 'utf-8', 'us-ascii': 'latin1', 'ascii': 'latin1', 'iso-8859-1': 'latin1', 'windows-1252': 'latin1', 'utf-16': 'utf-16le' }[name.toLowerCase()] || name.toLowerCase();
      if (!['utf-8', 'latin1', 'utf-16le'].includes(this.encoding)) throw new RangeError(name + ' is not known here');
      this.fatal = fatal;
      this.ignoreBOM = ignoreBOM;
    }
    decode(bytes = new Uint8Array()) {
      const sent = Buffer.from(bytes);
      const text = sent.toString(this.encoding === 'utf-16le' ? 'utf16le' : this.encoding === 'latin1' ? 'latin1' : 'utf8');
      if (this.fatal && this.encoding === 'utf-8' && !Buffer.from(text, 'utf8').equals(sent)) throw new TypeError('not UTF-8');
      return !this.ignoreBOM && this.encoding !== 'latin1' && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    }
  }`,
  URL: `(() => {
    const { parse, resolve } = require('url');
    return class URL {
      constructor(text, base) {
        const { protocol, host, hostname, pathname, search, href } = parse(base === undefined ? String(text) : resolve(String(base), String(text)));
        if (protocol === null) throw new TypeError('Invalid URL');
        Object.assign(this, { protocol, host: host || '', hostname: hostname || '', pathname: pathname || '', search: search || '', href });
      }
      static canParse(text, base) {
        try { return new URL(text, base) !== undefined; } catch { return false; }
      }
    };
  })()`,
};

/** A script that makes `rehearsalSandbox`, with what is missing around it. */
function withMissing(code: string): string {
  const names = Object.keys(MISSING);
  const values = Object.entries(MISSING).map(
    ([name, made]) => `typeof ${name} === 'undefined' ? ${made.replace(/\n\s+/g, ' ')} : ${name}`,
  );
  return `const rehearsalSandbox = ((${names.join(', ')}) => {\n${code}\nreturn rehearsalSandbox;\n})(${values.join(', ')});`;
}

/** The text of the module, made anew. */
export async function bundledModule(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'silent',
    root: ROOT,
    build: {
      write: false,
      minify: true,
      target: 'es2022',
      lib: {
        entry: join(ROOT, 'postman/sandbox/judge-answer.ts'),
        formats: ['iife'],
        name: 'rehearsalSandbox',
      },
    },
  });
  const [output] = Array.isArray(made) ? made : [made];
  const chunk = output !== undefined && 'output' in output ? output.output[0] : undefined;
  if (chunk === undefined) throw new Error('vite made nothing');
  return `// Made by npm run bundle from postman/sandbox/judge-answer.ts. Do not edit.
/** The checks as one script, which makes \`rehearsalSandbox\`. */
export const SANDBOX_SOURCE: string =
  ${JSON.stringify(withMissing(chunk.code.trim()))};
`;
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(dirname(BUNDLE_PATH), { recursive: true });
  writeFileSync(BUNDLE_PATH, await bundledModule());
  process.stdout.write(`Wrote ${relative(ROOT, BUNDLE_PATH)}.\n`);
}
