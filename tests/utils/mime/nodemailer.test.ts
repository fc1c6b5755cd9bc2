import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import { describe, expect, it, vi } from 'vitest';
import { specs } from './arbitraries.ts';
import { expectedOf } from './expected.ts';
import { bytesOf, inputOf, type Spec } from './message-fixture.ts';
import { readWithPostalMime, type Reading } from './readers.ts';

// Generous, for machines that do something else at the same time.
vi.setConfig({ testTimeout: 60_000 });

/** The same message by nodemailer's MailComposer. */
async function composed(spec: Spec): Promise<Uint8Array<ArrayBuffer>> {
  const { from, content, fixed, keepBcc } = inputOf(spec);
  const { files = [] } = spec;
  const mail = new MailComposer({
    from,
    to: [...content.to],
    cc: [...content.cc],
    bcc: [...content.bcc],
    replyTo: [...content.replyTo],
    subject: content.subject,
    text: content.text,
    ...(content.html === null ? {} : { html: content.html }),
    messageId: fixed.messageId,
    date: new Date(fixed.dateAt),
    ...(content.threading?.inReplyTo ? { inReplyTo: content.threading.inReplyTo } : {}),
    references: [...(content.threading?.references ?? [])],
    attachments: files.map((file) => ({
      filename: file.fileName,
      contentType: file.mediaType,
      content: Buffer.from(file.bytes),
      ...(file.contentId === null ? {} : { cid: file.contentId }),
    })),
  }).compile();
  mail.keepBcc = keepBcc;
  return Uint8Array.from(await mail.build());
}

/** A reading with what postal-mime blurs in every message alike. */
function fields(reading: Reading): Record<string, string> {
  const text = (value: string | null): string =>
    (value ?? '').replace(/\r\n/g, '\n').replace(/\n+$/, '');
  const files = reading.files.map(({ bytes, contentId, fileName }) => ({
    bytes,
    contentId,
    fileName,
  }));
  const shown = { ...reading, text: text(reading.text), html: text(reading.html), files };
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [name, JSON.stringify(value)]),
  );
}

describe("nodemailer's MailComposer", () => {
  it('says the same of any message wherever it says what was put in', async () => {
    const agreed: Record<string, number> = {};
    let messages = 0;
    await fc.assert(
      fc.asyncProperty(specs, async (spec) => {
        const theirs = fields(await readWithPostalMime(await composed(spec)));
        const ours = fields(await readWithPostalMime(await bytesOf(spec)));
        const truth = fields(expectedOf(spec));
        messages += 1;
        for (const [name, value] of Object.entries(theirs)) {
          if (value !== truth[name]) continue;
          expect({ [name]: ours[name] }).toEqual({ [name]: value });
          agreed[name] = (agreed[name] ?? 0) + 1;
        }
      }),
      { numRuns: 150 },
    );
    // Where it is wrong (long or odd names, files, some texts) it proves nothing; mostly it is right.
    for (const name of Object.keys(fields(expectedOf({})))) {
      expect({ [name]: (agreed[name] ?? 0) / messages }).toSatisfy(
        (share: Record<string, number>) => (share[name] ?? 0) > 0.25,
      );
    }
  });
});
