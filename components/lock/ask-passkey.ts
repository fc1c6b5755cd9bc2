import type { PasskeyOutcome } from '../../utils/platform/platform.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { passkeyText } from '../texts/lock-texts.ts';

/** What a passkey has answered, or the sentence that says why it has not. */
export async function askPasskey(
  ask: () => Promise<PasskeyOutcome>,
): Promise<Extract<PasskeyOutcome, { kind: 'answered' }> | string> {
  const outcome = await ask();
  return outcome.kind === 'answered' ? outcome : wholeText(passkeyText(outcome));
}
