/** The mails that this worker is sending now: progress for the pages, and a way to stop. */
export interface InFlight {
  /** The signal that stops the mail. */
  begin(mailId: string, accountId: string): AbortSignal;
  /** The sending that this signal stops has ended. */
  end(mailId: string, signal: AbortSignal): void;
  progress(mailId: string, acknowledgedBytes: number): void;
  /** 0 for a mail that is not under way here. */
  acknowledgedBytes(mailId: string): number;
  stopMail(mailId: string): void;
  /** Stops the mails of one account, or all of them. */
  stop(accountId: string | null): void;
}

/** Empty: nothing is under way when a worker starts. */
export function createInFlight(onProgress: () => void): InFlight {
  const mails = new Map<
    string,
    { readonly accountId: string; readonly stop: AbortController; acknowledgedBytes: number }
  >();
  return {
    begin(mailId, accountId) {
      const stop = new AbortController();
      mails.set(mailId, { accountId, stop, acknowledgedBytes: 0 });
      return stop.signal;
    },
    end(mailId, signal) {
      if (mails.get(mailId)?.stop.signal === signal) mails.delete(mailId);
    },
    progress(mailId, acknowledgedBytes) {
      const mail = mails.get(mailId);
      if (!mail) return;
      mail.acknowledgedBytes = acknowledgedBytes;
      onProgress();
    },
    acknowledgedBytes: (mailId) => mails.get(mailId)?.acknowledgedBytes ?? 0,
    stopMail: (mailId) => mails.get(mailId)?.stop.abort(),
    stop(accountId) {
      for (const mail of mails.values()) {
        if (accountId === null || mail.accountId === accountId) mail.stop.abort();
      }
    },
  };
}
