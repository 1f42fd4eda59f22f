/** From what is on a stage to what is wanted there: changes that people read, each with the patches that make it. Pure. */
import { settingChanges, type WantedSettings } from './method-settings.ts';
import type { StageChange, StagePatch, StageState } from './stage.ts';

/** What a stage is to have beside its deployment. Undefined members are left as they are. */
export interface StageWishes {
  /** These and no others. */
  readonly variables: Readonly<Record<string, string>> | undefined;
  /** Names of variables whose values are never shown. */
  readonly secret: ReadonlySet<string>;
  readonly settings: readonly WantedSettings[] | undefined;
  readonly cacheClusterSize: string | undefined;
  readonly tracing: boolean | undefined;
  readonly accessLog: { readonly destinationArn: string; readonly format: string } | undefined;
}

/** What is to change on a stage, its deployment aside. */
export function stageChanges(
  state: Pick<StageState, 'variables' | 'methodSettings' | 'accessLog' | 'cacheClusterSize' | 'tracing'>,
  wishes: StageWishes,
): readonly StageChange[] {
  return [
    ...(wishes.variables === undefined
      ? []
      : variableChanges(state.variables, wishes.variables, wishes.secret)),
    ...cacheChanges(state.cacheClusterSize, wishes.cacheClusterSize),
    ...(wishes.tracing === undefined || wishes.tracing === state.tracing
      ? []
      : [replaced('tracing', '/tracingEnabled', String(state.tracing), String(wishes.tracing))]),
    ...accessLogChanges(state.accessLog, wishes.accessLog),
    ...(wishes.settings === undefined ? [] : settingChanges(state.methodSettings, wishes.settings)),
  ];
}

/** Variables that come, change and go. */
export function variableChanges(
  current: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, string>>,
  secret: ReadonlySet<string>,
): readonly StageChange[] {
  const shown = (name: string, value: string | undefined, other?: string): string | undefined => {
    if (value === undefined || !secret.has(name)) return value;
    return other === undefined ? '***' : '*** (another)';
  };
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(current)])];
  return names.flatMap((name): readonly StageChange[] => {
    const from = Object.hasOwn(current, name) ? current[name] : undefined;
    const to = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    if (from === to) return [];
    const path = `/variables/${name}`;
    const patch: StagePatch = to === undefined ? { op: 'remove', path } : { op: 'replace', path, value: to };
    return [
      { what: `variable ${name}`, from: shown(name, from), to: shown(name, to, from), patches: [patch] },
    ];
  });
}

function cacheChanges(from: string | undefined, to: string | undefined): readonly StageChange[] {
  if (from === to || to === undefined) return [];
  const patches: readonly StagePatch[] = [
    { op: 'replace', path: '/cacheClusterSize', value: to },
    ...(from === undefined ? [{ op: 'replace', path: '/cacheClusterEnabled', value: 'true' } as const] : []),
  ];
  return [{ what: 'cache in gigabytes', from, to, patches }];
}

function accessLogChanges(
  from: StageState['accessLog'],
  to: StageWishes['accessLog'],
): readonly StageChange[] {
  if (to === undefined) return [];
  return (['destinationArn', 'format'] as const)
    .filter(key => from?.[key] !== to[key])
    .map(key => replaced(`access log ${key}`, `/accessLogSettings/${key}`, from?.[key], to[key]));
}

function replaced(what: string, path: string, from: string | undefined, to: string): StageChange {
  return { what, from, to, patches: [{ op: 'replace', path, value: to }] };
}
