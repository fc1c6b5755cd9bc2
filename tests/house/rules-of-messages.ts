import { pathsIn, type House, type Rule } from './house.ts';

const list = 'utils/messaging/messages.ts';
const LISTS = /^utils\/messaging\/([a-z]+-)?messages\.ts$/;

/** Every message of the one list is answered, and asked by some page. */
export const everyMessageIsHandledAndAsked: Rule = (house) => {
  const names = messageNames(textOf(house, LISTS));
  if (names.length === 0)
    return [`${list} names no message: this rule reads it wrongly, or it is gone.`];
  const answering = textOf(house, /^utils\/dispatch\//);
  const asking = textOf(house, /^(components|entrypoints)\//);
  return names.flatMap((name) => [
    ...(answering.includes(`'${name}':`) || answering.includes(`'${name}'(`)
      ? []
      : [
          `the message ${name} is answered nowhere in utils/dispatch: handle it, or take it off ${list}.`,
        ]),
    ...(asking.includes(`'${name}'`)
      ? []
      : [
          `no page asks ${name}: use it, or take it off ${list}; what nobody needs is only a way in.`,
        ]),
  ]);
};

function messageNames(text: string): readonly string[] {
  return [...text.matchAll(/^ {2}'([a-z]+\.[a-z-]+)': from/gm)].map((match) => match[1] ?? '');
}

function textOf(house: House, pattern: RegExp): string {
  return pathsIn(house, pattern)
    .map((path) => house.get(path) ?? '')
    .join('\n');
}
