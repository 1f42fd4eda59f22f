/** Newman, read only where it is used: it takes most of a second to load, and most people never need it. */
import { RehearsalError } from '../../contract/errors.ts';
import type { Newman } from './newman-types.ts';

/** @throws RehearsalError NEWMAN_MISSING */
export async function loadNewman(): Promise<Newman> {
  try {
    const { default: newman } = await import('newman');
    // What its packages call and Node discourages is nothing that who runs tests could mend.
    process.noDeprecation = true;
    return newman as unknown as Newman;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new RehearsalError('NEWMAN_MISSING', {}, { cause: error });
  }
}
