const DAY_MS = 24 * 60 * 60 * 1000;

/** What an account may still send today, and on each day after it. */
interface DayLimits {
  readonly today: number;
  readonly perDay: number;
}

/** Over how many days this many mails are spread; 1 when all go today. */
export function daysFor(count: number, { today, perDay }: DayLimits): number {
  if (count <= today) return 1;
  return 1 + Math.ceil((count - today) / Math.max(1, perDay));
}

/** How long after the start each mail is due, in their order. */
export function planDays(count: number, { today, perDay }: DayLimits): readonly number[] {
  return Array.from({ length: count }, (_, index) =>
    index < today ? 0 : DAY_MS * (1 + Math.floor((index - today) / Math.max(1, perDay))),
  );
}
