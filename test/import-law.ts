/**
 * The house's rules as a pure function over a tree of sources: floors, rooms, browser-safe places, packages, circles,
 * names and lengths. `layers.test.ts` holds it against small bad trees first and then against the real one.
 */
import { builtinModules } from 'node:module';

/** Path relative to the repository, to the file's text. */
export type Tree = ReadonlyMap<string, string>;

export interface Import {
  readonly from: string;
  /** A path of the tree, or a bare specifier. */
  readonly to: string;
  readonly bare: boolean;
  /** Gone before anything runs. */
  readonly typeOnly: boolean;
  /** Loaded when the code gets there, not at the start. */
  readonly dynamic: boolean;
}

/** The rooms of the house with their floors. Rooms of one floor never import each other. */
const ROOMS: Readonly<Record<string, number>> = {
  contract: 1,
  gateway: 2,
  'mock-server': 2,
  postman: 2,
  'contract-tests': 3,
  workbench: 4,
  scripts: 5,
  test: 6,
  bench: 6,
};

/** What stands inside `contract/`, from the ground up, with its storey; the longest prefix names a file's part. */
const CONTRACT: Readonly<Record<string, number>> = {
  'contract/json/': 1,
  'contract/source.ts': 2,
  'contract/errors.ts': 2,
  'contract/problem.ts': 3,
  'contract/stage-kind.ts': 3,
  'contract/claim.ts': 3,
  'contract/model.ts': 4,
  'contract/document/': 5,
  'contract/build/': 6,
  'contract/schema/': 6,
  'contract/http/': 7,
  'contract/read.ts': 8,
  'contract/document-files.ts': 9,
  'contract/plan/': 9,
  'contract/exchange.ts': 10,
  'contract/stage-limits.ts': 11,
  'contract/target.ts': 10,
  'contract/diff/': 9,
  'contract/compare/': 11,
  'contract/checks/': 12,
  'contract/sequences/': 12,
  'contract/judge.ts': 13,
  'contract/judge-steps.ts': 13,
  'contract/load/': 13,
  'contract/lint/': 13,
};

/** Everything that must run in a browser. */
const BROWSER_SAFE =
  /^(contract\/(json|schema|http|plan|compare|checks|diff|sequences|build)\/|gateway\/vtl\/|contract\/(model|source|problem|read|document-files|exchange|claim|stage-kind|stage-limits|judge|judge-steps)\.ts$|mock-server\/(answer|respond|routes)\.ts$|mock-server\/msw\/)/;

/** What only Node has without an import. */
const NODE_GLOBAL = /(?<![.\w$'"`])(Buffer|process|setImmediate|__dirname|__filename|require)(?=[.([])/;

/** The packages, each with the places that may use it. A new one brings its decision record and a line here. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  '@aws-sdk/client-api-gateway': ['gateway/stages/'],
  '@aws-sdk/client-cloudwatch-logs': ['gateway/stages/cloudwatch-access-log.ts'],
  '@apidevtools/swagger-parser': ['contract/load/', 'contract/lint/'],
  '@fastify/swagger': ['mock-server/'],
  '@fastify/swagger-ui': ['mock-server/'],
  'openapi-types': ['contract/load/', 'contract/lint/', 'scripts/'],
  commander: ['scripts/'],
  fastify: ['mock-server/', 'scripts/'],
  msw: ['mock-server/msw/'],
  newman: ['contract-tests/newman/'],
  vite: ['scripts/bundle-sandbox.ts'],
  yaml: ['contract/document/', 'scripts/config/', 'scripts/proxy/record/', 'gateway/local/export/'],
  vitest: ['contract-tests/vitest/', 'scripts/vitest.ts'],
};

/** What of `contract/` the local gateway may see: it runs the emitted document and must not know the model. */
const GATEWAY_LOCAL_SEES =
  /^contract\/(errors|source|problem)\.ts$|^contract\/(json|document|schema\/pattern)\//;

/** What of `contract/` the providers of stages may see: they move documents and know nothing of what is in them. */
const GATEWAY_STAGES_SEES = /^contract\/errors\.ts$|^contract\/json\//;

/** What of `contract/` the engine of mapping templates may see. Of the gateway it sees nothing but itself. */
const GATEWAY_VTL_SEES = /^contract\/(errors|source)\.ts$|^contract\/(json|schema\/pattern)\//;

const BAD_WORD = /^(utils?|helpers?|common|misc|managers?)$/;

/** Every breach of the rules, one sentence each. */
export function breaches(tree: Tree): readonly string[] {
  const files = [...tree.keys()];
  const imports = files.flatMap(path => importsOf(path, tree.get(path) ?? ''));
  const code = imports.filter(({ from }) => !isTest(from));
  return [
    ...files.flatMap(nameBreaches),
    ...files.flatMap(path => lengthBreaches(path, tree.get(path) ?? '')),
    ...files.flatMap(path => globalBreaches(path, tree.get(path) ?? '')),
    ...imports.flatMap(edge => placeBreaches(edge, tree)),
    ...code.flatMap(edge => floorBreaches(edge)),
    ...imports.filter(({ from }) => isTest(from)).flatMap(testBreaches),
    ...checkBreaches(code),
    ...code.flatMap(packageBreaches),
    ...browserBreaches(code),
    ...circles(code),
  ];
}

/** Static, type-only and dynamic imports, and re-exports; comments are not looked into. */
export function importsOf(path: string, text: string): readonly Import[] {
  const statements = codeOf(text).matchAll(
    /^\s*(?:import|export)\s(?<type>type\s)?[^'"`;]*?\bfrom\s*['"](?<from>[^'"]+)['"]|^\s*import\s*['"](?<bare>[^'"]+)['"]|\bimport\s*\(\s*['"](?<dynamic>[^'"]+)['"]/gm,
  );
  return [...statements].map(({ groups = {} }) => {
    const specifier = groups['from'] ?? groups['bare'] ?? groups['dynamic'] ?? '';
    const bare = !specifier.startsWith('.');
    return {
      from: path,
      to: bare ? specifier : joinPath(path, specifier),
      bare,
      typeOnly: groups['type'] !== undefined,
      dynamic: groups['dynamic'] !== undefined,
    };
  });
}

/** True for `node:fs`, and for `fs` as it was once written. */
export function isNodeBuiltIn(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

/** Texts and regular expressions, which are kept; then templates and comments, which are not. */
const TOKEN =
  /(?<kept>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|(?<=(?:^|[=(,:[!&|?{};>])\s*|\breturn\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/)|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/gm;

/** The code alone: what stands in comments, in templates and in texts that hold code themselves runs nothing. */
export function codeOf(text: string): string {
  return text.replace(TOKEN, (token, kept: string | undefined) => {
    if (kept !== undefined) return kept.includes('import(') ? "''" : kept;
    return token.startsWith('`') ? '``' : '';
  });
}

function joinPath(from: string, specifier: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

function isTest(path: string): boolean {
  return /\.(test|test-d|fixture)\.ts$/.test(path);
}

function isFixture(path: string): boolean {
  return path.endsWith('.fixture.ts');
}

function roomOf(path: string): string {
  return path.split('/')[0] ?? '';
}

function partOf(path: string): string | undefined {
  return Object.keys(CONTRACT)
    .filter(prefix => path.startsWith(prefix))
    .toSorted((a, b) => b.length - a.length)[0];
}

function placeBreaches({ from, to, bare }: Import, tree: Tree): readonly string[] {
  const found: string[] = [];
  if (!bare && !tree.has(to)) found.push(`${from} imports ${to}, which does not exist.`);
  const known =
    ROOMS[roomOf(from)] !== undefined && (roomOf(from) !== 'contract' || isTest(from) || partOf(from));
  if (from.includes('/') && !known) found.push(`${from} stands in no room of the house.`);
  if (!bare && !isTest(from) && isIndexAbove(to, from))
    found.push(`${from} imports ${to}, the index of its own room.`);
  if (!bare && isTest(to) && !(isFixture(to) && (isTest(from) || roomOf(from) === 'test')))
    found.push(`${from} imports the test ${to}.`);
  return found;
}

function isIndexAbove(to: string, from: string): boolean {
  return to.endsWith('/index.ts') && from.startsWith(to.slice(0, -'index.ts'.length));
}

/** Imports run downwards: from room to room, and inside `contract/` from part to part. */
function floorBreaches({ from, to, bare }: Import): readonly string[] {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (bare || ROOMS[here] === undefined) return [];
  if (here !== there) {
    const up = (ROOMS[there] ?? 0) - (ROOMS[here] ?? 0);
    if (up > 0) return [`${from} imports ${to}: imports run downwards only.`];
    if (up === 0 && here !== 'test' && here !== 'bench')
      return [`${from} imports ${to}: rooms of one floor never import each other.`];
  } else if (here === 'contract') {
    const [part = '', other = ''] = [partOf(from), partOf(to)];
    const up = (CONTRACT[other] ?? 0) - (CONTRACT[part] ?? 0);
    if (up > 0) return [`${from} imports ${to}: imports run downwards only.`];
    if (up === 0 && part !== other)
      return [`${from} imports ${to}: rooms of one floor never import each other.`];
  }
  if (from.startsWith('gateway/local/') && there === 'contract' && !GATEWAY_LOCAL_SEES.test(to))
    return [`${from} imports ${to}: the local gateway knows only errors, the document reader and patterns.`];
  if (from.startsWith('gateway/vtl/') && there === 'contract' && !GATEWAY_VTL_SEES.test(to))
    return [`${from} imports ${to}: mapping templates know only errors, sources, JSON and patterns.`];
  if (from.startsWith('gateway/vtl/') && there === 'gateway' && !to.startsWith('gateway/vtl/'))
    return [`${from} imports ${to}: mapping templates know nothing of the gateway.`];
  if (from.startsWith('gateway/local/') && there === 'gateway' && !/^gateway\/(local|vtl)\//.test(to))
    return [`${from} imports ${to}: the local gateway runs what is emitted and never sees the emitter.`];
  if (from.startsWith('gateway/stages/') && there === 'contract' && !GATEWAY_STAGES_SEES.test(to))
    return [`${from} imports ${to}: providers of stages know only errors and JSON.`];
  if (from.startsWith('gateway/stages/') && there === 'gateway' && !to.startsWith('gateway/stages/'))
    return [`${from} imports ${to}: providers of stages know nothing of the rest of the gateway.`];
  if (here === 'contract-tests' && there === 'gateway' && to !== 'gateway/stages/stage.ts')
    return [`${from} imports ${to}: of the gateway it may see only gateway/stages/stage.ts.`];
  return [];
}

/** A test beside a file sees its own floor's room, what is below, and what `test/` offers to tests. */
function testBreaches({ from, to, bare }: Import): readonly string[] {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (bare || here === there || there === 'test' || here === 'test' || here === 'bench') return [];
  return (ROOMS[there] ?? 0) < (ROOMS[here] ?? 0)
    ? []
    : [`${from} imports ${to}: a test beside a file sees its own room and what is below.`];
}

/** The checks are the files in the list. Each sees exchanges, schemas and HTTP, never a plan, never another check. */
function checkBreaches(code: readonly Import[]): readonly string[] {
  const listed = new Set(
    code.filter(({ from, typeOnly }) => from === 'contract/checks/index.ts' && !typeOnly).map(({ to }) => to),
  );
  return code.flatMap(({ from, to }) => {
    if (!from.startsWith('contract/checks/') || from === 'contract/checks/index.ts') return [];
    if (to.startsWith('contract/plan/')) return [`${from} imports ${to}: a check never sees a plan.`];
    return listed.has(to) ? [`${from} imports ${to}: a check never sees another check.`] : [];
  });
}

function packageBreaches({ from, to, bare }: Import): readonly string[] {
  const room = roomOf(from);
  if (!bare || isNodeBuiltIn(to) || room === 'test' || room === 'bench' || !from.includes('/')) return [];
  const name = to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/');
  const places = PACKAGES[name];
  if (places === undefined)
    return [`${from} imports ${name}, a package without a line in test/import-law.ts.`];
  return places.some(place => from.startsWith(place))
    ? []
    : [`${from} imports ${name}, which is for ${places.join(' and ')} only.`];
}

function globalBreaches(path: string, text: string): readonly string[] {
  if (!BROWSER_SAFE.test(path) || isTest(path)) return [];
  const name = NODE_GLOBAL.exec(codeOf(text))?.[1];
  return name === undefined ? [] : [`${path} uses ${name}, but must run in a browser.`];
}

/** A browser-safe file reaches no Node built-in and no server, not even through others. Types alone reach nothing. */
function browserBreaches(code: readonly Import[]): readonly string[] {
  const outgoing = Map.groupBy(code, ({ from }) => from);
  const isServerSide = ({ to, bare }: Import): boolean => bare && (isNodeBuiltIn(to) || to === 'fastify');
  const reaches = (path: string, seen: Set<string>): string | undefined => {
    if (seen.has(path)) return undefined;
    seen.add(path);
    for (const edge of outgoing.get(path) ?? []) {
      if (isServerSide(edge)) return `${edge.to} by way of ${path}`;
      const through = edge.bare || edge.typeOnly ? undefined : reaches(edge.to, seen);
      if (through !== undefined) return through;
    }
    return undefined;
  };
  return [...outgoing.keys()].flatMap(path => {
    if (!BROWSER_SAFE.test(path)) return [];
    const reached = reaches(path, new Set());
    return reached === undefined ? [] : [`${path} reaches ${reached}, but must run in a browser.`];
  });
}

function nameBreaches(path: string): readonly string[] {
  return path.split('/').flatMap((part, index, parts) => {
    const name =
      index === parts.length - 1
        ? part.replace(/((\.contract)?\.test|\.(test-d|fixture|config))?\.[jt]s$/, '')
        : part;
    if (BAD_WORD.test(name.split('-').at(-1) ?? ''))
      return [`${path}: "${name}" says nothing about what is inside.`];
    return /^\.?[a-z0-9]+(-[a-z0-9]+)*$/.test(name) ? [] : [`${path}: "${name}" is not kebab-case.`];
  });
}

/** A file of more than 400 lines says in its opening comment why: "Long because …" or "One file because …". */
function lengthBreaches(path: string, text: string): readonly string[] {
  if (isTest(path) || text.split('\n').length <= 401) return [];
  const opening = /^\s*\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? '';
  return /\b(long|one file)\b[\s*,:]+(because|since|as|for)\b/i.test(opening)
    ? []
    : [`${path} has more than 400 lines and its opening comment does not say "Long because …".`];
}

/** Files that import each other in a loop, one loop for each tangle. */
function circles(code: readonly Import[]): readonly string[] {
  const outgoing = Map.groupBy(
    code.filter(({ bare }) => !bare),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    const at = trail.indexOf(file);
    if (at !== -1) {
      found.push(`These files import each other in a circle: ${[...trail.slice(at), file].join(' -> ')}.`);
    } else if (!done.has(file)) {
      for (const { to } of outgoing.get(file) ?? []) visit(to, [...trail, file]);
      done.add(file);
    }
  };
  for (const file of outgoing.keys()) visit(file, []);
  return found;
}
