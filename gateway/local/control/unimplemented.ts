/**
 * The operations of AWS that are not served yet, by path and verb. Each is refused by its name, so that nobody takes the
 * answer for AWS's and nothing seems to have been done.
 */
import { AwsError } from './aws-error.ts';
import type { Operation } from './operation.ts';

type Verb = Operation['method'];

const DOMAIN = '/domainnames/{domain_name}';
const PLAN = '/usageplans/{usageplan_id}';
const DOCUMENTATION = '/restapis/{restapi_id}/documentation';
const AUTHORIZERS = '/restapis/{restapi_id}/authorizers';
const STAGE = '/restapis/{restapi_id}/stages/{stage_name}';

const NAMES: Readonly<Record<string, Readonly<Partial<Record<Verb, string>>>>> = {
  '/apikeys': { POST: 'CreateApiKey', GET: 'GetApiKeys' },
  '/apikeys?mode=import': { POST: 'ImportApiKeys' },
  '/apikeys/{api_Key}': { GET: 'GetApiKey', PATCH: 'UpdateApiKey', DELETE: 'DeleteApiKey' },
  '/usageplans': { POST: 'CreateUsagePlan', GET: 'GetUsagePlans' },
  [PLAN]: { GET: 'GetUsagePlan', PATCH: 'UpdateUsagePlan', DELETE: 'DeleteUsagePlan' },
  [`${PLAN}/keys`]: { POST: 'CreateUsagePlanKey', GET: 'GetUsagePlanKeys' },
  [`${PLAN}/keys/{keyId}`]: { GET: 'GetUsagePlanKey', DELETE: 'DeleteUsagePlanKey' },
  [`${PLAN}/keys/{keyId}/usage`]: { PATCH: 'UpdateUsage' },
  [`${PLAN}/usage`]: { GET: 'GetUsage' },
  [AUTHORIZERS]: { POST: 'CreateAuthorizer' },
  [`${AUTHORIZERS}/{authorizer_id}`]: {
    POST: 'TestInvokeAuthorizer',
    PATCH: 'UpdateAuthorizer',
    DELETE: 'DeleteAuthorizer',
  },
  [`${DOCUMENTATION}/parts`]: {
    POST: 'CreateDocumentationPart',
    PUT: 'ImportDocumentationParts',
  },
  [`${DOCUMENTATION}/parts/{part_id}`]: {
    PATCH: 'UpdateDocumentationPart',
    DELETE: 'DeleteDocumentationPart',
  },
  [`${DOCUMENTATION}/versions`]: { POST: 'CreateDocumentationVersion', GET: 'GetDocumentationVersions' },
  [`${DOCUMENTATION}/versions/{doc_version}`]: {
    GET: 'GetDocumentationVersion',
    PATCH: 'UpdateDocumentationVersion',
    DELETE: 'DeleteDocumentationVersion',
  },
  [`${STAGE}/cache/data`]: { DELETE: 'FlushStageCache' },
  [`${STAGE}/cache/authorizers`]: { DELETE: 'FlushStageAuthorizersCache' },
  [`${STAGE}/sdks/{sdk_type}`]: { GET: 'GetSdk' },
  '/sdktypes': { GET: 'GetSdkTypes' },
  '/sdktypes/{sdktype_id}': { GET: 'GetSdkType' },
  '/domainnames': { POST: 'CreateDomainName', GET: 'GetDomainNames' },
  [DOMAIN]: { GET: 'GetDomainName', PATCH: 'UpdateDomainName', DELETE: 'DeleteDomainName' },
  [`${DOMAIN}/basepathmappings`]: { POST: 'CreateBasePathMapping', GET: 'GetBasePathMappings' },
  [`${DOMAIN}/basepathmappings/{base_path}`]: {
    GET: 'GetBasePathMapping',
    PATCH: 'UpdateBasePathMapping',
    DELETE: 'DeleteBasePathMapping',
  },
  '/domainnameaccessassociations': {
    POST: 'CreateDomainNameAccessAssociation',
    GET: 'GetDomainNameAccessAssociations',
  },
  '/domainnameaccessassociations/{domain_name_access_association_arn}': {
    DELETE: 'DeleteDomainNameAccessAssociation',
  },
  '/rejectdomainnameaccessassociations': { POST: 'RejectDomainNameAccessAssociation' },
  '/vpclinks': { POST: 'CreateVpcLink', GET: 'GetVpcLinks' },
  '/vpclinks/{vpclink_id}': { GET: 'GetVpcLink', PATCH: 'UpdateVpcLink', DELETE: 'DeleteVpcLink' },
  '/clientcertificates': { POST: 'GenerateClientCertificate', GET: 'GetClientCertificates' },
  '/clientcertificates/{clientcertificate_id}': {
    GET: 'GetClientCertificate',
    PATCH: 'UpdateClientCertificate',
    DELETE: 'DeleteClientCertificate',
  },
};

export const UNIMPLEMENTED_OPERATIONS: readonly Operation[] = Object.entries(NAMES).flatMap(
  ([target, names]) => Object.entries(names).map(([method, name]) => refused(name, method as Verb, target)),
);

function refused(name: string, method: Verb, target: string): Operation {
  const [path = '', mode] = target.split('?mode=');
  return {
    name,
    method,
    path,
    ...(mode === undefined ? {} : { query: { mode } }),
    status: 200,
    // Whatever the body is: nobody reads it.
    body: 'bytes',
    answer: () => {
      throw new AwsError('NotImplementedException', `The local API Gateway does not implement ${name} yet.`);
    },
  };
}
