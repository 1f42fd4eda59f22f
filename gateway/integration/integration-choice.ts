/**
 * What answers each operation on a stage, as somebody chose it: one integration for all, others for tags, others again
 * for single operations. An integration that the document itself has stays, unless mocks or that very operation's own
 * choice stand in its place.
 */
import type { Operation } from '../../contract/model.ts';

export const INTEGRATION_TYPES = ['mock', 'http', 'http_proxy', 'aws', 'aws_proxy'] as const;

export type IntegrationType = (typeof INTEGRATION_TYPES)[number];

/**
 * An integration: its type alone, or with what is not as it would be made. Names are those of
 * `x-amazon-apigateway-integration`, `backend` apart; `${stageVariables.…}` may stand in every text that the service
 * looks for it in.
 */
export type IntegrationChoice = IntegrationType | IntegrationSettings;

export interface IntegrationSettings {
  readonly type: IntegrationType;
  /**
   * `http` and `http_proxy`: what stands before the path. `aws` and `aws_proxy`: a Lambda function, by name or ARN.
   * Default: `https://${stageVariables.backend}`, and the function `${stageVariables.function}`.
   */
  readonly backend?: string;
  /** The whole address, in the place of one made of the back end; the only way to AWS services other than Lambda. */
  readonly uri?: string;
  /** The method that the back end is called with. Default: the operation's; POST for AWS. */
  readonly httpMethod?: string;
  /** The role that the service takes on to call the back end. */
  readonly credentials?: string;
  readonly connectionType?: 'INTERNET' | 'VPC_LINK';
  readonly connectionId?: string;
  readonly timeoutInMillis?: number;
  readonly passthroughBehavior?: 'when_no_match' | 'when_no_templates' | 'never';
  readonly contentHandling?: 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY';
  readonly requestParameters?: Readonly<Record<string, string>>;
  readonly requestTemplates?: Readonly<Record<string, string>>;
  readonly responses?: Readonly<Record<string, IntegrationResponseSettings>>;
  readonly cacheNamespace?: string;
  readonly cacheKeyParameters?: readonly string[];
  readonly tlsConfig?: { readonly insecureSkipVerification?: boolean };
}

export interface IntegrationResponseSettings {
  readonly statusCode: string;
  readonly responseParameters?: Readonly<Record<string, string>>;
  readonly responseTemplates?: Readonly<Record<string, string>>;
  readonly contentHandling?: 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY';
}

export interface IntegrationChoices {
  readonly all?: IntegrationChoice;
  /** The back end of those that name none. */
  readonly backend?: string;
  /** By tag; of an operation's tags the first that is named here counts. */
  readonly tags?: Readonly<Record<string, IntegrationChoice>>;
  /** By `GET /pets/{id}` or operationId. */
  readonly operations?: Readonly<Record<string, IntegrationChoice>>;
}

/**
 * The integration to make for an operation; undefined to keep the document's own.
 *
 * @param hasOwn - whether the document has one for it
 */
export function chosenIntegration(
  { all, backend, tags = {}, operations = {} }: IntegrationChoices,
  operation: Operation,
  hasOwn: boolean,
): IntegrationSettings | undefined {
  const { key, id } = operation;
  const settingsOf = (choice: IntegrationChoice): IntegrationSettings => {
    const settings = typeof choice === 'string' ? { type: choice } : choice;
    return backend === undefined || settings.type === 'mock' ? settings : { backend, ...settings };
  };
  const named = lookUp(operations, key) ?? (id === undefined ? undefined : lookUp(operations, id));
  if (named !== undefined) return settingsOf(named);
  const tag = operation.tags.find(name => Object.hasOwn(tags, name));
  const choice = settingsOf((tag === undefined ? undefined : lookUp(tags, tag)) ?? all ?? 'mock');
  // Without a word about it, mocks only fill gaps.
  const isWord = tag !== undefined || all !== undefined;
  return hasOwn && !(isWord && choice.type === 'mock') ? undefined : choice;
}

function lookUp<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
