/**
 * One environment for each server of a contract, one for each stage of the configuration, and one for its mock: base
 * addresses, stage variables, and credentials that are empty, since files are committed.
 */

import { basePathOf } from '../contract/build/server-object.ts';
import { type JsonObject, own } from '../contract/json/value.ts';
import type { Contract, Server } from '../contract/model.ts';
import type { StageAddress } from '../contract/target.ts';
import { STAGE_VARIABLE } from './sandbox/stage-variable.ts';
import { stableId } from './stable-id.ts';
import { addressOf, MOCK_ADDRESS, namesOf, type Variables, variablesOf } from './variables.ts';

export interface Environment {
  /** What its file is called, behind the collection's name: `api-example-com-v1`, `mock`. */
  readonly name: string;
  readonly environment: JsonObject;
}

/** The environments of a contract: that of the mock, those of stages, those of servers. */
export function environmentsOf(
  contract: Contract,
  key: string,
  madeBy: string,
  stages: readonly StageAddress[] = [],
): readonly Environment[] {
  const variables = variablesOf(contract);
  const taken = new Set<string>();
  const mock = environment('mock', 'mock', server => MOCK_ADDRESS + basePathOf(server), 0);
  taken.add('mock');
  const nameFor = (stem: string): string => {
    let name = stem;
    for (let count = 2; taken.has(name); count += 1) name = `${stem}-${count}`;
    taken.add(name);
    return name;
  };
  const configured = stages.map(stage => {
    const name = nameFor(slug(stage.name));
    return {
      name,
      environment: {
        id: stableId(`${key} environment of stage ${stage.name}`),
        name: `${contract.title}: ${stage.name}`,
        values: stageValues(variables, stage, madeBy),
        _postman_variable_scope: 'environment',
      },
    };
  });
  const servers = contract.servers.flatMap((server, index) => {
    if (!/^[a-z][a-z\d+.-]*:/i.test(server.url) && !server.url.includes('{')) return [];
    const name = nameFor(slug(addressOf(server)));
    const title = server.description ?? addressOf(server);
    return [environment(name, title, addressOf, index, server)];
  });
  return [mock, ...configured, ...servers];

  function environment(
    name: string,
    title: string,
    address: (server: Server) => string,
    index: number,
    own?: Server,
  ): Environment {
    const described =
      own === undefined || own.variables.size === 0 ? madeBy : `${madeBy} ${variablesIn(own)}`;
    return {
      name,
      environment: {
        id: stableId(`${key} environment ${name}`),
        name: `${contract.title}: ${title}`,
        values: [...baseValues(variables, address, index, described), ...credentialValues(variables)],
        _postman_variable_scope: 'environment',
      },
    };
  }
}

function baseValues(
  { bases }: Variables,
  address: (server: Server) => string,
  index: number,
  described: string,
): readonly JsonObject[] {
  return bases.map(({ name, servers }, at) => {
    const server = (at === 0 ? servers[index] : undefined) ?? servers[0];
    const value = server === undefined ? '' : address(server);
    return {
      key: name,
      value,
      type: 'default',
      enabled: true,
      ...(at === 0 ? { description: described } : {}),
    };
  });
}

/** The first server's address is that of the stage; other servers are elsewhere. */
function stageValues(
  variables: Variables,
  { url, kind, region, places, variables: ofStage }: StageAddress,
  described: string,
): readonly JsonObject[] {
  const [base, ...others] = baseValues(variables, addressOf, 0, described);
  const credentials = credentialValues(variables).map(one =>
    region !== undefined && /Region$/.test(String(own(one, 'key'))) ? { ...one, value: region } : one,
  );
  return [
    { ...base, value: url },
    ...others,
    ...Object.entries(places).map(([name, value]) => variable(name, value, false)),
    ...(kind === 'server' ? [] : [variable(STAGE_VARIABLE, kind, false)]),
    ...Object.entries(ofStage).map(([name, value]) =>
      variable(`stageVariables.${name}`, value ?? '', value === undefined),
    ),
    ...credentials,
  ];
}

function credentialValues({ credentials }: Variables): readonly JsonObject[] {
  return [...credentials.values()].flatMap(variables => {
    const own = namesOf(variables).map(([key, secret]) => variable(key, '', secret));
    const client = variables.kind === 'token' ? variables.client : undefined;
    if (client === undefined) return own;
    const { id, secret, url, scope, usual } = client;
    return [
      ...own,
      variable(id, '', false),
      variable(secret, '', true),
      variable(url, usual.url, false),
      variable(scope, usual.scope, false),
    ];
  });
}

function variable(key: string, value: string, secret: boolean): JsonObject {
  return { key, value, type: secret ? 'secret' : 'default', enabled: true };
}

/** What a server's address was made with, since an address without variables no longer shows it. */
function variablesIn({ url, variables }: Server): string {
  const told = [...variables].map(([name, { default: value, enum: values }]) =>
    values === undefined ? `${name}=${value}` : `${name}=${value} (of ${values.join(', ')})`,
  );
  return `${url} with ${told.join('; ')}.`;
}

function slug(address: string): string {
  const words = address
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[^A-Za-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  return words === '' ? 'server' : words.slice(0, 80);
}
