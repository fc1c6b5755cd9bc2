import type { ResumePoint, SendContext } from '../../providers/providers.ts';
import { checkpointed, finalSliceLeft, type Stamp } from '../moves/attempt-steps.ts';
import type { Delivery } from './delivery.ts';
import type { MailRecord } from '../store/mail-record.ts';
import { OutboxError } from '../outbox-error.ts';
import type { ReadyMail } from './ready-mail.ts';
import { sealHandle } from '../sealed-mail.ts';

/** What a provider gets for one attempt. What it writes down counts only while the attempt is the latest. */
export function sendContext(
  deps: Delivery,
  attempt: {
    readonly mail: ReadyMail;
    readonly attempt: number;
    readonly resume: ResumePoint | null;
  },
): SendContext {
  const { id } = attempt.mail.record;
  const { accountId } = attempt.mail;
  const stamp = (): Stamp => ({ attempt: attempt.attempt, now: deps.clock.now() });

  /** @throws OutboxError `superseded`, and then the provider sends nothing more. */
  async function writeDown(step: (current: MailRecord) => MailRecord | null): Promise<void> {
    const stored = await deps.store.change(id, (current) => {
      const next = step(current);
      return next && { record: next };
    });
    if (stored === null) throw new OutboxError('superseded');
  }

  const signal = deps.inFlight.begin(id, accountId);
  if (attempt.resume) deps.inFlight.progress(id, attempt.resume.offset);
  return {
    resume: attempt.resume,
    setbacks: attempt.mail.record.failures,
    signal,
    token: ({ rung = 'send', rejected = false } = {}) =>
      deps.accounts.token(accountId, rung, { rejected }),
    async checkpoint(handle) {
      const of = { mailId: id, attempt: attempt.attempt };
      const sealed = await sealHandle(deps.vault, of, handle);
      await writeDown((current) => checkpointed(current, stamp(), sealed));
    },
    beforeFinalSlice: () => writeDown((current) => finalSliceLeft(current, stamp())),
    progress: (acknowledgedBytes) => deps.inFlight.progress(id, acknowledgedBytes),
    canReadAllHeaders: (host) => deps.canReadAllHeaders(host),
  };
}
