/** Section 3.4 against Java and commons-lang 2.6: `recorded/record.fixture.ts` says how they were asked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ValueFault } from '../meter.ts';
import { base64Decode, base64Encode } from './base64.ts';
import { escapeJavaScript } from './escape-java-script.ts';
import { formDecode, formEncode } from './form-encoding.ts';

const ACTS: Readonly<Record<string, (text: string) => string>> = {
  escapeJavaScript,
  urlEncode: formEncode,
  urlDecode: formDecode,
  base64Encode,
  base64Decode,
};

/** Where we differ, each with its reason. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  '%ED%A0%80': 'half of a pair in UTF-8: one U+FFFD in Java, one a byte in every decoder of the Web',
  '%+1': 'a sign is read as part of the digits by Java 17; we refuse it',
};

test('texts become what Java made of them', () => {
  const recorded = readFileSync(join(import.meta.dirname, 'recorded/java-17.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Readonly<Record<string, string>>);
  const unlike = recorded.flatMap(({ act = '', text = '', gives }) => {
    let ours: string | undefined;
    try {
      ours = ACTS[act]?.(text);
    } catch (error) {
      if (!(error instanceof ValueFault)) throw error;
    }
    return ours === gives || DIFFERENCES[text] !== undefined ? [] : [{ act, text, gives, ours }];
  });
  expect(unlike).toEqual([]);
  expect(recorded.length).toBeGreaterThan(700);
});
