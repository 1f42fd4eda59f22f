/**
 * Does a gateway that imports one API after the other keep its memory? Resident megabytes of its process, what its heap
 * holds, and CPU for each import of an API with 50 operations into a gateway that keeps its state in a file. Resident
 * memory grows once, by what V8 gives to young objects of a busy process; what is kept shows in the heap.
 *
 *   npm run bench -- gateway-import [imports]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerTo, cpuOf, fire, residentOf, startServer, type Target, wire } from './load.ts';
import { table } from './report.ts';

const total = Number(process.argv[2] ?? 2000);
const STEPS = 10;
const folder = mkdtempSync(join(tmpdir(), 'rehearsal-bench-'));
const file = join(folder, 'gateway.db');

/** 25 paths with two operations each: parameters, models, headers, and mocks with a template on each side. */
function document(): string {
  const reference = { $ref: '#/components/schemas/Item' };
  const content = { 'application/json': { schema: reference } };
  const operation = (more: object): object => ({
    responses: {
      200: { description: 'fine', headers: { 'X-Total': { schema: { type: 'integer' } } }, content },
      404: { description: 'gone' },
    },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 200}' },
      responses: {
        default: {
          statusCode: '200',
          responseParameters: { 'method.response.header.X-Total': "'1'" },
          responseTemplates: { 'application/json': '{"id": "$input.params(\'id\')", "name": "item"}' },
        },
        404: { statusCode: '404' },
      },
    },
    ...more,
  });
  const paths = Array.from({ length: 25 }, (_item, index) => [
    `/things${index}/{id}`,
    {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
      get: operation({
        summary: 'Read one',
        parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }],
      }),
      put: operation({ summary: 'Replace one', requestBody: { content } }),
    },
  ]);
  const item = {
    type: 'object',
    properties: { id: { type: 'string' }, parent: reference, name: { type: 'string' } },
  };
  return JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'bench', version: '1' },
    paths: Object.fromEntries(paths),
    components: { schemas: { Item: item } },
  });
}

/** Megabytes that the server's heap holds after a collection. */
function heapOf({ process: child }: Target): Promise<number> {
  return new Promise(resolve => {
    child.stdout?.once('data', (chunk: Buffer) =>
      resolve(Number(/\d+/.exec(chunk.toString())?.[0]) / 2 ** 20),
    );
    child.kill('SIGUSR2');
  });
}

const server = await startServer(['--expose-gc', join(import.meta.dirname, 'gateway-process.ts'), file]);
const request = wire('POST', '/restapis?mode=import', document());
const { status, body } = await answerTo(server, request);
if (status !== 201) throw new Error(body);

const rows: string[][] = [];
async function addRow(imports: number, since: number): Promise<void> {
  const resident = residentOf(server.pid).toFixed(0);
  const cpu = imports === 0 ? '' : (((cpuOf(server.pid) - since) / (total / STEPS)) * 1000).toFixed(1);
  const kept = (statSync(file).size / 2 ** 20).toFixed(1);
  rows.push([String(imports), resident, (await heapOf(server)).toFixed(1), cpu, kept]);
}

await addRow(0, 0);
for (let step = 1; step <= STEPS; step += 1) {
  const since = cpuOf(server.pid);
  await fire(server, [request], total / STEPS, 1);
  await addRow((total / STEPS) * step, since);
}
process.stdout.write(
  table(['imports', 'RSS MB', 'heap MB after a collection', 'CPU ms an import', 'file MB'], rows),
);
server.process.kill();
rmSync(folder, { recursive: true, force: true });
process.exit();
