import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { contractFromText } from '../contract/read.ts';
import { listen } from './loopback.fixture.ts';
import { run } from './run.ts';

const { contract } = contractFromText(`openapi: 3.0.3
info: { title: Books, version: "1" }
paths:
  /books:
    get: { responses: { "200": { description: All, content: { application/xml: { schema: { type: array, xml: { name: books }, items: { $ref: "#/components/schemas/Book" } } } } } } }
    post:
      requestBody: { required: true, content: { application/xml: { schema: { $ref: "#/components/schemas/Book" } } } }
      responses:
        "201": { description: Made, content: { application/xml: { schema: { $ref: "#/components/schemas/Book" } } } }
        "400": { description: Wrong }
        "415": { description: Not XML }
  /books/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      responses: { "200": { description: One, content: { application/xml: { schema: { $ref: "#/components/schemas/Book" } } } }, "404": { description: None } }
    put:
      requestBody: { required: true, content: { application/xml: { schema: { $ref: "#/components/schemas/Book" } } } }
      responses:
        "200": { description: Kept, content: { application/xml: { schema: { $ref: "#/components/schemas/Book" } } } }
        "400": { description: Wrong }
        "404": { description: None }
        "415": { description: Not XML }
    delete: { responses: { "204": { description: Gone }, "404": { description: None } } }
components:
  schemas:
    Book:
      type: object
      required: [title, tags]
      xml: { name: book }
      properties:
        id: { type: integer, readOnly: true, xml: { attribute: true } }
        title: { type: string, minLength: 1, maxLength: 40 }
        pages: { type: integer, minimum: 1 }
        tags: { type: array, minItems: 1, items: { type: string, xml: { name: tag } } }
`);

interface Book {
  readonly title: string;
  readonly pages: number | undefined;
  readonly tags: readonly string[];
}

/** Reads what the document allows, and nothing that it does not. Written without any of our own code. */
function read(text: string): Book | undefined {
  const plain = (inner: string): string =>
    inner.replace(/&(lt|gt|quot|#13|amp);/g, (_all, name: string) =>
      name === 'lt' ? '<' : name === 'gt' ? '>' : name === 'quot' ? '"' : name === 'amp' ? '&' : '\r',
    );
  const body = /^(?:<\?xml[^?]*\?>)?\s*<book(?: [^>]*)?>(.*)<\/book>\s*$/s.exec(text)?.[1];
  if (body === undefined || /<(?!\/?(?:title|pages|tag)\/?>)/.test(body)) return undefined;
  const all = (name: string): readonly string[] =>
    [...body.matchAll(new RegExp(`<${name}>([^<]*)</${name}>|<${name}/>`, 'g'))].map(([, inner = '']) =>
      plain(inner),
    );
  const [title, ...titles] = all('title');
  const [pages, ...more] = all('pages');
  const tags = all('tag');
  const length = [...(title ?? '')].length;
  if (title === undefined || length < 1 || length > 40 || titles.length + more.length > 0) return undefined;
  if (pages !== undefined && !/^[1-9]\d*$/.test(pages)) return undefined;
  return tags.length === 0
    ? undefined
    : { title, pages: pages === undefined ? undefined : Number(pages), tags };
}

function write(id: number, { title, pages, tags }: Book): string {
  const safe = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
  const inner = `<title>${safe(title)}</title>${pages === undefined ? '' : `<pages>${pages}</pages>`}${tags.map(tag => `<tag>${safe(tag)}</tag>`).join('')}`;
  return `<book id="${id}">${inner}</book>`;
}

/** An API that speaks XML only, and keeps its document but for one habit. */
async function serve(habit?: 'takes anything' | 'forgets changes' | 'falls over'): Promise<string> {
  const books = new Map<number, Book>();
  let last = 0;
  return listen(
    createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const answer = (status: number, text?: string): void => {
          outgoing.writeHead(status, text === undefined ? {} : { 'content-type': 'application/xml' });
          outgoing.end(incoming.method === 'HEAD' ? undefined : text);
        };
        const { method = '', url = '', headers } = incoming;
        const [, first, key] = url.split('/');
        if (first !== 'books') return answer(404);
        const id = Number(key);
        const known = books.get(id);
        if (key !== undefined && known === undefined) return answer(404);
        if (method === 'GET' || method === 'HEAD')
          return answer(
            200,
            known === undefined
              ? `<books>${[...books].map(([one, book]) => write(one, book)).join('')}</books>`
              : write(id, known),
          );
        if (method === 'DELETE' && key !== undefined) {
          books.delete(id);
          return answer(204);
        }
        if (method !== (key === undefined ? 'POST' : 'PUT')) {
          outgoing.setHeader('Allow', key === undefined ? 'GET, HEAD, POST' : 'GET, HEAD, PUT, DELETE');
          return answer(405);
        }
        if (headers['content-type']?.split(';')[0] !== 'application/xml') return answer(415);
        const text = Buffer.concat(chunks).toString();
        if (habit === 'falls over' && !text.includes('</book>')) return answer(500);
        const sent =
          read(text) ?? (habit === 'takes anything' ? { title: 'x', pages: 1, tags: ['x'] } : undefined);
        if (sent === undefined) return answer(400);
        const at = key === undefined ? (last += 1) : id;
        if (known === undefined || habit !== 'forgets changes') books.set(at, sent);
        answer(key === undefined ? 201 : 200, write(at, sent));
      });
    }),
  );
}

async function failuresAt(url: string): Promise<readonly string[]> {
  if (contract === undefined) throw new Error('no contract');
  const failures = new Set<string>();
  const { verdict } = await run({
    contracts: [{ name: 'books', contract }],
    baseUrl: url,
    plan: { depth: 'deep' },
    sequences: { patienceMs: 0 },
    listeners: [
      event => {
        if (event.kind !== 'case-finished' || event.outcome.kind !== 'failed') return;
        for (const { check, received } of event.outcome.failures)
          failures.add(`${check} ${event.case.operation.key} ${event.case.name}: ${received}`);
      },
    ],
  });
  expect(verdict).toBe(failures.size === 0 ? 'kept' : 'broken');
  return [...failures];
}

test('an API that speaks XML only and keeps its document gives no cause for alarm', async () => {
  expect(await failuresAt(await serve())).toEqual([]);
});

test.each([
  ['takes anything', 'invalid-accepted POST /books'],
  ['forgets changes', 'update-not-visible GET /books/{id}'],
  ['falls over', 'server-error POST /books body not well-formed XML'],
] as const)('one that %s is found', async (habit, expected) => {
  expect(await failuresAt(await serve(habit))).toContainEqual(expect.stringContaining(expected));
});
