/**
 * Tags of APIs and stages, by the ARNs of these.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_TagResource.html
 */
import type { Texts } from '../state/records.ts';
import { badRequest, notFound } from './aws-error.ts';
import { required } from './framework-check.ts';
import { withMember } from './members.ts';
import type { Body, Call, Operation } from './operation.ts';
import { readInput } from './read-input.ts';

const ITEM = '/tags/{resource_arn}';

export const TAG_OPERATIONS: readonly Operation[] = [
  { name: 'GetTags', method: 'GET', path: ITEM, status: 200, answer: getTags },
  { name: 'TagResource', method: 'PUT', path: ITEM, status: 204, answer: tagResource },
  { name: 'UntagResource', method: 'DELETE', path: ITEM, status: 204, answer: untagResource },
];

interface Tagged {
  readonly tags: Texts;
  readonly write: (tags: Texts) => void;
}

const MOST_TAGS = 50;

function getTags(call: Call): Body {
  return { tags: taggedBy(call).tags };
}

function tagResource(call: Call): undefined {
  const given = required(readInput(call.input, { tags: 'texts' }).tags, 'tagResourceInput.tags');
  for (const [key, value] of Object.entries(given)) refuseTag(key, value);
  const { tags, write } = taggedBy(call);
  const next = { ...tags, ...given };
  if (Object.keys(next).length > MOST_TAGS) {
    throw badRequest(`A resource holds at most ${MOST_TAGS} tags`);
  }
  write(next);
}

/** The bounds are those of the service model's documentation. */
function refuseTag(key: string, value: string): void {
  if (key === '' || key.length > 128 || key.startsWith('aws:')) {
    throw badRequest(`Invalid tag key: ${key}. Keys have 1 to 128 characters and do not start with aws:`);
  }
  if (value.length > 256)
    throw badRequest(`Invalid tag value for ${key}. Values have at most 256 characters`);
}

function untagResource(call: Call): undefined {
  const keys = call.query.getAll('tagKeys');
  if (keys.length === 0) required(undefined, 'tagKeys');
  const { tags, write } = taggedBy(call);
  write(Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key))));
}

/** Keys of domain names, usage plans and others belong to operations that are not served yet. */
function taggedBy({ store, path, account }: Call): Tagged {
  const arn = path['resource_arn'] ?? '';
  const [, resource = ''] = /^arn:[^:]+:apigateway:[^:]*:\d*:(\/.+)$/.exec(arn) ?? [];
  if (resource === '') throw badRequest('Invalid ARN specified in the request');
  const [, id = '', stageName] = /^\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(resource) ?? [];
  const restApi = store.get('rest-api', '', id);
  if (restApi === undefined) throw notFound(`Invalid API identifier specified ${account.accountId}:${id}`);
  if (stageName === undefined) {
    return {
      tags: restApi.tags ?? {},
      write: tags => store.put('rest-api', '', id, withMember(restApi, 'tags', someOf(tags))),
    };
  }
  const stage = store.get('stage', id, stageName);
  if (stage === undefined) throw notFound('Invalid Stage identifier specified');
  return {
    tags: stage.tags ?? {},
    write: tags => store.put('stage', id, stageName, withMember(stage, 'tags', someOf(tags))),
  };
}

function someOf(tags: Texts): Texts | undefined {
  return Object.keys(tags).length === 0 ? undefined : tags;
}
