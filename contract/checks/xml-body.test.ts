import { describe, expect, test } from 'vitest';
import type { Exchange } from '../exchange.ts';
import { contractFromText } from '../read.ts';
import { xmlBody } from './xml-body.ts';

const { contract } = contractFromText(`openapi: 3.0.3
info: { title: Pets, version: "1" }
paths:
  /pet:
    get:
      responses:
        "200":
          description: A pet
          content: { application/xml: { schema: { $ref: "#/components/schemas/Pet" } } }
  /list:
    get:
      responses:
        "200":
          description: Pets
          content: { application/xml: { schema: { type: array, items: { $ref: "#/components/schemas/Pet" } } } }
components:
  schemas:
    Pet:
      type: object
      required: [id, name, nick, tags, pin, home]
      xml: { name: pet }
      properties:
        id: { type: integer, xml: { attribute: true } }
        name: { type: string, maxLength: 5, xml: { name: called } }
        nick: { type: string, nullable: true, minLength: 2 }
        tags: { type: array, items: { type: string, maxLength: 2 } }
        pin: { type: string, writeOnly: true }
        teeth: { type: array, xml: { wrapped: true }, items: { type: integer, xml: { name: tooth } } }
        born: { type: string, format: date }
        home: { allOf: [{ type: object, required: [room], properties: { room: { type: integer } } }] }
        either: { type: object, oneOf: [{ required: [a], properties: { a: { type: integer } } }, { required: [b] }] }
`);

function found(body: string, path = '/pet', type = 'application/xml'): readonly string[] {
  const operation = contract?.operations.find(known => known.path === path);
  if (operation === undefined) throw new Error(path);
  const exchange: Exchange = {
    case: {
      id: 'a',
      operation,
      intent: 'positive',
      breaks: undefined,
      name: 'a',
      why: operation.source,
      request: { method: 'GET', path, query: '', headers: [], contentType: undefined, body: undefined },
      expectation: 'accepted',
    },
    response: {
      status: 200,
      headers: [['Content-Type', type]],
      body: Buffer.from(body, /latin1/.test(type) ? 'latin1' : 'utf8'),
      ms: 1,
    },
  };
  return xmlBody.check(exchange).map(({ received }) => received);
}

const HOME = '<home><room>1</room></home>';

describe('says nothing about', () => {
  test.each([
    ['what fits', `<pet id="7"><called>Rex</called>${HOME}</pet>`],
    ['namespaces', `<x:pet xmlns:x="urn:x" id="7"><x:called>Rex</x:called>${HOME}</x:pet>`],
    ['null and what may be null', `<pet id="7"><called>Rex</called><nick/>${HOME}</pet>`],
    ['xsi:nil', `<pet id="7"><called xsi:nil="true"/>${HOME}</pet>`],
    ['elements that no property names', `<pet id="7"><called>Rex</called>${HOME}<more/></pet>`],
    [
      'the items of lists that fit',
      `<pet id="7"><called>Rex</called>${HOME}<tags>a</tags><tags>b</tags></pet>`,
    ],
    ['lists in an element', `<pet id="7"><called>Rex</called>${HOME}<teeth><tooth>1</tooth></teeth></pet>`],
    ['choices', `<pet id="7"><called>Rex</called>${HOME}<either><a>x</a></either></pet>`],
    ['spaces of a printer', `<pet id="7">\n <called> Rex </called>${HOME}<born>\n2024-02-29\n</born></pet>`],
  ])('%s', (_name, body) => {
    expect(found(body)).toEqual([]);
  });

  test('lists at the root, and an encoding that only the XML names', () => {
    expect(found('<Pets><pet/></Pets>', '/list')).toEqual([]);
    expect(found('<?xml version="1.0" encoding="utf-16"?><', '/pet')).toEqual([]);
    expect(found('<pet', '/pet', 'application/xml; charset=utf-16')).toEqual([]);
  });
});

test.each([
  ['<pet>', ['a body that is not XML: <pet> that is not closed (line 1, column 6)']],
  ['<dog/>', ['the root element <dog>']],
  [`<pet><called>Rex</called>${HOME}</pet>`, ['nothing at /@id']],
  [`<pet id="x"><called>Rex</called>${HOME}</pet>`, ['/@id: "x"']],
  [`<pet id="1"><called>Alexander</called>${HOME}</pet>`, ['/called: "Alexander"']],
  [`<pet id="1"><called>Rex</called>${HOME}<tags>a</tags><tags>long</tags></pet>`, ['/tags: "long"']],
  [
    `<pet id="1"><called>Rex</called>${HOME}<teeth><tooth>1</tooth><tooth>x</tooth></teeth></pet>`,
    ['/teeth/tooth: "x"'],
  ],
  [`<pet id="1">${HOME}</pet>`, ['nothing at /called']],
  ['<pet id="1"><called>Rex</called><home><room>a</room></home></pet>', ['/home/room: "a"']],
  [`<pet id="1"><called>Rex</called>${HOME}<born>29.2.2024</born></pet>`, ['/born: "29.2.2024"']],
])('%s', (body, expected) => {
  expect(found(body)).toEqual(expected);
});
