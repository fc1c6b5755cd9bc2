import type { JSX } from 'preact';
import type { MergeSummary } from '../../utils/messaging/messaging.ts';
import { useAsked } from '../live/use-asked.ts';
import type { MailGroup } from '../mail/mail-acts.ts';
import { MergeLine } from '../merge/MergesSection.tsx';

/** The merges that have mails in a part of the outbox, each as one; nothing when there are none. */
export function MergesHere({ group }: { readonly group: MailGroup }): JSX.Element | null {
  const { asked } = useAsked('merges.list', {}, ['outbox', 'lock']);
  const merges =
    asked.kind === 'answered' ? asked.value.merges.filter((merge) => isHere(merge, group)) : [];
  if (merges.length === 0) return null;
  return (
    <ul class="merge-findings" aria-label="Merges">
      {merges.map((merge) => (
        <MergeLine key={merge.id} merge={merge} />
      ))}
    </ul>
  );
}

function isHere({ counts }: MergeSummary, group: MailGroup): boolean {
  if (group === 'needs-you') return counts.needsYou + counts.unconfirmed > 0;
  if (group === 'failed') return counts.rejected > 0;
  return group === 'waiting' && counts.waiting > 0;
}
