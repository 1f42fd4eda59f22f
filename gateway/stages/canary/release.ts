/**
 * What a stage serves, as far as a canary is concerned: the deployment and variables of production, and the canary
 * beside them. What a promotion makes of it, and in what two of them differ.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
import type { StageState } from '../stage.ts';

export type Release = Pick<StageState, 'deploymentId' | 'variables' | 'canary'>;

type Variables = Release['variables'];

/** The part of a stage's state that a canary changes. */
export function releaseOf({ deploymentId, variables, canary }: StageState): Release {
  return { deploymentId, variables, canary };
}

/** What a stage serves once its canary is promoted: overrides are merged into the variables, as recorded on AWS. */
export function promoted(release: Release): Release {
  const { variables, canary } = release;
  if (canary === undefined) return release;
  const after = {
    ...release,
    deploymentId: canary.deploymentId,
    variables: { ...variables, ...canary.variables },
  };
  return withPercent(after, 0);
}

/** The same with another share of the requests for its canary. */
export function withPercent(release: Release, percentTraffic: number): Release {
  const { canary } = release;
  return canary === undefined ? release : { ...release, canary: { ...canary, percentTraffic } };
}

/** Production alone. */
export function withoutCanary(release: Release): Release {
  return { ...release, canary: undefined };
}

/** Whether the canary serves what production serves, so that there is nothing to judge. */
export function isSameAsProduction({ deploymentId, variables, canary }: Release): boolean {
  return (
    canary !== undefined &&
    canary.deploymentId === deploymentId &&
    Object.entries(canary.variables).every(([name, value]) => variables[name] === value)
  );
}

/** In what a stage is not as expected, one phrase each; empty when it is. */
export function differences(expected: Release, found: Release): readonly string[] {
  return [
    ...unlike('the deployment of production', expected.deploymentId, found.deploymentId),
    ...unlikeVariables('the variable', expected.variables, found.variables),
    ...canaryDifferences(expected.canary, found.canary),
  ];
}

function canaryDifferences(expected: Release['canary'], found: Release['canary']): readonly string[] {
  if (expected === undefined) return found === undefined ? [] : ['there is a canary'];
  if (found === undefined) return ['there is no canary'];
  return [
    ...unlike('the deployment of the canary', expected.deploymentId, found.deploymentId),
    ...unlike('the percentage of the canary', expected.percentTraffic, found.percentTraffic),
    ...unlikeVariables("the canary's variable", expected.variables, found.variables),
    ...unlike('useStageCache of the canary', expected.useStageCache, found.useStageCache),
  ];
}

function unlike(what: string, expected: unknown, found: unknown): readonly string[] {
  return expected === found ? [] : [`${what} is ${String(found)} and not ${String(expected)}`];
}

/** Their values are not repeated: some of them are secrets. */
function unlikeVariables(what: string, expected: Variables, found: Variables): readonly string[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])].toSorted().flatMap(name => {
    if (!Object.hasOwn(expected, name)) return [`${what} ${name} is new`];
    if (!Object.hasOwn(found, name)) return [`${what} ${name} is gone`];
    return expected[name] === found[name] ? [] : [`${what} ${name} has another value`];
  });
}
