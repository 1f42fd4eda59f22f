/** Says on the way what is wrong with traffic, each thing once: many requests of a kind break a contract alike. */
import { CHECKS } from '../../contract/checks/index.ts';
import { describeFault, type RequestFault } from '../../contract/http/request.ts';
import type { Operation } from '../../contract/model.ts';
import { describeSource } from '../../contract/source.ts';
import type { FailedOutcome } from '../../contract-tests/events.ts';
import type { Mask } from '../../contract-tests/mask.ts';
import { curlLine } from '../../contract-tests/reporters/curl.ts';

export interface Teller {
  /** An answer that breaks the document. */
  readonly broken: (outcome: FailedOutcome) => void;
  /** A request that does. */
  readonly invalid: (operation: Operation, faults: readonly RequestFault[]) => void;
  /** Anything else, in one line, once. */
  readonly note: (line: string) => void;
}

/** Values differ from answer to answer; of one break at one place so many forms are shown. */
const FORMS = 3;
/** Things remembered as told. Whoever breaks more than this in different ways is told some of them again. */
const REMEMBERED = 10_000;
const LONGEST = 300;

export function newTeller(write: (text: string) => void, baseUrl: string, mask: Mask): Teller {
  const told = new Map<string, number>();
  /** How often it was told, this time included. */
  const times = (key: string): number => {
    if (told.size >= REMEMBERED) told.clear();
    const count = (told.get(key) ?? 0) + 1;
    told.set(key, count);
    return count;
  };
  return {
    broken: ({ exchange, failures }) => {
      const { case: tested, response } = exchange;
      for (const { check, severity, received, documented, instance, source } of failures) {
        const place = `${tested.operation.key}\n${check}\n${source.pointer}`;
        if (times(`${place}\n${received}`) > 1) continue;
        const form = times(place);
        if (form > FORMS) continue;
        const title = CHECKS.find(({ name }) => name === check)?.title ?? '';
        const at = instance === undefined || instance === '' ? '' : ` at ${instance}`;
        const lines = [
          `${severity === 'warning' ? '! ' : '✗ '}${tested.operation.key}  ${check}  ${title}`,
          `    Answer      status ${response.status} to ${tested.name}`,
          `    Received    ${mask.text(received)}${at}`,
          `    Documented  ${mask.text(documented)}`,
          `    ${describeSource(source)}`,
          `    ${curlLine(baseUrl, tested.request, mask)}`,
          ...(form === FORMS ? ['    more of this kind are only counted'] : []),
        ];
        write(`${lines.map(oneLine).join('\n')}\n`);
      }
    },
    invalid: (operation, faults) => {
      for (const fault of faults) {
        const place = `request ${operation.key}\n${fault.schema?.pointer}\n${fault.keyword}`;
        if (times(place) > 1) continue;
        const where = fault.schema === undefined ? '' : `\n    ${describeSource(fault.schema)}`;
        write(
          `${oneLine(`? ${operation.key}  invalid request  ${mask.text(describeFault(fault))}`)}${where}\n`,
        );
      }
    },
    note: line => {
      if (times(line) === 1) write(`${oneLine(mask.text(line))}\n`);
    },
  };
}

/** Without the control characters that a stranger might send to a terminal. */
function oneLine(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return line.length > LONGEST && !line.startsWith('    curl') ? `${line.slice(0, LONGEST)}…` : line;
}
