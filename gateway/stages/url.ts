/** The provider `url`: a server that is reached by its address, whatever it is made of. */
import type { StageProvider } from './provider.ts';

export const urlProvider: StageProvider = {
  name: 'url',
  summary: 'a server that is reached by its address',
  can: ['send'],
};
