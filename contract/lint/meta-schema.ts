/**
 * The document against the specification's own JSON Schema, by swagger-parser. It gets a copy in which everything
 * that people rightly write and the schema does not know has been put out of its way; what it then refuses is made
 * into problems, without the noise that failed alternatives bring.
 *
 * Parts in other files are not looked at here: the schema describes whole documents.
 */

import { isIntrinsic } from '../build/context.ts';
import { escapeToken, pointerTokens } from '../json/pointer.ts';
import { isArray, isObject, type Json, own, setOwn } from '../json/value.ts';
import type { Dialect } from '../model.ts';
import type { Problem } from '../problem.ts';
import { alternativeAt } from './alternatives.ts';
import { type Place, placeBelow } from './raw-walk.ts';
import type { Survey } from './survey.ts';

/** As ajv reports. */
interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}

/** What the specification's schema refuses and nobody else has said yet. */
export async function metaSchemaProblems(
  survey: Survey,
  known: readonly Problem[],
): Promise<readonly Problem[]> {
  const { contract } = survey;
  const errors = await schemaErrors(presentable(contract.raw, contract.dialect));
  const spoken = placesOf(known);
  const problems: Problem[] = [];
  if (['paths', 'webhooks', 'components'].every(key => own(contract.raw, key) === undefined)) {
    const fix = 'Write the paths of the API under "paths:".';
    const message = 'The document has none of "paths", "webhooks" and "components".';
    problems.push({ rule: 'document-structure', severity: 'error', message, fix, source: contract.source });
  }
  for (const { pointer, message, fix } of sentences(errors, survey)) {
    if (alreadyTold(pointer, spoken)) continue;
    problems.push({
      rule: 'document-structure',
      severity: 'error',
      message,
      fix,
      source: { ...contract.source, pointer },
    });
  }
  return problems;
}

async function schemaErrors(copy: Json): Promise<readonly SchemaError[]> {
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
  const options = {
    resolve: { external: false },
    // References are settled already; writing them out would blow up a large document.
    dereference: { circular: 'ignore', excludedPathMatcher: () => true },
    validate: { schema: true, spec: false },
  };
  try {
    await new SwaggerParser().validate('document.json', copy as never, options as never);
    return [];
  } catch (error) {
    const { details } = error as { readonly details?: readonly SchemaError[] };
    if (details !== undefined) return details;
    throw error;
  }
}

const VERSIONS: Readonly<Record<Dialect, readonly [string, string]>> = {
  '2.0': ['swagger', '2.0'],
  '3.0': ['openapi', '3.0.4'],
  '3.1': ['openapi', '3.1.2'],
  // The parser knows no 3.2; what 3.2 adds is taken out of the copy or forgiven below.
  '3.2': ['openapi', '3.1.2'],
};

/** The copy: data and extensions emptied, intrinsics as texts, numbers as doubles, a version and an info it accepts. */
function presentable(raw: Json, dialect: Dialect): Json {
  const copies = new Map<Json, Json>();
  const copy = (value: Json, place: Place): Json => {
    if (typeof value === 'bigint') return Number(value);
    if (typeof value !== 'object' || value === null) return value;
    if (isIntrinsic(value)) return 'intrinsic';
    const known = place === 'object' ? copies.get(value) : undefined;
    if (known !== undefined) return known;
    const made: Json = isArray(value)
      ? value.map(item => copy(item, place === 'names' ? 'object' : place))
      : copyObject(value as Readonly<Record<string, Json>>, place);
    if (place === 'object') copies.set(value, made);
    return made;
  };
  const copyObject = (value: Readonly<Record<string, Json>>, place: Place): Json => {
    const ref = place === 'object' ? own(value, '$ref') : undefined;
    if (typeof ref === 'string') return { $ref: ref };
    const object: Record<string, Json> = {};
    for (const key of Object.keys(value)) {
      const item = value[key] as Json;
      if (place === 'object') {
        if (key.startsWith('x-') || key.startsWith('Fn::') || (dialect === '3.2' && SINCE_3_2.has(key)))
          continue;
        // In data, a `$ref` is a word like any other.
        if (placeBelow(key) === 'data') {
          setOwn(object, key, isArray(item) ? item.map(emptied) : emptied(item));
          continue;
        }
      }
      if (place === 'object' && dialect === '3.2' && key === 'style' && item === 'cookie') continue;
      if (place === 'object' && dialect === '3.2' && key === 'in' && item === 'querystring') {
        setOwn(object, key, 'query');
        continue;
      }
      setOwn(object, key, copy(item, place === 'names' ? 'object' : placeBelow(key)));
    }
    return object;
  };
  const [word, version] = VERSIONS[dialect];
  const whole = copy(raw, 'object') as Record<string, Json>;
  const info = own(whole, 'info');
  const { openapi: _openapi, swagger: _swagger, ...rest } = whole;
  return {
    [word]: version,
    paths: {},
    ...rest,
    info:
      isObject(info) || info === undefined
        ? { ...(info as object), title: 'title', version: 'version' }
        : info,
  };
}

function emptied(value: Json): Json {
  return typeof value === 'object' && value !== null ? {} : typeof value === 'bigint' ? Number(value) : value;
}

/** Members that 3.2 adds and whose presence would be refused. */
const SINCE_3_2 = new Set([
  ...['$self', 'query', 'additionalOperations', 'mediaTypes', 'itemSchema', 'prefixEncoding', 'itemEncoding'],
  ...['dataValue', 'serializedValue', 'deviceAuthorization', 'oauth2MetadataUrl'],
]);
/** The same, for names that mean something elsewhere. */
const FORGIVEN_IN_3_2 = new Set([
  'encoding',
  'name',
  'parent',
  'kind',
  'summary',
  'deprecated',
  'description',
  'deviceAuthorizationUrl',
]);

interface Sentence {
  readonly pointer: string;
  readonly message: string;
  readonly fix: string;
}

/** Rules of ours say the same, and better. */
const OURS =
  /ExampleXORExamples|SchemaXORContent|ParameterLocation|styles-for-|#\/\$defs\/parameter\/oneOf|\$defs\/examples/;
/** They only repeat that something inside them failed. */
const COMBINING = new Set([
  'if',
  'oneOf',
  'anyOf',
  'allOf',
  'not',
  'dependentSchemas',
  '$ref',
  'false schema',
]);

function sentences(errors: readonly SchemaError[], survey: Survey): readonly Sentence[] {
  const { contract } = survey;
  const at = (pointer: string): Json | undefined => survey.rawAt({ ...contract.source, pointer });
  const telling = errors.filter(
    error => !OURS.test(error.schemaPath) && !isOtherAlternative(error, contract.dialect, at),
  );
  const concrete = telling.filter(error => !COMBINING.has(error.keyword));
  const depths = deepest(concrete);
  const found = new Map<string, Sentence>();
  for (const error of concrete) {
    const { instancePath, keyword, params } = error;
    if (depths.has(instancePath)) continue;
    // Members count as unknown as soon as the part that knows them has failed for another reason.
    if (
      keyword === 'unevaluatedProperties' &&
      concrete.some(other => other.keyword !== keyword && other.instancePath === instancePath)
    )
      continue;
    if (isIntrinsic(at(instancePath))) continue;
    if (contract.dialect === '3.2' && forgiven(error)) continue;
    const sentence = describe(error, concrete, at);
    const extra = params['additionalProperty'] ?? params['unevaluatedProperty'];
    const pointer = typeof extra === 'string' ? `${instancePath}/${escapeToken(extra)}` : instancePath;
    const key = `${pointer} ${sentence.message}`;
    if (!found.has(key)) found.set(key, { pointer, ...sentence });
  }
  // Only alternatives failed, and none of them said why.
  for (const { instancePath } of telling) {
    if (concrete.some(other => within(other.instancePath, instancePath))) continue;
    if (
      [...found.values()].some(other => within(other.pointer, instancePath)) ||
      isIntrinsic(at(instancePath))
    )
      continue;
    found.set(instancePath, {
      pointer: instancePath,
      message: `What stands here has none of the forms that OpenAPI ${contract.dialect} allows at this place.`,
      fix: 'Compare it with the specification.',
    });
  }
  return [...found.values()];
}

/**
 * A complaint in the name of an alternative that was not meant: a Reference Object where no `$ref` is written, another
 * kind of parameter or security scheme.
 */
function isOtherAlternative(
  { instancePath, keyword, params }: SchemaError,
  dialect: Dialect,
  at: (pointer: string) => Json | undefined,
): boolean {
  // The schema of 3.1 forgets that a path item may be a reference.
  if (params['missingProperty'] === '$ref' || params['unevaluatedProperty'] === '$ref') return true;
  const here = alternativeAt(instancePath, at(instancePath), dialect);
  if (here !== undefined) {
    if (keyword === 'required') return !here.required.includes(String(params['missingProperty']));
    return keyword === 'additionalProperties' && here.allowed.includes(String(params['additionalProperty']));
  }
  const owner = parentOf(instancePath);
  const above = keyword === 'enum' ? alternativeAt(owner, at(owner), dialect) : undefined;
  if (above === undefined) return false;
  const word = instancePath.slice(owner.length + 1);
  const { types } = above;
  if (word !== 'type' || types === undefined)
    return word === 'in' || word === 'type' || word === 'flow' || word === 'scheme';
  return (
    (params['allowedValues'] as readonly unknown[]).length !== types.length ||
    types.includes(String(at(instancePath)))
  );
}

/** The places above a failed place: there it is only repeated. */
function deepest(errors: readonly SchemaError[]): ReadonlySet<string> {
  const above = new Set<string>();
  for (const { instancePath, keyword } of errors) {
    if (keyword === 'unevaluatedProperties' || keyword === 'additionalProperties') continue;
    for (let end = instancePath.lastIndexOf('/'); end > 0; end = instancePath.lastIndexOf('/', end - 1)) {
      above.add(instancePath.slice(0, end));
    }
  }
  const plain = new Set(
    errors
      .filter(({ keyword }) => keyword === 'required' || keyword === 'type')
      .map(error => error.instancePath),
  );
  return new Set([...above].filter(place => !plain.has(place)));
}

function within(pointer: string, ancestor: string): boolean {
  return pointer === ancestor || pointer.startsWith(`${ancestor}/`);
}

function forgiven({ keyword, params, instancePath }: SchemaError): boolean {
  const name = params['unevaluatedProperty'] ?? params['missingProperty'];
  if (keyword === 'unevaluatedProperties' || keyword === 'required') return FORGIVEN_IN_3_2.has(String(name));
  return /\/(in|style)$/.test(instancePath);
}

function describe(
  { instancePath, keyword, params, message = 'is not allowed' }: SchemaError,
  all: readonly SchemaError[],
  at: (pointer: string) => Json | undefined,
): { readonly message: string; readonly fix: string } {
  const place = instancePath === '' ? 'The document' : `"${pointerTokens(instancePath).at(-1) ?? ''}"`;
  switch (keyword) {
    case 'required': {
      const alternatives = all.filter(
        other =>
          other.keyword === 'required' &&
          other.instancePath === instancePath &&
          /\/(oneOf|anyOf)\/\d+\/required$/.test(other.schemaPath),
      );
      const names = [...new Set(alternatives.map(other => String(other.params['missingProperty'])))];
      const missing = String(params['missingProperty']);
      if (names.length > 1 && names.includes(missing)) {
        const list = names.map(name => `"${name}"`).join(' or ');
        return { message: `${place} needs ${list}.`, fix: `Write ${list}.` };
      }
      return {
        message: `${place} has no "${missing}", which OpenAPI requires here.`,
        fix: `Write "${missing}".`,
      };
    }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const extra = String(params['additionalProperty'] ?? params['unevaluatedProperty']);
      return {
        message: `OpenAPI has no "${extra}" at this place.`,
        fix: 'Correct the name or remove the member; extensions start with "x-".',
      };
    }
    case 'type':
      return {
        message: `${place} must be ${article(String(params['type']))}.`,
        fix: at(instancePath) === null ? 'Write a value, or remove the key.' : 'Write it in that form.',
      };
    case 'enum': {
      const list = (params['allowedValues'] as readonly unknown[])
        .map(value => JSON.stringify(value))
        .join(', ');
      return { message: `${place} must be one of ${list}.`, fix: 'Write one of them.' };
    }
    case 'const':
      return { message: `${place} must be ${JSON.stringify(params['allowedValue'])}.`, fix: 'Write that.' };
    default:
      return { message: `${place} ${message}.`, fix: 'Compare it with the specification.' };
  }
}

function article(type: string): string {
  const names = type
    .split(',')
    .map(name => (name === 'object' || name === 'array' || name === 'integer' ? `an ${name}` : `a ${name}`));
  return names.join(' or ');
}

/** Rules about the form of things; where one of them has spoken, the schema has nothing to add. */
const ABOUT_FORM = new Set([
  ...['schema-keyword', 'schema-keyword-version', 'security-scheme', 'response-status', 'responses-missing'],
  ...[
    'parameter-form',
    'parameter-style',
    'parameter-value',
    'path-parameter-optional',
    'path-template',
    'example-both',
  ],
  ...['server-variable', 'schema-nothing', 'info-incomplete', 'security-form'],
]);

interface Spoken {
  readonly places: ReadonlySet<string>;
  readonly parents: ReadonlySet<string>;
}

function placesOf(known: readonly Problem[]): Spoken {
  const places = new Set(
    known.filter(({ rule }) => ABOUT_FORM.has(rule)).map(({ source }) => source.pointer),
  );
  return { places, parents: new Set([...places].map(parentOf)) };
}

function alreadyTold(pointer: string, { places, parents }: Spoken): boolean {
  return places.has(pointer) || parents.has(pointer) || places.has(parentOf(pointer));
}

function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(0, pointer.lastIndexOf('/')));
}
