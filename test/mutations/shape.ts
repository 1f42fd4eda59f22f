/**
 * What values may be, said rule by rule so that each rule has a name under which it can be left out. This is the
 * validation of the suite's own servers, by hand: it reads no schema.
 */

/** Refuses the request unless the rule holds or is not enforced. */
export type Must = (rule: string, holds: boolean) => void;

export type Shape = (value: unknown, at: string, must: Must) => void;

interface TextLimits {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly format?: keyof typeof FORMATS;
  readonly oneOf?: readonly string[];
}

export function text({ min, max, pattern, format, oneOf }: TextLimits = {}): Shape {
  return (value, at, must) => {
    must(`${at} type`, typeof value === 'string');
    if (typeof value !== 'string') return;
    const length = [...value].length;
    if (min !== undefined) must(`${at} minLength`, length >= min);
    if (max !== undefined) must(`${at} maxLength`, length <= max);
    if (pattern !== undefined) must(`${at} pattern`, pattern.test(value));
    if (format !== undefined) must(`${at} format`, FORMATS[format](value));
    if (oneOf !== undefined) must(`${at} enum`, oneOf.includes(value));
  };
}

interface NumberLimits {
  readonly min?: number;
  readonly max?: number;
  /** Exclusive. */
  readonly above?: number;
  /** Exclusive. */
  readonly below?: number;
  readonly step?: number;
}

export function number(limits: NumberLimits = {}): Shape {
  return (value, at, must) => {
    must(`${at} type`, typeof value === 'number');
    if (typeof value === 'number') bounds(limits, value, at, must);
  };
}

export function integer(limits: NumberLimits = {}): Shape {
  return (value, at, must) => {
    must(`${at} type`, typeof value === 'number' && Number.isInteger(value));
    if (typeof value === 'number') bounds(limits, value, at, must);
  };
}

function bounds({ min, max, above, below, step }: NumberLimits, value: number, at: string, must: Must): void {
  if (min !== undefined) must(`${at} minimum`, value >= min);
  if (max !== undefined) must(`${at} maximum`, value <= max);
  if (above !== undefined) must(`${at} exclusiveMinimum`, value > above);
  if (below !== undefined) must(`${at} exclusiveMaximum`, value < below);
  if (step !== undefined) must(`${at} multipleOf`, Number.isInteger(value / step));
}

export const truth: Shape = (value, at, must) => must(`${at} type`, typeof value === 'boolean');

export function nullable(shape: Shape): Shape {
  return (value, at, must) => {
    if (value !== null) shape(value, at, must);
  };
}

interface ListLimits {
  readonly min?: number;
  readonly max?: number;
  readonly unique?: boolean;
}

export function list(item: Shape, { min, max, unique }: ListLimits = {}): Shape {
  return (value, at, must) => {
    must(`${at} type`, Array.isArray(value));
    if (!Array.isArray(value)) return;
    if (min !== undefined) must(`${at} minItems`, value.length >= min);
    if (max !== undefined) must(`${at} maxItems`, value.length <= max);
    if (unique === true)
      must(`${at} uniqueItems`, new Set(value.map(one => JSON.stringify(one))).size === value.length);
    for (const one of value) item(one, `${at} item`, must);
  };
}

interface RecordLimits {
  readonly required?: readonly string[];
  /** Taken and dropped, because only the server may set them. */
  readonly ignored?: readonly string[];
  /** Anything else may stand there too. */
  readonly open?: boolean;
  readonly min?: number;
}

export function record(
  members: Readonly<Record<string, Shape>>,
  { required = [], ignored = [], open = false, min }: RecordLimits = {},
): Shape {
  return (value, at, must) => {
    must(`${at} type`, isRecord(value));
    if (!isRecord(value)) return;
    const prefix = at === 'body' ? '' : `${at} `;
    for (const name of required) must(`${prefix}${name} required`, Object.hasOwn(value, name));
    if (min !== undefined) must(`${at} minProperties`, Object.keys(value).length >= min);
    for (const [name, member] of Object.entries(value)) {
      const shape = Object.hasOwn(members, name) ? members[name] : undefined;
      if (shape !== undefined) shape(member, `${prefix}${name}`, must);
      else if (!open && !ignored.includes(name)) must(`${at} additionalProperties`, false);
    }
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

function isDate(value: string): boolean {
  const [, year, month, day] = DATE.exec(value) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  date.setUTCFullYear(Number(year));
  return date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
}

const FORMATS: Readonly<Record<'date' | 'date-time' | 'uuid' | 'email' | 'uri', (value: string) => boolean>> =
  {
    date: isDate,
    'date-time': value => {
      const [date = '', time = ''] = value.split(/[Tt]/);
      return (
        isDate(date) &&
        /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(time)
      );
    },
    uuid: value => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
    email: value =>
      /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)*$/i.test(
        value,
      ),
    uri: value => /^[a-z][a-z\d+.-]*:[\w\-.~:/?#@!$&'()*+,;=%[\]]*$/i.test(value),
  };
