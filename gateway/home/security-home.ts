/** Who may call: authorizers of an export become schemes of the document, and methods that had none ask for them. */
import { joinPointer } from '../../contract/json/pointer.ts';
import { entriesOf, type Json, own } from '../../contract/json/value.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import { below } from '../../contract/source.ts';
import { type GatewayView, type MethodView, methodKey } from './gateway-view.ts';
import { type Homecoming, whoChanged } from './homecoming.ts';
import { saysTheSame } from './plain-integration.ts';

const AUTHORIZER = 'x-amazon-apigateway-authorizer';
const AUTH_TYPE = 'x-amazon-apigateway-authtype';
const AUTH = 'x-amazon-apigateway-auth';

/** What a scheme of an export is called in the document: its own name, or that of the one that reads the same header. */
export function schemeNames(contract: Contract, { schemes }: GatewayView): (name: string) => string {
  return name => {
    if (contract.securitySchemes.has(name)) return name;
    const theirs = schemes.get(name)?.json;
    if (own(theirs, AUTHORIZER) !== undefined) return name;
    const header = String(own(theirs, 'name')).toLowerCase();
    const twin = [...contract.securitySchemes.values()].find(
      scheme =>
        scheme.kind === 'apiKey' &&
        scheme.in === own(theirs, 'in') &&
        scheme.parameter.toLowerCase() === header,
    );
    return twin?.name ?? name;
  };
}

export function bringSchemes(home: Homecoming, nameOf: (name: string) => string): void {
  const { contract, theirs, drafts, parts } = home;
  const operations = new Map(contract.operations.map(one => [methodKey(one.method, one.path), one]));
  const used = new Set(
    [...theirs.methods.values()].flatMap(method => askedBy(home, operations.get(method.key), method)),
  );
  for (const [name, { json, pointer }] of theirs.schemes) {
    const ours = contract.securitySchemes.get(nameOf(name));
    const authorizer = own(json, AUTHORIZER);
    if (ours === undefined) {
      if (authorizer === undefined && !used.has(name)) continue;
      if (drafts.put(contract.source, [...parts.schemeKeys, name], json))
        home.arrive(`authorizer ${name}`, pointer);
      continue;
    }
    if (authorizer === undefined) continue;
    const mine = ours.extensions.get(AUTHORIZER);
    const was = own(home.base.schemes.get(name)?.json, AUTHORIZER);
    const who = whoChanged(
      { base: plain(was ?? mine), now: plain(mine), theirs: plainAuthorizer(authorizer) },
      saysTheSame,
    );
    if (who === 'nobody') continue;
    const here = mine === undefined ? ours.source : below(ours.source, AUTHORIZER);
    const type = own(json, AUTH_TYPE);
    const put =
      who === 'there' &&
      drafts.put(ours.source, [AUTHORIZER], authorizer) &&
      (type === undefined || ours.extensions.has(AUTH_TYPE) || drafts.put(ours.source, [AUTH_TYPE], type));
    if (put) home.arrive(`authorizer ${name}`, joinPointer(pointer, AUTHORIZER));
    else
      home.clash(
        `The authorizer ${name} was changed on both sides.`,
        here,
        joinPointer(pointer, AUTHORIZER),
        'Decide for one of them, and write it into the document.',
      );
  }
}

/** Called for operations that the document has; what it asks for already is not taken for less. */
export function bringSecurity(home: Homecoming, operation: Operation, theirs: MethodView): void {
  const nameOf = schemeNames(home.contract, home.theirs);
  const asked = new Set(askedBy(home, operation, theirs));
  const before = home.base.methods.get(theirs.key);
  const was = new Set(before?.security.flatMap(one => Object.keys(one)));
  if (asked.size === 0 || (was.size === asked.size && was.isSubsetOf(asked))) return;
  const ours = new Set(operation.security.flatMap(schemes => schemes.map(({ name }) => name)));
  if ([...asked].every(name => ours.has(nameOf(name)))) return;
  const at = joinPointer(theirs.pointer, 'security');
  const open = operation.security.length === 0 || operation.security.every(schemes => schemes.length === 0);
  if (open && home.drafts.put(operation.source, ['security'], home.parts.security(theirs.security))) {
    home.arrive(`${operation.key}: security ${[...asked].join(', ')}`, at);
    return;
  }
  home.clash(
    `${operation.key} asks for ${[...asked].join(' and ')} there, and for ${[...ours].join(' or ')} in the document.`,
    operation.source,
    at,
    'Give the schemes the same names, or change one side.',
  );
}

/** The schemes that a method asks for, but for IAM where the operation says that in its own words. */
function askedBy(
  { theirs: { schemes } }: Homecoming,
  operation: Operation | undefined,
  { security }: MethodView,
): readonly string[] {
  const auth = String(own(operation?.extensions.get(AUTH), 'type')).toUpperCase();
  return security
    .flatMap(one => Object.keys(one))
    .filter(name => auth !== 'AWS_IAM' || !isIam(name, schemes.get(name)?.json));
}

/** Exports without extensions have nothing of it but the name that the service gave it. */
function isIam(name: string, scheme: Json | undefined): boolean {
  const type = own(scheme, AUTH_TYPE);
  return type === undefined ? /^sigv4/.test(name) : String(type).toLowerCase() === 'awssigv4';
}

function plain(authorizer: Json | undefined): Json | undefined {
  return authorizer === undefined ? undefined : plainAuthorizer(authorizer);
}

/** What exports leave out at its default, and the header that the scheme names already, say nothing. */
function plainAuthorizer(authorizer: Json): Json {
  return Object.fromEntries(
    entriesOf(authorizer).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
      if (key === 'authorizerResultTtlInSeconds' && String(value) === '300') return [];
      if (key === 'identitySource' && /^method\.request\.header\.[^,]+$/.test(String(value))) return [];
      return [[key, key === 'type' ? String(value).toLowerCase() : value]];
    }),
  );
}
