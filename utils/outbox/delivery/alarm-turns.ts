/** Does work one piece after the other, in the order of asking. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A queue of one. The alarm is set before a mail is queued and set anew when a run has ended: if
 * the two could mix, a mail might be queued with no alarm to wake the worker that sends it.
 */
export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
