/** `$util` (apigateway.md 3.4): six functions, and no others. */
import { type Meter, ValueFault } from '../meter.ts';
import { fromJson } from '../value-json.ts';
import { textOf } from '../value-text.ts';
import { type HostMethod, HostObject, type Value } from '../values.ts';
import { base64Decode, base64Encode } from './base64.ts';
import { escapeJavaScript } from './escape-java-script.ts';
import { formDecode, formEncode } from './form-encoding.ts';

/** `$util`, which has no state and is the same for all templates. */
export function utilVariable(): HostObject {
  /** What is no text is taken as its text; null gives what `absent` says. */
  const onText =
    (act: (text: string) => string, absent: string): HostMethod =>
    (args, meter) => {
      const [value] = args;
      if (value === undefined || args.length > 1) return undefined;
      if (value === null) return absent;
      const text = textOf(value, meter);
      meter.spendText(text.length);
      return act(text);
    };
  return new HostObject('util', {
    methods: {
      escapeJavaScript: onText(escapeJavaScript, 'null'),
      urlEncode: onText(formEncode, ''),
      urlDecode: onText(formDecode, ''),
      base64Encode: onText(base64Encode, ''),
      base64Decode: onText(base64Decode, ''),
      parseJson,
    },
  });
}

/** Scalars and arrays too. @throws ValueFault on a text that is no JSON. */
function parseJson(args: readonly Value[], meter: Meter): Value | undefined {
  const [text] = args;
  if (args.length !== 1 || (typeof text !== 'string' && text !== null)) return undefined;
  if (text === null) return null;
  meter.spendText(text.length);
  const read = fromJson(text);
  if ('value' in read) return read.value;
  const { line, column, message } = read.error;
  throw new ValueFault(`parseJson was given what is no JSON: ${message} (at ${line}:${column})`);
}
