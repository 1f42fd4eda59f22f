/**
 * UpdateStage: what each patch path does to a stage, canary releases among them. The operations act one after another
 * and all or none of them count; the texts of refusals are AWS's, whose oldest patches were method settings and whose
 * messages still speak of nothing else.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateStage-Patch
 */
import type { Stage } from '../state/records.ts';
import { badRequest } from './aws-error.ts';
import { patchCanary, promoteCanary } from './canary-patch.ts';
import { patchMethodSetting, removeMethodSettings } from './method-settings.ts';
import type { PatchOperation } from './patch-operations.ts';
import { cacheSizeOf, cacheStatus, checkVariable, type StageDraft } from './stage-values.ts';

/**
 * The stage after all operations.
 *
 * @param exists - whether the API has a deployment of that id
 * @throws AwsError BadRequestException
 */
export function patchStage(
  stage: Stage,
  operations: readonly PatchOperation[],
  exists: (deploymentId: string) => boolean,
): Stage {
  const draft: StageDraft = { ...stage };
  for (const operation of operations) apply(draft, operation, exists);
  return draft;
}

function apply(
  stage: StageDraft,
  operation: PatchOperation,
  exists: (deploymentId: string) => boolean,
): void {
  const { op, path, parts, value = '' } = operation;
  const [first, ...rest] = parts;
  if (op === 'copy') {
    promoteCanary(stage, operation);
  } else if (first === 'canarySettings') {
    patchCanary(stage, operation, exists);
  } else if (first === 'variables' && rest.length === 1) {
    patchVariable(stage, operation, rest[0] ?? '');
  } else if (first === 'accessLogSettings') {
    patchAccessLog(stage, operation);
  } else if (parts.length === 1 && Object.hasOwn(MEMBERS, path)) {
    if (op !== 'replace') throw badRequest(`Invalid ${op} operation with path: ${path}`);
    if (path === '/deploymentId' && !exists(value)) throw badRequest('Deployment id does not exist');
    MEMBERS[path]?.(stage, value);
  } else if (op === 'remove') {
    removeMethodSettings(stage, operation);
  } else {
    patchMethodSetting(stage, operation);
  }
}

const MEMBERS: Readonly<Record<string, (stage: StageDraft, value: string) => void>> = {
  '/deploymentId': (stage, value) => {
    stage.deploymentId = value;
  },
  '/description': (stage, value) => {
    stage.description = value;
  },
  '/clientCertificateId': (stage, value) => {
    stage.clientCertificateId = value;
  },
  '/documentationVersion': (stage, value) => {
    stage.documentationVersion = value;
  },
  '/tracingEnabled': (stage, value) => {
    stage.tracingEnabled = isTrue(value);
  },
  '/cacheClusterEnabled': (stage, value) => {
    stage.cacheClusterEnabled = isTrue(value);
    stage.cacheClusterStatus = cacheStatus(stage.cacheClusterEnabled);
  },
  '/cacheClusterSize': (stage, value) => {
    stage.cacheClusterSize = cacheSizeOf(value) ?? '';
  },
};

/** Any other text is false, as in Java. */
function isTrue(value: string): boolean {
  return value.toLowerCase() === 'true';
}

function patchVariable(stage: StageDraft, { op, path, value = '' }: PatchOperation, name: string): void {
  const { [name]: before, ...others } = stage.variables ?? {};
  if (op === 'remove') {
    if (before === undefined) return;
    if (Object.keys(others).length > 0) stage.variables = others;
    else delete stage.variables;
    return;
  }
  if (op !== 'add' && op !== 'replace') throw badRequest(`Invalid ${op} operation with path: ${path}`);
  checkVariable(name, value);
  stage.variables = { ...stage.variables, [name]: value };
  if (Object.keys(stage.variables).length > 100) {
    throw badRequest('Invalid stage variables: a stage holds at most 100 of them');
  }
}

function patchAccessLog(stage: StageDraft, operation: PatchOperation): void {
  const { op, path, parts, value = '' } = operation;
  const member = parts[1];
  if (op === 'remove' && parts.length === 1) {
    delete stage.accessLogSettings;
    return;
  }
  if ((member !== 'destinationArn' && member !== 'format') || parts.length !== 2) {
    patchMethodSetting(stage, operation);
    return;
  }
  if (op !== 'add' && op !== 'replace') throw badRequest(`Invalid ${op} operation with path: ${path}`);
  if (value === '') throw badRequest('Access Log value must not be empty');
  if (member === 'format') checkFormat(value);
  stage.accessLogSettings = { ...stage.accessLogSettings, [member]: value };
}

/** One line, which the request's id lets somebody find. */
function checkFormat(format: string): void {
  if (!/\$context\.(requestId|extendedRequestId)\b/.test(format)) {
    throw badRequest(
      'Invalid access log format: it must contain at least one of $context.requestId and $context.extendedRequestId',
    );
  }
  if (format.trimEnd().includes('\n')) {
    throw badRequest('Invalid access log format: it must be a single line');
  }
}
