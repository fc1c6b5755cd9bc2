import { useState } from 'preact/hooks';
import type { MessageError, UnlockOutcome } from '../../utils/messaging/messaging.ts';
import type { Result } from '../../utils/result/result.ts';
import { useTools } from '../live/tools.ts';
import { wholeText } from '../texts/outcome-text.ts';
import { unlockText } from '../texts/lock-texts.ts';

/** The passphrase of now, for an act that needs it although the lock is open. */
export interface PassphraseAct {
  readonly passphrase: string;
  readonly setPassphrase: (passphrase: string) => void;
  /** Null when it was done, and the passphrase is forgotten then; else the sentence that says why not. */
  readonly run: (
    act: (passphrase: string) => Promise<Result<UnlockOutcome, MessageError>>,
  ) => Promise<string | null>;
}

/** Begins with nothing typed. */
export function usePassphraseAct(): PassphraseAct {
  const { clock } = useTools();
  const [passphrase, setPassphrase] = useState('');
  return {
    passphrase,
    setPassphrase,
    async run(act) {
      if (passphrase === '') return 'Type your passphrase first.';
      const answer = await act(passphrase);
      if (!answer.ok) return answer.error.userText;
      if (answer.value.kind !== 'done') return wholeText(unlockText(answer.value, clock.now()));
      setPassphrase('');
      return null;
    },
  };
}
