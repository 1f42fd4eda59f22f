import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringifyJson } from '../../contract/json/stringify.ts';
import type { Contract } from '../../contract/model.ts';
import { contractFromText } from '../../contract/read.ts';
import type { SourceDocument } from '../../contract/source.ts';
import { gatewayDocument } from '../document/gateway-document.ts';
import { AwsError } from '../local/control/aws-error.ts';
import { filledCorpusText } from '../local/export/corpus.fixture.ts';
import type { ExportType, Extension } from '../local/export/export-view.ts';
import { apiDocuments } from '../local/import/api-documents.fixture.ts';
import { imported } from '../local/import/import.fixture.ts';
import type { Snapshot } from '../local/state/records.ts';
import { bringHome } from './bring-home.ts';
import { ALL, exported } from './export.fixture.ts';

const ROOT = join(import.meta.dirname, '../..');
const FILES = ['specs', 'test/corpus'].flatMap(folder =>
  readdirSync(join(ROOT, folder))
    .filter(name => /\.(ya?ml|json)$/.test(name))
    .map(name => join(folder, name)),
);
const TYPES: readonly ExportType[] = ['swagger', 'oas30'];
const EXTENSIONS: readonly (readonly Extension[])[] = [[], ALL];

/** Undefined for what API Gateway says it cannot export. */
function exportIfAny(
  snapshot: Snapshot,
  type: ExportType,
  extensions: readonly Extension[],
): SourceDocument | undefined {
  try {
    return exported(snapshot, type, extensions);
  } catch (error) {
    if (error instanceof AwsError && /^Only found non-JSON body models/.test(error.message)) return undefined;
    throw error;
  }
}

function contractOf(text: string, file: string): Contract {
  const { contract } = contractFromText(text, { name: file });
  if (contract === undefined) throw new Error(`${file} is no contract`);
  return contract;
}

describe('what was generated, imported, deployed and exported changes nothing at home', () => {
  test.each(FILES)('%s', file => {
    const contract = contractOf(readFileSync(join(ROOT, file), 'utf8'), file);
    // What a deployment fills in is filled in there only; the document keeps its gaps.
    const filled = contractOf(filledCorpusText(relative('test/corpus', file)), file);
    const { document } = gatewayDocument(filled);
    const { snapshot } = imported(stringifyJson(document));
    for (const type of TYPES) {
      for (const extensions of EXTENSIONS) {
        const there = exported(snapshot, type, extensions);
        const { drafts, arrivals, conflicts, remarks } = bringHome(contract, there);
        expect({
          drafts: drafts.length,
          arrivals: arrivals.map(({ what }) => what),
          conflicts: conflicts.map(({ message }) => message),
          remarks: remarks.map(({ message }) => message),
        }).toEqual({ drafts: 0, arrivals: [], conflicts: [], remarks: [] });
      }
    }
  });
});

describe('any document of API Gateway', () => {
  const holds = (text: string, deployed: string): void => {
    const contract = contractOf(text, 'made.json');
    const { snapshot } = imported(deployed);
    for (const type of TYPES) {
      for (const extensions of EXTENSIONS) {
        const there = exportIfAny(snapshot, type, extensions);
        if (there === undefined) continue;
        const { drafts, arrivals, conflicts } = bringHome(contract, there);
        expect({
          drafts: drafts.length,
          arrivals: arrivals.map(({ what }) => what),
          conflicts: conflicts.map(({ message }) => message),
        }).toEqual({ drafts: 0, arrivals: [], conflicts: [] });
      }
    }
  };

  test('changes nothing at home when it was deployed as it is', () => {
    fc.assert(
      fc.property(apiDocuments(), document => {
        const text = JSON.stringify(document);
        holds(text, text);
      }),
      { numRuns: 150 },
    );
  });

  test('changes nothing at home when what is generated of it was deployed', () => {
    fc.assert(
      fc.property(apiDocuments(), document => {
        const text = JSON.stringify(document);
        const generated = gatewayDocument(contractOf(text, 'made.json'), { mockAll: true }).document;
        holds(text, stringifyJson(generated));
      }),
      { numRuns: 100 },
    );
  });
});
