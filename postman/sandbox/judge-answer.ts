/**
 * What runs inside Postman's sandbox: the answer to an item is held against the very checks of `rehearsal test`. This is
 * bundled into one text (`npm run bundle`), which stands once in each collection, before the document. Knows of the
 * sandbox only what is handed over.
 */
import { judge } from '../../contract/judge.ts';
import type { StageKind } from '../../contract/stage-kind.ts';
import { checksOf, type JudgeSettings } from './judge-settings.ts';
import { lineOf, tell } from './line.ts';
import { exchangeOf, operationKeyOf, type Pm, type ToldCase } from './pm.ts';
import { contractOf, type Documents } from './read-documents.ts';
import { afterRemoval, beforeRemoval, newNotes, type RemovalData } from './remove-made.ts';
import { afterRow, beforeRow, type Row, type RowData } from './run-row.ts';
import type { Known, MadeThing } from './run-state.ts';
import { afterStep, beforeStep, type UnderWay } from './run-step.ts';
import { STAGE_VARIABLE } from './stage-variable.ts';
import type { StepData } from './step-data.ts';

/** What the items call. What is said before a request is remembered until its answer. */
export interface Judge {
  /** Behind a request: the answer to a case. */
  (told: ToldCase, pm: Pm): void;
  /** Before the request of a step, and behind it. */
  readonly step: (data: StepData, pm: Pm) => void;
  readonly answered: (pm: Pm) => void;
  /** Before the removal of what single items made, and behind it. */
  readonly removal: (data: RemovalData, pm: Pm) => void;
  readonly removed: (pm: Pm) => void;
  /** Before a request with a row of data, and behind it. */
  readonly row: (data: RowData, pm: Pm) => void;
  readonly rowAnswered: (pm: Pm) => void;
}

/** Makes what every item calls. The document is read when it is first needed. */
export function judgeOf(documents: Documents, settings: JudgeSettings = {}): Judge {
  const checks = checksOf(settings);
  let made: (Known & { readonly note: ReturnType<typeof newNotes> }) | undefined;
  const known = (): NonNullable<typeof made> => {
    if (made !== undefined) return made;
    const contract = contractOf(documents);
    // A collection carries a document that was read when it was made.
    if (contract === undefined) throw new Error('The document of this collection cannot be read.');
    const operations = new Map(contract.operations.map(operation => [operation.key, operation]));
    const read: Known = {
      contract,
      operationOf: key => operations.get(key),
      judge: (exchange, pm) =>
        judge({ ...exchange, stage: settings.stage ?? stageIn(pm) }, checks, settings.options),
    };
    made = { ...read, note: newNotes(read) };
    return made;
  };
  let step: UnderWay | undefined;
  let row: Row | undefined;
  let removal: { readonly data: RemovalData; readonly thing: MadeThing } | undefined;
  const single = (told: ToldCase, pm: Pm): void => {
    const { operationOf, note, judge: judged } = known();
    const key = operationKeyOf(told);
    const operation = operationOf(key);
    if (operation === undefined) {
      pm.test(`${told.id}: the document of this collection has its operation`, () => {
        throw new Error(`There is no operation ${key}. Run rehearsal generate postman.`);
      });
      return;
    }
    const exchange = exchangeOf(told, operation, pm);
    tell(lineOf(told.id, judged(exchange, pm)), pm);
    if (settings.notes !== false) note(exchange, pm);
  };
  return Object.assign(single, {
    step: (data: StepData, pm: Pm): void => {
      step = undefined;
      step = beforeStep(data, known(), pm);
    },
    answered: (pm: Pm): void => {
      if (step !== undefined) afterStep(step, known(), pm);
    },
    removal: (data: RemovalData, pm: Pm): void => {
      const thing = beforeRemoval(data, pm);
      removal = thing === undefined ? undefined : { data, thing };
    },
    row: (data: RowData, pm: Pm): void => {
      row = undefined;
      row = beforeRow(data, pm);
    },
    rowAnswered: (pm: Pm): void => {
      if (row !== undefined) afterRow(row, known(), pm);
    },
    removed: (pm: Pm): void => {
      if (removal !== undefined) afterRemoval(removal.data, removal.thing, pm);
    },
  });
}

/** Environments of stages of API Gateway say so. */
function stageIn({ variables }: Pm): StageKind {
  const kind = variables.get(STAGE_VARIABLE);
  return kind === 'apigateway' || kind === 'apigateway-mock' ? kind : 'server';
}
