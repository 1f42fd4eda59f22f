/**
 * Which of its requests a method holds against parameters and models: as the document says with API Gateway's own words,
 * else by what can be checked.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-request-validators.html
 */
import { entriesOf, isObject, type Json, jsonEqual } from '../../contract/json/value.ts';
import type { Contract, Operation } from '../../contract/model.ts';
import type { Loss } from '../lower/loss.ts';
import { extensionLoss } from './root-settings.ts';

const VALIDATORS = 'x-amazon-apigateway-request-validators';
export const VALIDATOR = 'x-amazon-apigateway-request-validator';

export interface RequestValidators {
  /** `x-amazon-apigateway-request-validators`: the document's, and ours under names that it has not taken. */
  readonly json: Json;
  /** The name of the one that checks parameters alone. */
  readonly parameters: string;
  /** @param validated - whether bodies can be checked, where the document leaves it to us */
  readonly nameFor: (operation: Operation, validated: boolean) => string;
}

export function requestValidators(contract: Contract, lose: (loss: Loss) => void): RequestValidators {
  const given = contract.extensions.get(VALIDATORS);
  if (given !== undefined && !isObject(given)) lose(extensionLoss(contract, VALIDATORS));
  const known = new Map<string, Json>();
  for (const [name, does] of entriesOf(given)) {
    if (isObject(does)) known.set(name, does);
    else lose(extensionLoss(contract, VALIDATORS, name));
  }
  const own = new Set(known.keys());
  const all = add(known, 'all', true);
  const parameters = add(known, 'parameters', false);
  const usual = contract.extensions.get(VALIDATOR);
  if (usual !== undefined && !own.has(String(usual))) lose(extensionLoss(contract, VALIDATOR));
  return {
    json: Object.fromEntries(known),
    parameters,
    nameFor: (operation, validated) => {
      const said = [operation.extensions.get(VALIDATOR), usual].map(String);
      return said.find(name => own.has(name)) ?? (validated ? all : parameters);
    },
  };
}

/** The name under which ours stands: another than that of one of the document's which does something else. */
function add(known: Map<string, Json>, wish: string, validateRequestBody: boolean): string {
  const does: Json = { validateRequestBody, validateRequestParameters: true };
  let name = wish;
  for (let number = 2; known.has(name) && !jsonEqual(known.get(name) ?? null, does); number += 1)
    name = `${wish}${number}`;
  known.set(name, does);
  return name;
}
