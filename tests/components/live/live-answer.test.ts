import { describe, expect, it, vi } from 'vitest';
import { createLiveAnswer } from '../../../components/live/live-answer.ts';
import { createFakeClient } from '../../harness/fake-client.ts';
import { mail, outboxAnswer } from '../../harness/gallery/sample-records.ts';
import type { AnswerOf } from '../../../utils/messaging/messaging.ts';

type Mails = AnswerOf<'outbox.list'>;
const ask = { name: 'outbox.list', request: {}, changes: ['outbox'] } as const;
const answerWith = (...numbers: number[]): Mails => ({
  ...outboxAnswer(numbers.map((number) => mail(number, { kind: 'queued' }))),
});

describe('a live answer', () => {
  it('is asked for at once, and again when it changed, but not for other news', async () => {
    const client = createFakeClient({ 'outbox.list': () => answerWith(1) });
    const live = createLiveAnswer(client, ask);
    expect(client.asked).toHaveLength(1);
    client.tell('accounts');
    client.tell('outbox');
    expect(client.asked).toHaveLength(2);
    await vi.waitFor(() => expect(live.value.kind).toBe('answered'));
  });

  it('never shows an older answer over a newer one', async () => {
    const answers: ((mails: Mails) => void)[] = [];
    const client = createFakeClient({
      'outbox.list': () => new Promise((resolve) => answers.push(resolve)),
    });
    const live = createLiveAnswer(client, ask);
    const older = live.refresh();
    const newer = live.refresh();
    answers[2]?.(answerWith(2));
    await newer;
    answers[1]?.(answerWith(1));
    await older;
    expect(live.value).toMatchObject({ kind: 'answered', value: answerWith(2) });
  });

  it('keeps what it knew when asking again fails', async () => {
    const client = createFakeClient({ 'outbox.list': () => answerWith(1) });
    const live = createLiveAnswer(client, ask);
    await live.refresh();
    client.answer({ 'outbox.list': () => ({ code: 'x', userText: 'No.' }) });
    await live.refresh();
    expect(live.value).toMatchObject({ value: answerWith(1), error: { code: 'x' } });
    client.answer({ 'outbox.list': () => answerWith(3) });
    await live.refresh();
    expect(live.value).toEqual({ kind: 'answered', value: answerWith(3), error: null });
  });

  it('asks the next worker when the one that was asked died, and asks no third', async () => {
    const dead = { code: 'no-answer', userText: 'Nobody there.' };
    const client = createFakeClient({ 'outbox.list': () => answerWith(1) });
    const live = createLiveAnswer(client, ask);
    await live.refresh();
    client.answer({
      'outbox.list': () => {
        client.answer({ 'outbox.list': () => answerWith(2) });
        return dead;
      },
    });
    await live.refresh();
    expect(live.value).toEqual({ kind: 'answered', value: answerWith(2), error: null });

    client.answer({ 'outbox.list': () => dead });
    const before = client.asked.length;
    await live.refresh();
    expect(client.asked).toHaveLength(before + 2);
    expect(live.value).toMatchObject({ value: answerWith(2), error: { code: 'no-answer' } });
  });

  it('hears nothing after it was stopped', () => {
    const client = createFakeClient({ 'outbox.list': () => answerWith() });
    const live = createLiveAnswer(client, ask);
    live.stop();
    client.tell('outbox');
    expect(client.asked).toHaveLength(1);
  });
});
