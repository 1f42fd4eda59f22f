/**
 * The places where the specification's schema knows only "one of these": parameters of 2.0 and security schemes of 2.0
 * and 3.0. A validator complains in the name of every alternative; here is which one was meant and what it knows.
 */
import { type Json, own } from '../json/value.ts';
import type { Dialect } from '../model.ts';

export interface Alternative {
  readonly required: readonly string[];
  readonly allowed: readonly string[];
  /** The values of `type`, where that is no word that chooses. */
  readonly types?: readonly string[];
}

/** The alternative that the object at a place is meant to be; undefined where there is nothing to choose. */
export function alternativeAt(
  pointer: string,
  raw: Json | undefined,
  dialect: Dialect,
): Alternative | undefined {
  if (dialect === '2.0' && /\/parameters\/[^/]+$/.test(pointer) && own(raw, 'in') !== undefined) {
    const location = own(raw, 'in');
    if (location === 'body') return BODY;
    return location === 'formData' ? { ...FIELD, types: [...TYPES, 'file'] } : FIELD;
  }
  if (dialect === '2.0' && /^\/securityDefinitions\/[^/]+$/.test(pointer)) {
    const type = own(raw, 'type');
    if (type === 'oauth2') return oauth2(own(raw, 'flow'));
    return type === 'apiKey' ? API_KEY : { required: ['type'], allowed: ['type', 'description'] };
  }
  if (dialect === '3.0' && /^\/components\/securitySchemes\/[^/]+$/.test(pointer)) {
    switch (own(raw, 'type')) {
      case 'apiKey':
        return API_KEY;
      case 'oauth2':
        return { required: ['flows'], allowed: ['type', 'flows', 'description'] };
      case 'openIdConnect':
        return { required: ['openIdConnectUrl'], allowed: ['type', 'openIdConnectUrl', 'description'] };
      default:
        return { required: ['type', 'scheme'], allowed: ['type', 'scheme', 'bearerFormat', 'description'] };
    }
  }
  return undefined;
}

const BODY: Alternative = {
  required: ['name', 'in', 'schema'],
  allowed: ['name', 'in', 'description', 'required', 'schema'],
};
const TYPES: readonly string[] = ['string', 'number', 'boolean', 'integer', 'array'];
const FIELD: Alternative = {
  required: ['name', 'in', 'type'],
  allowed: [
    ...[
      'name',
      'in',
      'description',
      'required',
      'type',
      'format',
      'items',
      'collectionFormat',
      'default',
      'enum',
    ],
    ...[
      'maximum',
      'exclusiveMaximum',
      'minimum',
      'exclusiveMinimum',
      'maxLength',
      'minLength',
      'pattern',
      'maxItems',
    ],
    ...['minItems', 'uniqueItems', 'multipleOf', 'allowEmptyValue'],
  ],
  types: TYPES,
};
const API_KEY: Alternative = {
  required: ['type', 'name', 'in'],
  allowed: ['type', 'name', 'in', 'description'],
};

function oauth2(flow: Json | undefined): Alternative {
  const urls: Readonly<Record<string, readonly string[]>> = {
    implicit: ['authorizationUrl'],
    password: ['tokenUrl'],
    application: ['tokenUrl'],
    accessCode: ['authorizationUrl', 'tokenUrl'],
  };
  const needed = urls[String(flow)] ?? ['authorizationUrl', 'tokenUrl'];
  return {
    required: ['type', 'flow', ...needed],
    allowed: ['type', 'flow', 'scopes', 'description', ...needed],
  };
}
