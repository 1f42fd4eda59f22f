/** The stages that a canary command is about: one for each document, with its control plane, its journal and its clock. */
import { controlClock } from '../../gateway/stages/canary/control-clock.ts';
import type { JournalStore } from '../../gateway/stages/canary/journal.ts';
import type { StageAddress } from '../../gateway/stages/canary/operations.ts';
import type { GatewayStage } from '../../gateway/stages/stage.ts';
import { type CommandContext, listOption, type NamedContract, type OptionValues } from '../command.ts';
import type { GatewayStageConfig } from '../config/config.ts';
import { refuseForeignApi } from '../deploy/foreign-api.ts';
import { documentName } from '../document-name.ts';
import { apiOf, deployedStage, type OpenPlane, openPlane } from '../gateway-stage.ts';
import { readSpecs } from '../read-specs.ts';
import { wholeContracts } from '../whole-contracts.ts';
import { journalFile } from './journal-file.ts';

export interface OpenCanary {
  readonly tested: NamedContract;
  readonly stage: GatewayStage;
  readonly config: GatewayStageConfig;
  readonly address: StageAddress;
  /** Of the control plane; undefined for AWS's own. */
  readonly endpoint: string | undefined;
  readonly journal: JournalStore;
  /** Epoch milliseconds, by the control plane's clock. */
  readonly now: () => number;
  /** For people, where there are several documents: `petstore: `. */
  readonly prefix: string;
}

/**
 * @param word - a stage of the configuration
 * @throws RehearsalError USAGE, STAGE_CANNOT, STAGE_NOT_DEPLOYED, API_FOREIGN, and those of documents and `askPlane`
 */
export async function openCanaries(
  word: string,
  options: OptionValues,
  context: CommandContext,
): Promise<readonly OpenCanary[]> {
  const opened = await openPlane(word, 'canary', 'canary', context);
  const loaded = await readSpecs(listOption(options, 'spec'), options, context, 'canary');
  const contracts = wholeContracts(loaded, context);
  const folder = await context.configFolder();
  const now = controlClock(opened.plane);
  const open = async (tested: NamedContract): Promise<OpenCanary> => {
    const document = await documentName(tested.name, context);
    const stage = await deployedStage(opened, document);
    await refuseOther(opened, document, tested);
    return {
      tested,
      stage,
      config: opened.config,
      address: { plane: opened.plane, apiId: stage.apiId, stageName: stage.stageName },
      endpoint: opened.endpoint,
      journal: journalFile(folder, stage.apiId, stage.stageName),
      now,
      prefix: contracts.length > 1 ? `${document}: ` : '',
    };
  };
  const canaries: OpenCanary[] = [];
  for (const tested of contracts) canaries.push(await open(tested));
  return canaries;
}

/** A canary of another document would be judged by this one's contract. */
async function refuseOther(opened: OpenPlane, document: string, { contract }: NamedContract): Promise<void> {
  const api = await apiOf(opened, document);
  if (api !== undefined) await refuseForeignApi(opened.plane, api, document, contract);
}
