import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailDev } from 'maildev';

/** A mail as the inbox has it. */
export interface InboxMail {
  readonly id: string;
  readonly subject: string;
  readonly from: string;
  /** The addresses in To. */
  readonly to: readonly string[];
  /** Everybody it was delivered to, Bcc included. */
  readonly envelopeTo: readonly string[];
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly fileName: string; readonly contentType: string }[];
  /** The message as it came over SMTP. */
  source(): Promise<Buffer>;
}

/** A real inbox with a web page (maildev), on loopback. */
export interface Inbox {
  /** To be opened in a browser. */
  readonly webUrl: string;
  readonly smtpPort: number;
  /** Everything that came, oldest first. */
  mails(): Promise<readonly InboxMail[]>;
  /**
   * The first mail that was delivered to this address; waits for it when there is none yet.
   * @throws Error when none has come within `timeoutMs` (10 s by default).
   */
  waitFor(address: string, options?: { readonly timeoutMs?: number }): Promise<InboxMail>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

type Servers = Awaited<ReturnType<MailDev['start']>>;
type StoredMail = Awaited<ReturnType<Servers['smtp']['getEmail']>>;

/** Starts the inbox on free loopback ports (or the ones asked for), empty. */
export async function startInbox(
  ports: { readonly web?: number; readonly smtp?: number } = {},
): Promise<Inbox> {
  // maildev keeps messages as files; a folder of its own, or runs would see each other's mail.
  const folder = await mkdtemp(join(tmpdir(), 'postern-inbox-'));
  const maildev = new MailDev({
    web: ports.web ?? 0,
    smtp: ports.smtp ?? 0,
    ip: '127.0.0.1',
    webIp: '127.0.0.1',
    mailDirectory: folder,
    silent: true,
  });
  const { smtp, api } = await quietly(() => maildev.start());
  const arrivals: string[] = [];
  const waiting = new Set<() => void>();
  smtp.on('new', (mail: StoredMail) => {
    arrivals.push(mail.id);
    for (const look of [...waiting]) look();
  });

  const mails = async (): Promise<readonly InboxMail[]> => {
    const stored = await smtp.getAllEmails();
    const at = ({ id }: StoredMail): number => arrivals.indexOf(id);
    return stored.toSorted((a, b) => at(a) - at(b)).map((mail) => inboxMail(smtp, mail));
  };
  const firstTo = async (address: string): Promise<InboxMail | undefined> => {
    const wanted = address.toLowerCase();
    return (await mails()).find(({ envelopeTo }) => envelopeTo.includes(wanted));
  };

  return {
    webUrl: `http://127.0.0.1:${api?.getAddress()?.port ?? 0}/`,
    smtpPort: smtp.getPort(),
    mails,
    waitFor: async (address, { timeoutMs = 10_000 } = {}) => {
      const found = Promise.withResolvers<InboxMail>();
      const look = (): void => {
        firstTo(address).then((mail) => mail && found.resolve(mail), found.reject);
      };
      const late = setTimeout(
        () => found.reject(new Error(`no mail for ${address} within ${timeoutMs} ms`)),
        timeoutMs,
      );
      waiting.add(look);
      look();
      return await found.promise.finally(() => {
        waiting.delete(look);
        clearTimeout(late);
      });
    },
    clear: async () => {
      await smtp.deleteAllEmails();
      arrivals.length = 0;
    },
    close: async () => {
      await maildev.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function inboxMail(smtp: Servers['smtp'], mail: StoredMail): InboxMail {
  return {
    id: mail.id,
    subject: mail.subject,
    from: mail.from[0]?.address ?? '',
    to: mail.to.map(({ address }) => address),
    envelopeTo: mail.envelope.to.map(({ address }) => address.toLowerCase()),
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments: mail.attachments.map(({ filename, contentType }) => ({
      fileName: filename,
      contentType,
    })),
    source: async () => {
      const pieces: Uint8Array[] = [];
      for await (const piece of await smtp.getRawEmail(mail.id)) pieces.push(piece as Uint8Array);
      return Buffer.concat(pieces);
    },
  };
}

/** maildev says where it listens on the console; who starts it here says so in its own words. */
async function quietly<T>(start: () => Promise<T>): Promise<T> {
  const { info } = console;
  console.info = () => undefined;
  try {
    return await start();
  } finally {
    console.info = info;
  }
}
