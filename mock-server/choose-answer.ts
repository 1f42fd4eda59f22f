/** Picks one answer of a mock plan: by status, by the name of an example, by what a client accepts. */
import { negotiate } from '../contract/http/media-type.ts';
import { keyForStatus } from '../contract/plan/answer-status.ts';
import type { Answer, MockPlan, PlannedResponse } from '../contract/plan/mock-plan.ts';
import type { Preferences } from './prefer.ts';
import type { RefusalDetails } from './problem.ts';

export interface Choice {
  readonly answer: Answer;
  /** The status to send: the answer's own, or one that a range or `default` also stands for. */
  readonly status: number;
}

/**
 * The answer that fits, or why there is none.
 *
 * @param likely - the name of an example to take where nothing else is wished for and the response has it
 */
export function chooseAnswer(
  plan: MockPlan,
  preferences: Preferences,
  accept: string | undefined,
  likely?: string,
): Choice | RefusalDetails {
  const chosen = responseFor(plan, preferences);
  if ('kind' in chosen) return chosen;
  const { response, status, named } = chosen;
  if (named === undefined && likely !== undefined) {
    const paired = response.answers.filter(({ name }) => name === likely);
    const answer = paired.length === 0 ? undefined : acceptable(paired, accept);
    if (answer !== undefined) return { answer, status };
  }
  const fitting =
    named === undefined ? response.answers : response.answers.filter(({ name }) => name === named);
  const answer = acceptable(fitting, accept);
  if (answer === undefined) return notAcceptable(fitting);
  return { answer, status };
}

/** The answer of a response that a client likes best; the first when it names no preference. */
export function acceptable(answers: readonly Answer[], accept: string | undefined): Answer | undefined {
  const [first] = answers;
  // What has no body has no media type to refuse.
  if (first?.mediaType === undefined) return first;
  const index = negotiate(
    accept,
    answers.map(({ mediaType = '' }) => mediaType),
  );
  return index === undefined ? undefined : answers[index];
}

/** The response that speaks for a status: its own, its range or `default`. */
export function responseWith(plan: MockPlan, status: number): PlannedResponse | undefined {
  const keys = plan.responses.flatMap(({ statusKey }) => statusKey ?? []);
  const key = keyForStatus(status, keys);
  return plan.responses.find(({ statusKey }) => statusKey !== undefined && statusKey === key);
}

interface Chosen {
  readonly response: PlannedResponse;
  readonly status: number;
  readonly named: string | undefined;
}

function responseFor(plan: MockPlan, { code, example }: Preferences): Chosen | RefusalDetails {
  const [usual] = plan.responses;
  const response =
    code === undefined || (usual?.statusKey === undefined && usual?.status === code)
      ? usual
      : responseWith(plan, code);
  if (response === undefined) {
    const declared = plan.responses.flatMap(({ statusKey }) => statusKey ?? []);
    return {
      kind: 'unknown-status',
      detail: `${plan.operation.key} declares no response for ${code}. It declares ${list(declared)}.`,
    };
  }
  if (example === undefined) return { response, status: code ?? response.status, named: undefined };
  const has = ({ answers }: PlannedResponse): boolean => answers.some(({ name }) => name === example);
  // A name alone is enough to find the response that has it.
  const owner = has(response) ? response : code === undefined ? plan.responses.find(has) : undefined;
  if (owner === undefined)
    return unknownExample(plan, example, code === undefined ? plan.responses : [response]);
  return { response: owner, status: code ?? owner.status, named: example };
}

function unknownExample(
  plan: MockPlan,
  example: string,
  responses: readonly PlannedResponse[],
): RefusalDetails {
  const names = [...new Set(responses.flatMap(({ answers }) => answers.flatMap(({ name }) => name ?? [])))];
  const broken = plan.problems.find(
    ({ rule, source }) => rule === 'example-invalid' && source.pointer.endsWith(`/${example}`),
  );
  return {
    kind: 'unknown-example',
    detail:
      broken === undefined
        ? `${plan.operation.key} has no example ${JSON.stringify(example)} there. ${names.length === 0 ? 'It has none with a name.' : `It has ${list(names)}.`}`
        : broken.message,
  };
}

function notAcceptable(answers: readonly Answer[]): RefusalDetails {
  const types = [...new Set(answers.flatMap(({ mediaType }) => mediaType ?? []))];
  return {
    kind: 'not-acceptable',
    detail: `The Accept header refuses what there is: ${list(types)}.`,
  };
}

const MAX_LISTED = 12;

function list(texts: readonly string[]): string {
  const shown = texts.slice(0, MAX_LISTED).join(', ');
  return texts.length > MAX_LISTED ? `${shown} and ${texts.length - MAX_LISTED} more` : shown || 'nothing';
}
