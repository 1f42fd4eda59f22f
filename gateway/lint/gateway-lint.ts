/**
 * What API Gateway would refuse of a document, and what it would lose of it: the rules of this folder and the losses of
 * the document that is made for it.
 */
import { joinPointer } from '../../contract/json/pointer.ts';
import { stringifyJson } from '../../contract/json/stringify.ts';
import { isObject } from '../../contract/json/value.ts';
import type { Contract } from '../../contract/model.ts';
import type { Problem } from '../../contract/problem.ts';
import { type GatewayDocument, gatewayDocument } from '../document/gateway-document.ts';
import { filledIntegration } from '../document/template-functions.ts';
import { bytesOf, type GatewaySubject, type OwnIntegration } from './gateway-rule.ts';
import { GATEWAY_RULES } from './gateway-rules.ts';

/**
 * The problems that a contract has as a REST API, the losses first.
 *
 * @example
 * ```ts
 * import { contractFromText } from './contract/read.ts';
 * import { lintForGateway } from './gateway/lint/gateway-lint.ts';
 *
 * const { contract } = contractFromText('openapi: 3.1.1\ninfo: { title: T, version: "1" }\npaths: { /a~b: { get: {} } }\n');
 * if (contract !== undefined) console.log(lintForGateway(contract).map(({ rule }) => rule));
 * ```
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function lintForGateway(contract: Contract): readonly Problem[] {
  const made = gatewayDocument(contract);
  return [...made.losses, ...limitProblems(contract, made)];
}

/** The problems that rules find, without the losses. */
export function limitProblems(contract: Contract, made: GatewayDocument): readonly Problem[] {
  const problems: Problem[] = [];
  const subject: GatewaySubject = {
    contract,
    made,
    bytes: bytesOf(stringifyJson(made.document)),
    integrations: ownIntegrations(contract),
  };
  for (const { name, severity, fix, check } of GATEWAY_RULES) {
    check?.(subject, (source, message) => {
      problems.push({ rule: name, severity, message, source, fix });
    });
  }
  return problems;
}

const INTEGRATION = 'x-amazon-apigateway-integration';

function ownIntegrations({ operations }: Contract): readonly OwnIntegration[] {
  return operations.flatMap(operation => {
    // One that only a template can fill in was told as a loss.
    const json = filledIntegration(operation, INTEGRATION, () => {});
    const { document, pointer } = operation.source;
    return isObject(json)
      ? [{ operation, json, source: { document, pointer: joinPointer(pointer, INTEGRATION) } }]
      : [];
  });
}
