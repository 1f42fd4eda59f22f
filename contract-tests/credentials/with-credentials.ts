/**
 * A transport that puts credentials into requests as they leave. Each is fetched once for all cases that ask at the same
 * time, again shortly before it expires, and once more when a server that took it no longer does.
 */
import type { CaseRequest } from '../../contract/plan/cases/case.ts';
import type { Sent, Transport } from '../transport.ts';
import { type Credential, type CredentialSource, carries, withCredential } from './credential.ts';

export interface LiveCredential {
  /** What the case plan wrote in its place. */
  readonly standIn: string;
  readonly source: CredentialSource;
}

/** Refused credentials are renewed at most this often: where each new one is refused too, the fault is elsewhere. */
const RENEW_EVERY_MS = 30_000;
/** A token is renewed this long before it expires, or a fifth of its life when that is less. */
const MARGIN_MS = 30_000;

/**
 * @param learn - told every credential before it is used, so that it is hidden
 * @throws whatever a source throws, before anything is sent
 */
export async function withCredentials(
  transport: Transport,
  credentials: readonly LiveCredential[],
  learn: (credential: Credential) => void,
): Promise<Transport> {
  if (credentials.length === 0) return transport;
  const kept = credentials.map(credential => keep(credential, learn));
  await Promise.all(kept.map(({ current }) => current()));

  const send = async (baseUrl: string, request: CaseRequest): Promise<Sent> => {
    const carried = kept.filter(({ standIn }) => carries(request, standIn));
    if (carried.length === 0) return transport.send(baseUrl, request);
    try {
      const first = await sendWith(carried, baseUrl, request);
      if (first.sent.kind === 'unanswered') return first.sent;
      if (first.sent.response.status !== 401) {
        for (const { keeper, credential } of first.used) keeper.accepted(credential);
        return first.sent;
      }
      const renewed = await Promise.all(first.used.map(({ keeper, credential }) => keeper.renew(credential)));
      return renewed.includes(true) ? (await sendWith(carried, baseUrl, request)).sent : first.sent;
    } catch (error) {
      return { kind: 'unanswered', trouble: { kind: 'credentials', message: (error as Error).message } };
    }
  };

  const sendWith = async (
    carried: readonly Keeper[],
    baseUrl: string,
    request: CaseRequest,
  ): Promise<{ readonly sent: Sent; readonly used: readonly Used[] }> => {
    const used = await Promise.all(
      carried.map(async keeper => ({ keeper, credential: await keeper.current() })),
    );
    // A signature is made of everything else.
    const ordered = used.toSorted((a, b) => rank(a.credential) - rank(b.credential));
    let filled = request;
    for (const { keeper, credential } of ordered)
      filled = withCredential(filled, keeper.standIn, credential, baseUrl);
    return { sent: await transport.send(baseUrl, filled), used };
  };

  return { send, close: transport.close };
}

interface Used {
  readonly keeper: Keeper;
  readonly credential: Credential;
}

function rank({ kind }: Credential): number {
  return kind === 'signature' ? 1 : 0;
}

interface Keeper {
  readonly standIn: string;
  readonly current: () => Promise<Credential>;
  /** The server took it. */
  readonly accepted: (credential: Credential) => void;
  /** The server refused it. True when there is another one now. */
  readonly renew: (credential: Credential) => Promise<boolean>;
}

function keep({ standIn, source }: LiveCredential, learn: (credential: Credential) => void): Keeper {
  let fetching: Promise<Credential> | undefined;
  let held: Credential | undefined;
  let until = Number.POSITIVE_INFINITY;
  let taken: Credential | undefined;
  let renewedAt = Number.NEGATIVE_INFINITY;
  const fetch = (): Promise<Credential> => {
    fetching ??= source
      .fetch()
      .then(({ credential, lifeMs }) => {
        learn(credential);
        held = credential;
        until =
          lifeMs === undefined
            ? Number.POSITIVE_INFINITY
            : performance.now() + lifeMs - Math.min(MARGIN_MS, lifeMs / 5);
        return credential;
      })
      .finally(() => {
        fetching = undefined;
      });
    return fetching;
  };
  return {
    standIn,
    current: () => (held === undefined || performance.now() >= until ? fetch() : Promise.resolve(held)),
    accepted: credential => {
      taken = credential;
    },
    renew: async refused => {
      if (!source.renewable) return false;
      // Somebody else has renewed it meanwhile.
      if (held !== refused) return true;
      const now = performance.now();
      if (fetching === undefined && (taken !== refused || now - renewedAt < RENEW_EVERY_MS)) return false;
      renewedAt = now;
      await fetch();
      return true;
    },
  };
}
