import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useTools } from '../live/tools.ts';
import { failureOf } from '../parts/ActButton.tsx';

const CHOICES: readonly number[] = [1, 5, 15, 30, 60, 240];

/** After how long without a key or a movement the lock falls. */
export function IdleChoice({ minutes }: { readonly minutes: number | null }): JSX.Element {
  const { client } = useTools();
  const [failure, setFailure] = useState<string | null>(null);
  const choose = async (value: string): Promise<void> => {
    const chosen = value === '' ? null : Number(value);
    setFailure(failureOf(await client.ask('lock.set-idle-minutes', { minutes: chosen })));
  };
  const known = minutes === null || CHOICES.includes(minutes) ? CHOICES : [...CHOICES, minutes];
  return (
    <section class="part" aria-labelledby="lock-idle">
      <h2 id="lock-idle">While you are away</h2>
      <div class="field">
        <label for="lock-idle-minutes">Lock when nothing was touched for</label>
        <select
          id="lock-idle-minutes"
          autocomplete="off"
          class="input"
          value={minutes === null ? '' : String(minutes)}
          onChange={({ currentTarget }) => void choose(currentTarget.value)}
        >
          {known.map((choice) => (
            <option key={choice} value={String(choice)}>
              {minutesText(choice)}
            </option>
          ))}
          <option value="">Never for that</option>
        </select>
      </div>
      {failure !== null && (
        <p class="failure small" role="alert">
          {failure}
        </p>
      )}
    </section>
  );
}

function minutesText(minutes: number): string {
  if (minutes === 1) return '1 minute';
  if (minutes < 60) return `${minutes} minutes`;
  return minutes === 60 ? '1 hour' : `${minutes / 60} hours`;
}
