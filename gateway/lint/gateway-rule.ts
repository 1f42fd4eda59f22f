/** What a rule for API Gateway is: everything about one thing that the service refuses, its documentation and samples too. */
import { isObject, type Json, type JsonObject } from '../../contract/json/value.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { Severity } from '../../contract/problem.ts';
import type { Source } from '../../contract/source.ts';
import type { GatewayDocument } from '../document/gateway-document.ts';

export interface GatewayRule {
  /** Begins with `apigateway-`; the problem's `rule`. */
  readonly name: string;
  readonly severity: Severity;
  /** What is wrong, one sentence. */
  readonly title: string;
  /** How to mend it, one sentence. */
  readonly fix: string;
  /** The page that says so. */
  readonly see: string;
  /** A document that breaks the rule, in the form of the samples of `contract/lint/rule.ts`. */
  readonly failing: string;
  readonly passing: string;
  /** Undefined for what making the document finds out: a loss. */
  readonly check?: (subject: GatewaySubject, report: Report) => void;
}

export type Report = (source: Source, message: string) => void;

/** What rules look at: the contract, and what becomes of it. */
export interface GatewaySubject {
  readonly contract: Contract;
  readonly made: GatewayDocument;
  /** The document as it would be imported, in bytes of JSON without blanks. */
  readonly bytes: number;
  /** Integrations that stand in the document itself. */
  readonly integrations: readonly OwnIntegration[];
}

export interface OwnIntegration {
  readonly operation: Operation;
  readonly source: Source;
  readonly json: JsonObject;
}

export const QUOTAS =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html';
export const INTEGRATIONS =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html';

/** UTF-8, as the service counts. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

export function isText(value: Json | undefined): value is string {
  return typeof value === 'string';
}

/** The members of an object; none for anything else. */
export function membersOf(value: Json | undefined): readonly (readonly [string, Json])[] {
  return isObject(value) ? Object.entries(value) : [];
}
