import { generate } from 'selfsigned';

/** A certificate for the real host names that is worth nothing outside the run that made it. */
export interface PeerCertificate {
  /** To be trusted by clients that check (Google's own libraries in the tests). */
  readonly caPem: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** Makes a new authority and, signed by it, one certificate that names all `hosts`. Lives a week. */
export async function createPeerCertificate(hosts: readonly string[]): Promise<PeerCertificate> {
  const life = { keyType: 'ec', algorithm: 'sha256', ...aWeek() } as const;
  const authority = await generate([{ name: 'commonName', value: 'Postern test authority' }], {
    ...life,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      {
        name: 'keyUsage',
        keyCertSign: true,
        cRLSign: true,
        digitalSignature: true,
        critical: true,
      },
    ],
  });
  const leaf = await generate([{ name: 'commonName', value: hosts[0] ?? 'localhost' }], {
    ...life,
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  });
  return {
    caPem: authority.cert,
    certificatePem: leaf.cert,
    privateKeyPem: leaf.private,
  };
}

function aWeek(): { notBeforeDate: Date; notAfterDate: Date } {
  const dayMs = 86_400_000;
  const now = Date.now();
  // From yesterday, so that a clock that is a little behind does not refuse it.
  return { notBeforeDate: new Date(now - dayMs), notAfterDate: new Date(now + 7 * dayMs) };
}
