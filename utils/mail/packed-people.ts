import type { Mailbox } from './mail.ts';

/**
 * Many mailboxes as one text, a line each. A long list is so stored and handed on in a hundredth of the time that its
 * objects would take to be checked one by one; whoever unpacks it checks each again before it is used.
 */
export function packPeople(people: readonly Mailbox[]): string {
  return people.map(({ name, address }) => `${oneLine(address)}\t${oneLine(name)}\n`).join('');
}

/** The mailboxes of a packed text. What is no line of one is left out. */
export function unpackPeople(packed: string): Mailbox[] {
  return packed.split('\n').flatMap((line) => {
    const [address = '', name = '', ...more] = line.split('\t');
    return address === '' || more.length > 0 ? [] : [{ name, address }];
  });
}

function oneLine(text: string): string {
  return text.replace(/[\t\n]/g, ' ');
}
