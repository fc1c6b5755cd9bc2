/** Web Locks in memory: work of one name runs one after the other, in the order in which it was asked for. */
export function createExclusively(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const tails = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = tails.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    tails.set(name, mine);
    return mine;
  };
}
