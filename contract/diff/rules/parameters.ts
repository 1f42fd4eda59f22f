/** Rules about parameters. A parameter is known by its place and name, in a path by its position. */
import { parsePathTemplate } from '../../http/path-template.ts';
import type { Operation, Parameter } from '../../model.ts';
import { type DiffRule, withOperation } from '../rule.ts';
import type { Collector, Spot } from '../spot.ts';

const NONE = withOperation('');
const sample = (members: string): string =>
  withOperation(`parameters: [{ name: limit, in: query, ${members}schema: { type: integer } }]`);
const list = (members: string): string =>
  withOperation(
    `parameters: [{ name: ids, in: query, ${members}schema: { type: array, items: { type: string } } }]`,
  );

export const parameterRemoved: DiffRule = {
  name: 'parameter-removed',
  severity: 'breaking',
  title: 'A parameter is gone.',
  why: 'Clients that send it are refused, or not heard any more.',
  before: sample(''),
  after: NONE,
};

export const requiredParameterAdded: DiffRule = {
  name: 'required-parameter-added',
  severity: 'breaking',
  title: 'A required parameter is new.',
  why: 'Clients that do not send it are refused.',
  before: NONE,
  after: sample('required: true, '),
};

export const parameterAdded: DiffRule = {
  name: 'parameter-added',
  severity: 'safe',
  title: 'An optional parameter is new.',
  why: 'Clients that do not send it are taken as before.',
  before: NONE,
  after: sample(''),
};

export const parameterBecameRequired: DiffRule = {
  name: 'parameter-became-required',
  severity: 'breaking',
  title: 'A parameter must be sent.',
  why: 'Clients that do not send it are refused.',
  before: sample(''),
  after: sample('required: true, '),
};

export const parameterBecameOptional: DiffRule = {
  name: 'parameter-became-optional',
  severity: 'safe',
  title: 'A parameter may be left out.',
  why: 'Clients that send it are taken as before.',
  before: sample('required: true, '),
  after: sample(''),
};

export const parameterStyleChanged: DiffRule = {
  name: 'parameter-style-changed',
  severity: 'breaking',
  title: 'A parameter is written in another way: `style`, `explode`, or as a document.',
  why: 'What clients send is read as something else.',
  before: list('explode: true, '),
  after: list('explode: false, '),
};

export const parameterEmptyRefused: DiffRule = {
  name: 'parameter-empty-refused',
  severity: 'breaking',
  title: 'A parameter may not be sent empty any more, or reserved characters must be encoded.',
  why: 'Clients that send it so are refused.',
  before: sample('allowEmptyValue: true, '),
  after: sample(''),
};

export const parameterEmptyAllowed: DiffRule = {
  name: 'parameter-empty-allowed',
  severity: 'safe',
  title: 'A parameter may be sent empty, or with reserved characters.',
  why: 'Clients that do not are taken as before.',
  before: sample(''),
  after: sample('allowEmptyValue: true, '),
};

export const parameterDeprecated: DiffRule = {
  name: 'parameter-deprecated',
  severity: 'safe',
  title: 'A parameter is deprecated, or is not any more.',
  why: 'Nothing changes for clients yet.',
  before: sample(''),
  after: sample('deprecated: true, '),
};

export const PARAMETER_RULES: readonly DiffRule[] = [
  parameterRemoved,
  requiredParameterAdded,
  parameterAdded,
  parameterBecameRequired,
  parameterBecameOptional,
  parameterStyleChanged,
  parameterEmptyRefused,
  parameterEmptyAllowed,
  parameterDeprecated,
];

/** The parameters of an operation in both documents. */
export function compareParameters(old: Operation, now: Operation, spot: Spot, collector: Collector): void {
  const { report } = collector;
  const [before, after] = [byKey(old), byKey(now)];
  for (const [key, parameter] of before) {
    const other = after.get(key);
    const place = { ...spot, part: called(parameter) };
    if (other !== undefined) compareParameter(parameter, other, place, collector);
    else report(parameterRemoved, place, 'the parameter is gone', parameter.source, now.source);
  }
  for (const [key, parameter] of after) {
    if (before.has(key)) continue;
    const place = { ...spot, part: called(parameter) };
    if (parameter.required)
      report(requiredParameterAdded, place, 'the required parameter is new', old.source, parameter.source);
    else report(parameterAdded, place, 'the parameter is new', old.source, parameter.source);
  }
}

/** Headers without regard to case; variables of a path by their position, since their names do not travel. */
function byKey({ parameters, path }: Operation): ReadonlyMap<string, Parameter> {
  const { names } = parsePathTemplate(path);
  return new Map(
    parameters.map(parameter => {
      const { name, in: location } = parameter;
      const position = location === 'path' ? names.indexOf(name) : -1;
      const known = location === 'header' ? name.toLowerCase() : position === -1 ? name : position;
      return [`${location} ${known}`, parameter];
    }),
  );
}

function called({ name, in: location }: Parameter): string {
  return `${location} parameter "${name}"`;
}

function compareParameter(old: Parameter, now: Parameter, spot: Spot, collector: Collector): void {
  const { report, schemas } = collector;
  const places = { before: old.source, after: now.source };
  const tell = (rule: DiffRule, message: string): void => report(rule, spot, message, old.source, now.source);
  if (now.required && !old.required) tell(parameterBecameRequired, 'the parameter is required now');
  if (old.required && !now.required) tell(parameterBecameOptional, 'the parameter is optional now');
  const [style, other] = [styleOf(old), styleOf(now)];
  if (style !== other) tell(parameterStyleChanged, `the form ${style} became ${other}`);
  compareFlag(old.allowEmptyValue, now.allowEmptyValue, 'empty values', tell);
  compareFlag(old.allowReserved, now.allowReserved, 'reserved characters', tell);
  if (old.deprecated !== now.deprecated)
    tell(
      parameterDeprecated,
      `the parameter is ${now.deprecated ? 'deprecated now' : 'not deprecated any more'}`,
    );
  schemas('request', spot, old.schema ?? old.content?.schema, now.schema ?? now.content?.schema, places);
}

function compareFlag(
  old: boolean,
  now: boolean,
  what: string,
  tell: (rule: DiffRule, message: string) => void,
): void {
  if (old && !now) tell(parameterEmptyRefused, `${what} are not allowed any more`);
  if (now && !old) tell(parameterEmptyAllowed, `${what} are allowed now`);
}

/** How the value is written. What is no list and no object looks the same exploded or not. */
function styleOf({ content, style, explode, schema }: Parameter): string {
  if (content !== undefined) return content.mediaType;
  const plain = schema?.types?.every(type => type !== 'array' && type !== 'object') === true;
  return plain ? style : `${style}${explode ? ', exploded' : ''}`;
}
