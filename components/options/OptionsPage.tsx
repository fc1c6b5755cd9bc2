import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AnswerOf } from '../../utils/messaging/messaging.ts';
import type { LiveAnswer } from '../live/live-answer.ts';
import { useLive } from '../live/use-live.ts';
import { LockSection } from '../lock/LockSection.tsx';
import { UnlockPrompt } from '../lock/UnlockPrompt.tsx';
import { isLocked } from '../lock/use-lock.ts';
import { Mark } from '../parts/Icon.tsx';
import { AnswerTrouble } from '../parts/AnswerTrouble.tsx';
import { AccountsSection } from './AccountsSection.tsx';
import { ClientSection } from './ClientSection.tsx';
import { PrivacySection } from '../privacy/PrivacySection.tsx';
import { MergesSection } from '../merge/MergesSection.tsx';
import { SendingSection } from './SendingSection.tsx';
import { TakeAlongSection } from '../take-along/TakeAlongSection.tsx';
import { useHash } from './use-hash.ts';
import '../tokens.css';
import '../base.css';
import '../parts/parts.css';
import '../lock/lock.css';
import './options.css';

/** What the settings page shows. */
export interface OptionsPageProps {
  readonly accounts: LiveAnswer<AnswerOf<'accounts.list'>>;
  /** The text of PRIVACY.md. */
  readonly privacyStatement: string;
}

const SECTIONS = [
  { id: 'accounts', name: 'Accounts' },
  { id: 'client', name: 'Client setup' },
  { id: 'sending', name: 'Sending' },
  { id: 'merges', name: 'Mails to many' },
  { id: 'lock', name: 'Lock' },
  { id: 'privacy', name: 'Privacy' },
  { id: 'take-along', name: 'Export and import' },
] as const;

type SectionId = (typeof SECTIONS)[number]['id'];

/** The settings: one section at a time, named by the address, so that other pages can point to it. */
export function OptionsPage(props: OptionsPageProps): JSX.Element {
  const hash = useHash();
  const [wantedSection, detail = null] = hash.split('/');
  const current = SECTIONS.find((section) => section.id === wantedSection)?.id ?? 'accounts';
  const heading = useFocusOnChange(current);
  const name = SECTIONS.find((section) => section.id === current)?.name ?? '';
  useEffect(() => {
    document.title = `${name} – Postern`;
  }, [name]);
  return (
    <div class="options">
      <header class="options-side">
        <p class="options-name">
          <Mark />
          <strong>Postern</strong>
        </p>
        <nav aria-label="Settings">
          <ul>
            {SECTIONS.map((section) => (
              <li key={section.id}>
                <a
                  href={`#${section.id}`}
                  aria-current={section.id === current ? 'page' : undefined}
                >
                  {section.name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </header>
      <main class="options-main">
        <h1 tabIndex={-1} ref={heading}>
          {name}
        </h1>
        <Section id={current} detail={detail} {...props} />
      </main>
    </div>
  );
}

function Section(
  props: OptionsPageProps & {
    readonly id: SectionId;
    /** What stands behind the section's name in the address: `#client/gmail`; null for nothing. */
    readonly detail: string | null;
  },
): JSX.Element {
  const accounts = useLive(props.accounts);
  if (accounts.kind === 'asking') return <p class="asking">Looking up your accounts…</p>;
  if (props.id === 'lock') return <LockSection />;
  const locked = isLocked(accounts);
  if (locked && props.id !== 'privacy') return <UnlockPrompt level={2} />;
  const error = locked ? null : accounts.error;
  return (
    <>
      <AnswerTrouble error={error} again={() => props.accounts.refresh()} />
      {props.id === 'accounts' && accounts.kind === 'answered' && (
        <AccountsSection answer={accounts.value} wanted={props.detail} />
      )}
      {props.id === 'client' && accounts.kind === 'answered' && (
        <ClientSection answer={accounts.value} wanted={props.detail} />
      )}
      {props.id === 'sending' && <SendingSection />}
      {props.id === 'merges' && <MergesSection />}
      {props.id === 'take-along' && <TakeAlongSection />}
      {props.id === 'privacy' && (
        <PrivacySection
          accounts={accounts.kind === 'answered' ? accounts.value.accounts : []}
          providers={accounts.kind === 'answered' ? accounts.value.providers : []}
          statement={props.privacyStatement}
        />
      )}
    </>
  );
}

/** Puts the focus on the heading of a section that was gone to, not of the first one. */
function useFocusOnChange(current: SectionId): { current: HTMLHeadingElement | null } {
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(current);
  useEffect(() => {
    if (before.current !== current) heading.current?.focus();
    before.current = current;
  }, [current]);
  return heading;
}
