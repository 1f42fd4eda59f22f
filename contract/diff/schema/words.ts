/** How kinds and values are called in a message. Cut short where documents write much. */
import { stringifyJson } from '../../json/stringify.ts';
import type { Json } from '../../json/value.ts';
import { ATOMS, type Atom } from './conjunction.ts';

const MOST_SHOWN = 60;
const MOST_VALUES = 8;

/** `string or null`; a number is what may be both an integer and a fraction. */
export function kindsInWords(atoms: ReadonlySet<Atom>): string {
  if (atoms.size === 0) return 'nothing';
  if (atoms.size === ATOMS.length) return 'anything';
  const number = atoms.has('integer') && atoms.has('fraction');
  const names = ATOMS.filter(atom => atoms.has(atom) && !(number && atom === 'integer')).map(atom =>
    number && atom === 'fraction' ? 'number' : atom,
  );
  const ordered = [...names.filter(name => name !== 'null'), ...names.filter(name => name === 'null')];
  return ordered.join(' or ');
}

/** A value as JSON, no longer than a message can bear. */
export function valueInWords(value: Json | undefined): string {
  if (value === undefined) return 'none';
  const text = stringifyJson(value);
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}

/** `"a", "b" and 3 more`. */
export function valuesInWords(values: readonly Json[]): string {
  const shown = values.slice(0, MOST_VALUES).map(valueInWords).join(', ');
  return values.length > MOST_VALUES ? `${shown} and ${values.length - MOST_VALUES} more` : shown;
}
