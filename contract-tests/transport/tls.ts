/** TLS to a stage: what is trusted and shown beyond Node's own, and what a failed handshake means in words. */

export interface TlsOptions {
  /** Certificates in PEM that are trusted beside those that Node trusts. */
  readonly ca?: string;
  /** The client's own certificate and its key, PEM. */
  readonly cert?: string;
  readonly key?: string;
  /** Of an encrypted key. */
  readonly passphrase?: string;
  /** Takes any certificate. Whoever is on the way can then read and change everything. */
  readonly insecure?: boolean;
}

/** The same for Node. Authorities given are added to the usual ones; Node alone would take them instead. */
export function nodeTlsOptions({ ca, insecure, ...own }: TlsOptions): Readonly<Record<string, unknown>> {
  const tls = process.getBuiltinModule('node:tls');
  return {
    ...own,
    ...(ca === undefined ? {} : { ca: [...tls.getCACertificates('default'), ca] }),
    ...(insecure === true ? { rejectUnauthorized: false } : {}),
  };
}

export interface TlsTrouble {
  readonly message: string;
  readonly advice: string;
}

interface CertificateError extends NodeJS.ErrnoException {
  /** Of ERR_TLS_CERT_ALTNAME_INVALID. */
  readonly cert?: { readonly subjectaltname?: string; readonly subject?: { readonly CN?: string } };
}

/** What a failed handshake means and how to mend it; undefined for an error that is none of TLS. */
export function tlsTrouble(error: NodeJS.ErrnoException, host: string): TlsTrouble | undefined {
  const { code = '', message } = error;
  switch (code) {
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      return {
        message: `the certificate of ${host} is signed by itself`,
        advice: 'If you know it, trust it: --ca FILE with this certificate.',
      };
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return {
        message: `the certificate of ${host} comes from an authority that is not known here`,
        advice: "If it is your company's, trust it: --ca FILE with the authority's certificate.",
      };
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return {
        message: `the authority behind the certificate of ${host} is not known here`,
        advice:
          'Have the server send its intermediate certificates too, or trust the authority: --ca FILE with its certificate.',
      };
    case 'CERT_HAS_EXPIRED':
      return {
        message: `the certificate of ${host} has expired`,
        advice: 'Have it renewed, or check the clock of this machine.',
      };
    case 'CERT_NOT_YET_VALID':
      return {
        message: `the certificate of ${host} is not valid yet`,
        advice: 'Check the clock of this machine, and that of the one that made the certificate.',
      };
    case 'CERT_REVOKED':
      return { message: `the certificate of ${host} was revoked`, advice: 'Have a new one made.' };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        message: `the certificate is not for ${host} but for ${namesOf(error)}`,
        advice: 'Use a name that it is for, or have one made for this name.',
      };
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      if (/alert/i.test(message)) return alertTrouble(message, host);
      return {
        message: `${host} does not speak TLS`,
        advice: 'Check the port, and whether the address begins with http://.',
      };
  }
  if (/^ERR_SSL_.*ALERT/.test(code)) return alertTrouble(code, host);
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || /CERT|CRL|SIGNATURE/.test(code))
    return { message, advice: 'See what "openssl s_client -connect HOST:PORT" says about it.' };
  return undefined;
}

/** The server ended the handshake and says why. */
function alertTrouble(words: string, host: string): TlsTrouble {
  if (/VERSION/i.test(words)) {
    return {
      message: `${host} speaks no version of TLS that is still safe`,
      advice: 'Have it speak TLS 1.2 or newer.',
    };
  }
  if (/CERTIFICATE|UNKNOWN.CA|HANDSHAKE.FAILURE|ACCESS.DENIED|ALERT.NUMBER.(4[0-9]|116)\b/i.test(words)) {
    return {
      message: `${host} refused the connection, most likely for want of a client certificate that it trusts`,
      advice: 'Give one with --cert FILE and --key FILE.',
    };
  }
  return {
    message: `${host} broke off the TLS handshake`,
    advice: 'See what "openssl s_client -connect HOST:PORT" says about it.',
  };
}

function namesOf({ cert }: CertificateError): string {
  const names = cert?.subjectaltname?.replace(/\b(DNS|IP Address|URI):/g, '');
  return names ?? cert?.subject?.CN ?? 'no name at all';
}
